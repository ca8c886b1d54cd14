"""What one command lends the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from engine.deadlines import NO_DEADLINES, Deadlines
from engine.decisions import NO_DECISIONS, Decisions
from engine.event import Event
from engine.feel import Evaluation
from engine.handling import Facts, FormVersion
from engine.spiff.processes import NO_PROCESSES, Processes


@dataclass(slots=True)
class Effort:
    """How much one command has made the engine do, in all its instances together."""

    #: Elements executed.
    elements: int = 0
    #: Performances of multi-instance activities begun.
    items: int = 0
    #: Activities of which undoing began, as far as they are counted.
    undone: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Time, facts and ears for one step; everything the engine may know of the world."""

    #: Case time (aware).
    now: datetime
    evaluation: Evaluation
    facts: Facts
    form_version: FormVersion
    #: Takes each event as it happens.
    emit: Callable[[Event], None]
    #: ``Actor.id`` of who acts.
    actor: str
    #: What business rule tasks may ask.
    decisions: Decisions = NO_DECISIONS
    #: Who counts the deadlines that elements declare.
    deadlines: Deadlines = NO_DEADLINES
    #: What call activities may call.
    processes: Processes = NO_PROCESSES
    effort: Effort = field(default_factory=Effort)
