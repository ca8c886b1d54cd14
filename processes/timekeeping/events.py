"""What happens to the deadlines of a case."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from engine.event import Event


class DeadlineEvent(Event, frozen=True, kw_only=True):
    """Something happened to a deadline."""

    deadline: int
    instance: int
    element: str
    name: str


class DeadlineMoved(DeadlineEvent, frozen=True, kw_only=True):
    """When it warns and is due was derived, under a version of its calendar; ``None`` while its clock stands still."""

    calendar_version: str
    warn_at: datetime | None
    due_at: datetime | None


class DeadlineStarted(DeadlineMoved, frozen=True, kw_only=True):
    """A clock began to run."""

    stage: str
    #: Code of the unit held responsible; empty when nobody in particular is.
    unit: str
    amount: Decimal
    time_unit: str
    warn_share: Decimal
    calendar: str
    #: ``first``, ``after_return`` or ``rework``.
    cause: str
    attempt: int


class DeadlineExtended(DeadlineMoved, frozen=True, kw_only=True):
    """Time was added to its limit, in the limit's own unit."""

    amount: Decimal


class DeadlinePaused(DeadlineMoved, frozen=True, kw_only=True):
    """Its clock stands still."""


class DeadlineResumed(DeadlineMoved, frozen=True, kw_only=True):
    """Its clock runs again."""


class DeadlineRederived(DeadlineMoved, frozen=True, kw_only=True):
    """It was counted anew, because its calendar or the city's settings have changed."""

    warn_share: Decimal


class DeadlineWarned(DeadlineEvent, frozen=True, kw_only=True):
    """The share of its limit had passed after which it warns; what stands on warnings begins."""


class EscalationRaised(Event, frozen=True, kw_only=True):
    """Somebody above was told how far a deadline has come, by a task of a procedure that stands on it."""

    #: Number of the task.
    escalation: int
    #: The procedure, and the task's element and name in its diagram.
    instance: int
    element: str
    title: str
    #: Such as ``overdue``.
    level: str
    #: Who was told.
    groups: list[str]
    deadline: int
    #: Name of the deadline.
    name: str
    stage: str
    #: Code of the unit held responsible; empty when nobody in particular is.
    unit: str
    #: As it stood then.
    warn_at: datetime | None
    due_at: datetime | None


class DeadlineEnded(DeadlineEvent, frozen=True, kw_only=True):
    """Its clock came to its end."""

    #: ``met``, ``returned`` or ``cancelled``.
    ending: str
    #: How much of the limit's unit had passed.
    used: Decimal


DEADLINE_EVENTS: tuple[type[Event], ...] = (
    DeadlineStarted,
    DeadlineExtended,
    DeadlinePaused,
    DeadlineResumed,
    DeadlineRederived,
    DeadlineWarned,
    EscalationRaised,
    DeadlineEnded,
)
