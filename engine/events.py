"""What happened in a tree: frozen events, each the past tense of a command or of a step.

An event's class name and ``version`` are its identity in the log for ever; a released version is never edited, the
next one is added beside it with its projection. Times are not repeated in the payload: the envelope carries them.
Every element id in an event is the id in the stored diagram, also for elements that were rewritten to run.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from engine.delivery_events import DELIVERY_EVENTS
from engine.event import Event as Event
from engine.intervention_events import INTERVENTION_EVENTS
from engine.message_events import MESSAGE_EVENTS


class InstanceStarted(Event, frozen=True, kw_only=True):
    """An instance of a definition began."""

    instance: int
    definition_key: str
    #: Hex SHA-256 of the stored diagram.
    definition_sha: str
    #: The instance and its element that called this one; ``None`` and empty when nobody did.
    caller: int | None = None
    caller_element: str = ""


class TokensMoved(Event, frozen=True, kw_only=True):
    """The engine ran to rest: ids of the elements and sequence flows passed, in order."""

    instance: int
    path: list[str]


class StageEntered(Event, frozen=True, kw_only=True):
    """A token entered an element that declares a stage."""

    instance: int
    element: str
    stage: str
    #: The outermost instance, when it calls this one, through however many calls.
    within: int | None = None


class TaskOpened(Event, frozen=True, kw_only=True):
    """A person's work item was offered."""

    task: int
    instance: int
    element: str
    name: str
    #: Key of the form, or empty when the task has none.
    form: str = ""
    #: Number of the form's version, by which the task is shown and judged as long as it is open; 0 when it has no form.
    form_version: int = 0
    groups: list[str] = []
    assignee: str | None = None
    stage: str = ""
    priority: int = 50
    #: ``Actor.id`` of those who may not perform it (four eyes).
    excluded: list[str] = []
    #: Of the deadline it falls under (aware); ``None`` without one, and while its clock stands still.
    warn_at: datetime | None = None
    due_at: datetime | None = None
    #: The task that it is a part of; 0 for one that a diagram has opened.
    parent: int = 0


class TaskDelegated(Event, frozen=True, kw_only=True):
    """Whoever held a work item lent it to somebody else."""

    task: int
    instance: int
    element: str
    #: ``Actor.id``.
    delegate: str


class TaskResolved(Event, frozen=True, kw_only=True):
    """Whoever a work item was lent to gave it back, done as far as they could."""

    task: int
    instance: int
    element: str
    #: ``Actor.id`` of who holds it again.
    owner: str
    comment: str = ""


class TaskDueMoved(Event, frozen=True, kw_only=True):
    """The deadline that an open work item falls under has moved."""

    task: int
    instance: int
    element: str
    warn_at: datetime | None
    due_at: datetime | None


class TaskCompleted(Event, frozen=True, kw_only=True):
    """A person finished a work item."""

    task: int
    instance: int
    element: str
    data: dict[str, Any]
    comment: str = ""


class TaskWithdrawn(Event, frozen=True, kw_only=True):
    """A work item vanished because the flow went elsewhere."""

    task: int
    instance: int
    element: str


class TaskCommented(Event, frozen=True, kw_only=True):
    """Somebody said something about an open work item."""

    task: int
    instance: int
    element: str
    text: str


class TimerArmed(Event, frozen=True, kw_only=True):
    """An element began to wait for a moment."""

    timer: int
    instance: int
    #: The event that catches it.
    element: str
    name: str
    #: The activity that a boundary event stands on; empty for an event in the flow.
    attached_to: str = ""
    #: Aware; ``None`` while the deadline that it follows stands still or does not run.
    due_at: datetime | None
    #: How often it is armed again after it has fired; ``None`` without end.
    repeats: int | None = 0


class TimerMoved(Event, frozen=True, kw_only=True):
    """An armed timer waits for another moment, because the deadline that it follows has moved."""

    timer: int
    instance: int
    element: str
    #: Aware; ``None`` while the deadline stands still or does not run.
    due_at: datetime | None


class TimerFired(Event, frozen=True, kw_only=True):
    """The moment came and the token went on; at most once for a timer."""

    timer: int
    instance: int
    element: str


class TimerCancelled(Event, frozen=True, kw_only=True):
    """A timer is no longer waited for, because the flow went elsewhere."""

    timer: int
    instance: int
    element: str


class ErrorThrown(Event, frozen=True, kw_only=True):
    """An element ended with an error; the activity whose border caught it ended with all that was inside."""

    instance: int
    element: str
    code: str
    #: The event that caught it.
    caught_by: str
    #: The instance in which it was caught.
    caught_in: int


class EscalationThrown(Event, frozen=True, kw_only=True):
    """An element told the scopes around it that something needs attention."""

    instance: int
    element: str
    code: str
    #: The event that caught it; empty when nothing did, and the flow went on.
    caught_by: str = ""
    #: The instance in which it was caught; ``None`` when it was not.
    caught_in: int | None = None


class VariablesWritten(Event, frozen=True, kw_only=True):
    """Variables of a scope were set by an element."""

    instance: int
    element: str
    scope: int
    values: dict[str, Any]
    #: Names that another branch had written since this branch began; the later write won.
    overwritten: list[str] = []


class FactsChanged(Event, frozen=True, kw_only=True):
    """Facts of the case were set by an output mapping."""

    instance: int
    element: str
    facts: dict[str, Any]


class ProcedureStarted(Event, frozen=True, kw_only=True):
    """An instance was attached to a host, on which it may act."""

    instance: int
    verb: str
    host_instance: int
    #: The open activity and its element; ``None`` and empty when the host is the instance as a whole.
    host_activity: int | None
    host_element: str
    data: dict[str, Any]
    comment: str = ""


class EffectTaken(Event, frozen=True, kw_only=True):
    """A procedure acted on its host."""

    instance: int
    element: str
    effect: str
    host_instance: int
    host_activity: int | None
    host_element: str
    #: Parameters by name.
    values: dict[str, Any] = {}


class ProcedureMoot(Event, frozen=True, kw_only=True):
    """A procedure ended because its host went on without it, or because another one settled the matter."""

    instance: int
    host_element: str


class FlowReentered(Event, frozen=True, kw_only=True):
    """An activity was cancelled and the flow was entered again elsewhere."""

    instance: int
    #: The activity and its element; ``None`` and empty when the whole instance was cleared.
    activity: int | None
    left: str
    entered: str


class InstanceCompleted(Event, frozen=True, kw_only=True):
    """An instance reached its end events."""

    instance: int
    #: Ids of the end events reached in the last step.
    ends: list[str]


class InstanceCancelled(Event, frozen=True, kw_only=True):
    """An instance was ended from outside."""

    instance: int
    reason: str = ""


class FaultRaised(Event, frozen=True, kw_only=True):
    """An element cannot go on; someone has to act."""

    fault: int
    instance: int
    element: str
    #: Stable code such as ``gateway_without_flow`` or ``expression_failed``.
    code: str
    message_zh: str
    message_en: str


class FaultCleared(Event, frozen=True, kw_only=True):
    """A fault ended: retried with success or overtaken by the flow."""

    fault: int
    instance: int
    element: str


class ExpressionWarned(Event, frozen=True, kw_only=True):
    """An expression answered, but something in it looked wrong (an unknown name, a path on nothing)."""

    instance: int
    element: str
    attribute: str
    warnings: list[dict[str, Any]]


class RuleMatched(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a decision table that matched."""

    #: Counted from 1.
    row: int
    #: Id of the row in the file; ``None`` when it has none.
    id: str | None


class TableMatched(msgspec.Struct, frozen=True, kw_only=True):
    """A decision table that was run."""

    #: Id of the decision (or business knowledge) whose table it is.
    decision: str
    #: In the order of the table; empty when no row matched.
    rules: list[RuleMatched]


class DecisionEvaluated(Event, frozen=True, kw_only=True):
    """A decision was asked: what it was told, what it answered, and which rows are why."""

    #: ``None`` and an empty element when it was asked outside of a diagram.
    instance: int | None
    element: str
    decision: str
    #: Hex SHA-256 of the stored decision model.
    model_sha: str
    #: The inputs it read, by name; of the case only the facts it read.
    inputs: dict[str, Any]
    outputs: Any
    #: In the order in which the tables were run.
    matched: list[TableMatched]


ENGINE_EVENTS: tuple[type[Event], ...] = (
    InstanceStarted,
    TokensMoved,
    StageEntered,
    TaskOpened,
    TaskDueMoved,
    TaskDelegated,
    TaskResolved,
    TaskCompleted,
    TaskWithdrawn,
    TaskCommented,
    TimerArmed,
    TimerMoved,
    TimerFired,
    TimerCancelled,
    ErrorThrown,
    EscalationThrown,
    *MESSAGE_EVENTS,
    VariablesWritten,
    FactsChanged,
    ProcedureStarted,
    EffectTaken,
    ProcedureMoot,
    FlowReentered,
    InstanceCompleted,
    InstanceCancelled,
    FaultRaised,
    FaultCleared,
    ExpressionWarned,
    DecisionEvaluated,
    *DELIVERY_EVENTS,
    *INTERVENTION_EVENTS,
)


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event in its place in the log."""

    tree: int
    #: 1, 2, 3 … without gaps within the tree.
    seq: int
    #: Case time at which it happened (aware).
    at: datetime
    #: ``Actor.id``.
    actor: str
    event: Event
    #: The exact text that is stored and hashed.
    payload: bytes
    #: SHA-256 over the previous hash and this event.
    hash: bytes
