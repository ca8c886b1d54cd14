"""One activation of an element: SpiffWorkflow's task, without its clocks, random ids and logging.

An activation is created when a token arrives, and has children only after the token has left; nothing is predicted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.feel import Value
from engine.spiff.faults import Fault
from engine.spiff.scopes import Scope

#: States in which a token is still here.
LIVE = TaskState.FUTURE | TaskState.WAITING | TaskState.READY | TaskState.STARTED


class Phase(IntEnum):
    """How far an activation has come; kept so that a fault resumes where it arose."""

    #: The token has arrived; nothing was done yet.
    ARRIVED = 0
    #: The element has been entered and announced.
    ENTERED = 1
    #: What it waited for has come; its outputs are to be written.
    ANSWERED = 2


class Opened(msgspec.Struct, frozen=True, array_like=True):
    """What was decided about a user task when it was opened."""

    groups: list[str]
    assignee: str | None
    priority: int
    excluded: list[str]
    opened_at: datetime
    #: Since version 2 of the state.
    form_version: int = 0
    #: Its name when it is one of several for one element, else empty; since version 5 of the state.
    name: str = ""


class Armed(msgspec.Struct, frozen=True, array_like=True):
    """One armed timer of an activation."""

    id: int
    #: Name of the spec of the event that catches it.
    node: str
    #: ``None`` while the deadline that it follows stands still or does not run.
    due_at: datetime | None
    #: How often it is armed again after it has fired; ``None`` without end.
    repeats: int | None = 0
    #: Time between two firings; ``None`` for a timer that fires once.
    interval: timedelta | None = None


class Subtask(msgspec.Struct, frozen=True, array_like=True):
    """A part of a user task that somebody else is to do."""

    id: int
    name: str
    groups: list[str]
    assignee: str | None
    priority: int
    opened_at: datetime


class Requested(msgspec.Struct, frozen=True, array_like=True):
    """What was handed to an outside system."""

    #: Number of the delivery.
    id: int
    target: str
    topic: str


class Subscribed(msgspec.Struct, frozen=True, array_like=True):
    """One open subscription of an activation."""

    id: int
    #: Name of the spec of the event that catches it.
    node: str
    #: Correlation key; empty for a signal.
    key: str
    #: The first of those that the border of an activity has opened one after another; 0 for that first one itself.
    origin: int = 0
    #: Of a condition: whether it has not been false since it was last met.
    is_met: bool = False
    #: Of an activity that is offered: to whom, as a user task is.
    groups: list[str] = []


class Come(msgspec.Struct, frozen=True, array_like=True):
    """One definition of a parallel multiple event that has come, while others have not."""

    #: Name of the spec of the definition.
    node: str
    at: datetime
    #: The variables that came with it, encoded.
    variables: bytes
    #: What it was waited for with; neither for an escalation, which comes from inside.
    armed: Armed | None = None
    subscribed: Subscribed | None = None


class Repeated(msgspec.Struct, array_like=True):
    """How far an activity that is performed several times has come."""

    #: How often it is to be performed; 0 where a condition decides that each time.
    total: int = 0
    begun: int = 0
    completed: int = 0
    #: What is to be worked on and has not begun, encoded, in order.
    waiting: list[bytes] = []
    #: What each completed performance has yielded, encoded, by its number from 1.
    yielded: dict[int, bytes] = {}


class Undoable(msgspec.Struct, array_like=True):
    """An activity that is done and can be undone."""

    #: Later ones have greater numbers.
    number: int
    element: str
    #: Name of the spec in which it is undone: what holds its handler, or its own inside.
    inside: str
    #: Variables as they were when it was done, encoded.
    values: bytes
    #: What was done inside it, the last at the end.
    inner: list[Undoable] = []


@dataclass(slots=True)
class Undoing:
    """What an event undoes: how many event sub-processes outwards from it each was done, and what it was."""

    #: What is still to be undone, the next one at the end.
    waiting: list[tuple[int, Undoable]]
    #: What is being undone, and the scope of its variables.
    outside: int = 0
    undone: Undoable | None = None
    scope: Scope | None = None


class Performance(NamedTuple):
    """Which performance of a repeated activity an activation belongs to, and the variables of that one alone."""

    #: From 1.
    number: int
    scope: Scope


class Activation(Task):
    """A node of the library's task tree."""

    #: The library's own places for variables; ours live in scopes.
    data: Mapping[str, Any] = MappingProxyType({})
    internal_data: Mapping[str, Any] = MappingProxyType({})
    triggered = False
    thread_id = 0
    last_state_change = 0.0
    _parent: int | None = None

    #: Ancestors in the task tree.
    level = 0
    #: Lowered id of the sequence flow by which the token came; empty for starts and joins.
    arrived_by = ""
    #: The branch the token belongs to, named by the moment it began.
    branch = 0
    phase = Phase.ARRIVED
    #: Scope of the activity's own variables.
    local: Scope | None = None
    #: The performance that it is, inside an activity that is performed several times.
    performance: Performance | None = None
    #: How far the performances inside it have come.
    repeated: Repeated | None = None
    opened: Opened | None = None
    #: Parts of the task that are not done.
    subtasks: tuple[Subtask, ...] = ()
    #: Armed while the token waits here: its own, or those of the boundary events.
    timers: tuple[Armed, ...] = ()
    #: What an outside system was asked for.
    requested: Requested | None = None
    #: Open while the token waits here, like the timers.
    subscriptions: tuple[Subscribed, ...] = ()
    #: What has come of events that wait for more, in the order in which it came.
    come: tuple[Come, ...] = ()
    #: Name of the spec of the event that has come, until the token goes on.
    happened = ""
    #: ``Actor.id`` of the person who completed the task.
    performer: str | None = None
    #: What a person or a script answered, until it is written.
    answer: Mapping[str, Value] = MappingProxyType({})
    fault: Fault | None = None
    #: What was done inside it and can be undone, from the end of its inside until it is done itself.
    undoable: Sequence[Undoable] = ()
    #: What it undoes, when it is an event that does.
    undoing: Undoing | None = None
    #: The outgoing flows a gateway decided upon; ``None`` means all.
    chosen: tuple[Any, ...] | None = None

    def __init__(self, workflow: Any, task_spec: Any, parent: Activation | None, identity: int, state: int) -> None:
        # The library's own constructor draws a random id and reads the clock.
        self.id = identity
        self.workflow = workflow
        self.task_spec = task_spec
        self._children: list[int] = []
        self._state = state
        workflow.tasks[identity] = self
        if parent is not None:
            self._parent = parent.id
            self.level = parent.level + 1
            self.branch = parent.branch
            parent._children.append(identity)
        if state & LIVE:
            workflow.live += 1

    @property
    def is_live(self) -> bool:
        """Whether the token is still here."""
        return bool(self._state & LIVE)

    @property
    def open_task(self) -> Opened | None:
        """What was decided about the task that is open here; ``None`` when a person is asked for nothing."""
        return self.opened if self.phase is Phase.ENTERED else None

    def outwards(self) -> Iterator[Activation]:
        """The activation and those around it, innermost first, through sub-processes and calls."""
        around: Activation | None = self
        while around is not None:
            yield around
            around = around.workflow.around

    @property
    def stage(self) -> str:
        """The stage that the token is in here."""
        stage: str = self.task_spec.behaviour.stage or self.workflow.top_workflow.stage
        return stage

    @property
    def open_delivery(self) -> Requested | None:
        """What an outside system has not answered yet; ``None`` when none is waited for."""
        return self.requested if self.phase is Phase.ENTERED else None

    @property
    def scope(self) -> Scope:
        """The innermost scope that the element sees."""
        return self.local or self.scope_around

    @property
    def scope_around(self) -> Scope:
        """The innermost scope around the activity's own variables."""
        scope: Scope = self.workflow.scope if self.performance is None else self.performance.scope
        return scope

    @property
    def own_scopes(self) -> Iterator[Scope]:
        """The scopes that end with it."""
        if self.performance is not None:
            yield self.performance.scope
        if self.local is not None:
            yield self.local
        if self.undoing is not None and self.undoing.scope is not None:
            yield self.undoing.scope

    def _set_state(self, value: int) -> None:
        if bool(self._state & LIVE) != bool(value & LIVE):
            self.workflow.live += 1 if value & LIVE else -1
        self._state = value

    def wait(self) -> None:
        """Rest here until somebody acts."""
        self._set_state(TaskState.WAITING)

    def resume(self) -> None:
        """Be ready to run again."""
        self._set_state(TaskState.READY)


class Watch(Activation):
    """Waits for what begins an event sub-process, on behalf of the scope around it; in no tree, without a token."""

    def __init__(self, workflow: Any, event: Any) -> None:
        self.workflow = workflow
        self.task_spec = event
        self._state = TaskState.WAITING
