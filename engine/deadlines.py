"""Deadlines as the engine sees them: elements declare them, somebody else counts them.

The engine says when an element with a deadline was entered and left, and asks where a deadline stands; what a limit is,
how long it runs and whom it binds is known to the host alone, who records it as events of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from engine.effects import Effect, no_deadlines
from engine.errors import Invalid

if TYPE_CHECKING:
    from engine.feel import Value


class Outcome(StrEnum):
    """How an element with a deadline came to its end."""

    #: It is done.
    MET = "met"
    #: A procedure or an operator let the flow go on elsewhere: somebody else may have it next.
    HANDED_OVER = "handed_over"
    #: Nobody waits for it any longer.
    LEFT = "left"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineAsked:
    """A deadline that begins, as its element declares it; values are what the expressions came to."""

    #: Unique in the tree: the activation of an activity, or the instance for a deadline of the whole process.
    key: int
    instance: int
    element: str
    name: str
    stage: str
    limit: Value
    #: Who is held responsible.
    unit: Value
    #: Key of the calendar; empty for the usual one.
    calendar: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """A task by which somebody above is told of a deadline; whoever completes it has taken notice."""

    task: int
    #: The procedure that stands on the deadline, and its element.
    instance: int
    element: str
    name: str
    #: How far it has come, as the diagram says, such as ``overdue``.
    level: str
    #: Who is told.
    groups: Sequence[str]
    #: Key of the deadline.
    deadline: int


@dataclass(frozen=True, slots=True)
class Moments:
    """When a deadline warns and when it is due; ``None`` while that is not known, because its clock stands still."""

    warn_at: datetime | None
    due_at: datetime | None


#: Of what has no deadline.
NO_MOMENTS = Moments(None, None)


class Deadlines(Protocol):
    """The deadlines of one tree, for one command."""

    def start(self, asked: DeadlineAsked) -> None:
        """Let a clock begin to run. Raises ``Invalid`` for a limit, unit or calendar that cannot be used."""
        ...

    def end(self, key: int, outcome: Outcome) -> str | None:
        """Stop the clock that runs under the key; its name. Without effect, ``None``, when there is none."""
        ...

    def affect(self, effect: Effect) -> None:
        """Carry out what a procedure does to the deadline of its host. Raises a ``Refusal``."""
        ...

    def is_open(self, key: int) -> bool:
        """Whether a deadline runs (or is paused) under the key."""
        ...

    def is_running(self, name: str) -> bool:
        """Whether some deadline of the name has not ended."""
        ...

    def moments(self, key: int) -> Moments:
        """When the deadline under the key warns and is due."""
        ...

    def has_warned(self, key: int) -> bool:
        """Whether the deadline under the key runs and has warned of the moment at which it is due now."""
        ...

    def value_of(self, key: int) -> Value:
        """What expressions see of the deadline under the key; ``None`` without one."""
        ...

    def escalate(self, escalation: Escalation) -> None:
        """Somebody is told of a deadline. Without effect when there is none."""
        ...


class NoDeadlines:
    """For hosts that count nothing: whoever declares a deadline is told."""

    def start(self, asked: DeadlineAsked) -> None:
        raise Invalid(
            "deadlines_not_kept",
            f"此处不计时限，不能开始时限“{asked.name}”",
            f"Expected a place where deadlines are kept, but {asked.name!a} cannot begin here",
        )

    def end(self, key: int, outcome: Outcome) -> str | None:  # noqa: ARG002 - nothing ever began
        return None

    def affect(self, effect: Effect) -> None:
        no_deadlines(effect)

    def is_open(self, key: int) -> bool:  # noqa: ARG002 - the same
        return False

    def is_running(self, name: str) -> bool:  # noqa: ARG002 - the same
        return False

    def moments(self, key: int) -> Moments:  # noqa: ARG002 - the same
        return NO_MOMENTS

    def has_warned(self, key: int) -> bool:  # noqa: ARG002 - the same
        return False

    def value_of(self, key: int) -> Value:  # noqa: ARG002 - the same
        return None

    def escalate(self, escalation: Escalation) -> None:
        """Nobody waits for anything."""


NO_DEADLINES: Deadlines = NoDeadlines()
