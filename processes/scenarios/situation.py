"""Where the case of a scenario stands: what is open and what happened, also as it is told to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from engine.event import Event
from engine.events import FaultRaised, InstanceStarted, Recorded, StageEntered, TokensMoved, VariablesWritten
from engine.feel import Value
from engine.message_events import MessageThrown, SignalThrown
from engine.projections import DeliveryRow, FaultRow, SubscriptionRow, TaskRow, TimerRow
from processes.cases import CaseRow
from processes.deadlines import Deadline
from processes.escalations import ESCALATION_TABLE, EscalationRow
from processes.timekeeping import DEADLINE_TABLE

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The case after a step."""

    now: datetime
    #: Open rows of the listed tables, and the city's rows of the tree.
    rows: Mapping[str, Mapping[int, Any]]
    #: Works out the facts as expressions see them.
    facts_of: Callable[[Mapping[str, Mapping[int, Any]]], Mapping[str, Value]]
    #: Everything that happened so far.
    recorded: Sequence[Recorded]
    #: How many of those events had happened before what is judged: a step, or the whole story.
    before: int

    @property
    def facts(self) -> Mapping[str, Value]:
        """The facts of the case, as expressions see them."""
        return self.facts_of(self.rows)

    @property
    def case(self) -> CaseRow | None:
        """The row of the case; ``None`` when it could not even be reported."""
        return next(iter(self.rows["cases"].values()), None)

    @property
    def tasks(self) -> list[TaskRow]:
        """Open tasks, the oldest first; those that tell somebody of a deadline are ``escalations``."""
        told = self.rows[ESCALATION_TABLE]
        return [row for key, row in sorted(self.rows["task"].items()) if row.is_open and key not in told]

    @property
    def escalations(self) -> list[EscalationRow]:
        """What nobody has taken notice of, the oldest first."""
        return [row for _, row in sorted(self.rows[ESCALATION_TABLE].items()) if row.is_open]

    @property
    def timers(self) -> list[tuple[int, TimerRow]]:
        """Armed timers with their numbers, those due first in front, the parked ones at the end."""
        armed = [(number, row) for number, row in sorted(self.rows["timer"].items()) if row.is_open]
        return sorted(armed, key=lambda timer: timer[1].due_at or _NEVER)

    @property
    def faults(self) -> list[tuple[int, FaultRow]]:
        """Open faults with their numbers."""
        return [(number, row) for number, row in sorted(self.rows["fault"].items()) if row.is_open]

    @property
    def deliveries(self) -> list[tuple[int, DeliveryRow]]:
        """What outside systems have not answered, with the numbers."""
        return [(number, row) for number, row in sorted(self.rows["delivery"].items()) if row.is_open]

    @property
    def subscriptions(self) -> list[tuple[int, SubscriptionRow]]:
        """The messages and signals that are waited for, with the numbers."""
        return [(number, row) for number, row in sorted(self.rows["subscription"].items()) if row.is_open]

    @property
    def thrown(self) -> list[MessageThrown | SignalThrown]:
        """Messages and signals that left the case in what is judged, in order."""
        return [event for event in self.news if isinstance(event, MessageThrown | SignalThrown)]

    @property
    def deadlines(self) -> Mapping[str, Deadline]:
        """By name the deadline that began last."""
        return {row.name: row.clock for row in self.rows[DEADLINE_TABLE].values() if row.is_latest}

    @property
    def events(self) -> Iterator[Event]:
        """Everything that happened so far."""
        return (recorded.event for recorded in self.recorded)

    @property
    def stages(self) -> list[str]:
        """The stages entered so far."""
        return [event.stage for event in self.events if isinstance(event, StageEntered)]

    @property
    def news(self) -> Iterator[Event]:
        """What happened in what is judged."""
        return (recorded.event for recorded in self.recorded[self.before :])

    @property
    def path(self) -> list[str]:
        """Elements and flows passed in what is judged, in order."""
        return [passed for event in self.news if isinstance(event, TokensMoved) for passed in event.path]

    @property
    def new_faults(self) -> list[FaultRow]:
        """Open faults that were raised in what is judged."""
        raised = {event.fault for event in self.news if isinstance(event, FaultRaised)}
        return [fault for number, fault in self.faults if number in raised]

    def variables(self) -> dict[str, Any]:
        """What was written last under each name by the instances of the tree, as JSON values."""
        written: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, VariablesWritten):
                written.update(event.values)
        return written


def passed_by_definition(recorded: Iterable[Recorded]) -> dict[str, set[str]]:
    """Ids of the elements and flows that a story passed, by the hash of the diagram in hex."""
    running: dict[int, str] = {}
    passed: dict[str, set[str]] = {}
    for entry in recorded:
        match entry.event:
            case InstanceStarted(instance=instance, definition_sha=sha):
                running[instance] = sha
            case TokensMoved(instance=instance, path=path):
                passed.setdefault(running[instance], set()).update(path)
    return passed


def told(situation: Situation) -> dict[str, Any]:
    """What is open, as JSON values, for whoever expected something else."""
    case, zone = situation.case, situation.now.tzinfo
    return {
        "now": situation.now.isoformat(),
        "stage": case.stage if case else "",
        "ended": case.end if case and not case.is_open else None,
        "tasks": [
            {"element": task.element, "name": task.name, "groups": list(task.groups), "assignee": task.assignee}
            for task in situation.tasks
        ],
        "timers": [
            {
                "element": timer.element,
                "name": timer.name,
                "due_at": timer.due_at.astimezone(zone).isoformat() if timer.due_at else None,
            }
            for _, timer in situation.timers
        ],
        "escalations": [
            {"element": row.element, "name": row.title, "level": row.level, "groups": list(row.groups)}
            for row in situation.escalations
        ],
        "faults": [
            {
                "element": fault.element,
                "code": fault.code,
                "message_zh": fault.message_zh,
                "message_en": fault.message_en,
            }
            for _, fault in situation.faults
        ],
        "deliveries": [
            {"element": row.element, "topic": row.topic, "target": row.target, "state": row.state.value}
            for _, row in situation.deliveries
        ],
        "messages": [
            {"element": row.element, "name": row.message, "key": row.key, "kind": row.kind}
            for _, row in situation.subscriptions
        ],
    }
