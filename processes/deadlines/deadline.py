"""A deadline: which unit must be done with which stage of a case, by when, and the facts that follows from."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from typing import Final

import msgspec

from processes.deadlines.derivation import Pause, Run
from processes.deadlines.units import TimeLimit

DEFAULT_WARN_SHARE: Final = Decimal("0.8")


class StartCause(StrEnum):
    """Why a clock was started."""

    FIRST = "first"
    AFTER_RETURN = "after_return"
    REWORK = "rework"


class Ending(StrEnum):
    """How a clock came to its end."""

    MET = "met"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Whom and what a deadline binds."""

    deadline_id: str
    case_id: str
    stage: str
    unit_id: str


class Extension(msgspec.Struct, frozen=True):
    """Time added to a limit, in the limit's own unit."""

    amount: Decimal
    granted_at: datetime


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One clock with its facts and what was derived from them under a calendar version.

    ``warn_at`` and ``due_at`` are None while the clock is paused short of them.
    """

    subject: Subject
    limit: TimeLimit
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    #: The share of the limit after which a warning is due.
    warn_share: Decimal = DEFAULT_WARN_SHARE
    calendar_key: str
    #: The version of the calendar that ``warn_at`` and ``due_at`` were derived under.
    calendar_version: str
    warn_at: datetime | None
    due_at: datetime | None
    cause: StartCause = StartCause.FIRST
    #: 1 for the first disposal, one more with each rework.
    attempt: int = 1
    ended_at: datetime | None = None
    ending: Ending | None = None
    #: How much of the limit's unit had passed at the end: a fact that no later calendar changes.
    used: Decimal | None = None

    @property
    def whole_limit(self) -> TimeLimit:
        """The limit with all its extensions."""
        return reduce(lambda limit, extension: limit.plus(extension.amount), self.extensions, self.limit)

    @property
    def run(self) -> Run:
        """The facts that the due time follows from."""
        return Run(self.started_at, self.whole_limit, self.pauses)

    @property
    def is_open(self) -> bool:
        """Whether the clock has not come to its end."""
        return self.ending is None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].ends is None

    @property
    def met_at(self) -> datetime | None:
        """When the unit was done; None when it is not, or the clock ended otherwise."""
        return self.ended_at if self.ending is Ending.MET else None
