"""One evaluation: its moment, its zone, its budget, and what it noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from engine.feel.errors import FeelLimitExceeded, Position
from engine.feel.limits import DEFAULT_LIMITS, Limits
from engine.feel.source import Place
from engine.feel.texts import text_of

#: More warnings than this say nothing new.
LARGEST_WARNING_COUNT = 100


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - Warning is Python's own word
    """Something that made a value null without being an error; `code` is stable."""

    code: str
    message_zh: str
    message_en: str
    position: Position | None


class Evaluation:
    """What all expressions evaluated together share; it belongs to one thread.

    `now` is the only time FEEL sees and must be aware; `zone` is the city's zone, in which `now()` and
    `today()` are told. The budget of steps is spent by every expression evaluated with it.
    """

    __slots__ = ("depth", "limits", "now", "steps_left", "subject", "trail", "warnings", "zone")

    def __init__(self, *, now: datetime, zone: tzinfo, limits: Limits = DEFAULT_LIMITS, subject: object = None) -> None:
        if now.tzinfo is None:
            raise ValueError("the moment of an evaluation must have a zone")
        self.now = now
        self.zone = zone
        self.limits = limits
        #: What functions of the host look at; FEEL itself never does.
        self.subject = subject
        self.warnings: list[Warning_] = []
        #: What constructs around FEEL, such as decision tables, record of their work.
        self.trail: list[object] = []
        self.steps_left = limits.steps
        #: How many function calls are nested at the moment.
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Take steps from the budget; raises FeelLimitExceeded when it is used up."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise FeelLimitExceeded("steps", self.limits.steps)

    def enter_call(self) -> None:
        """Note that a function call begins; raises FeelLimitExceeded when too many are nested."""
        if self.depth >= self.limits.depth:
            raise FeelLimitExceeded("depth", self.limits.depth)
        self.depth += 1

    def leave_call(self) -> None:
        """Note that a function call has ended."""
        self.depth -= 1

    def warn(self, code: str, place: Place | None, **fields: object) -> None:
        """Remember what made a value null."""
        if len(self.warnings) < LARGEST_WARNING_COUNT:
            zh, en = text_of(code, fields)
            self.add_warning(Warning_(code, zh, en, place.position if place else None))

    def add_warning(self, warning: Warning_) -> None:
        """Remember a warning of a construct around FEEL."""
        if len(self.warnings) < LARGEST_WARNING_COUNT:
            self.warnings.append(warning)
