"""Clocks that follow one another: another unit after a return, the same work again after a failed verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from msgspec.structs import replace

from processes.calendars import CompiledCalendar
from processes.deadlines.deadline import Deadline, Ending, StartCause, Subject
from processes.deadlines.errors import DeadlineError
from processes.deadlines.settings import DeadlineSettings, SuccessorLimit
from processes.deadlines.transitions import end, start
from processes.deadlines.units import LimitUnit, TimeLimit


@dataclass(frozen=True, slots=True)
class Succession:
    """The clock that ended, with its used time, and the one that began at the same moment."""

    former: Deadline
    successor: Deadline


def hand_over(
    deadline: Deadline, calendar: CompiledCalendar, settings: DeadlineSettings, *, subject: Subject, at: datetime
) -> Succession:
    """After an approved return: the first unit keeps its used time as a fact, the next unit gets its own limit."""
    former = end(deadline, calendar, ending=Ending.RETURNED, at=at)
    return Succession(former, succeed(former, calendar, settings, subject=subject, limit=former.limit, at=at))


def rework(
    deadline: Deadline, calendar: CompiledCalendar, settings: DeadlineSettings, *, subject: Subject, at: datetime
) -> Succession:
    """After a failed verification: a new clock for the work that was reported done, counted as one attempt more."""
    if deadline.ending is not Ending.MET:
        raise _not_met()
    return Succession(deadline, succeed(deadline, calendar, settings, subject=subject, limit=deadline.limit, at=at))


def succeed(
    former: Deadline,
    calendar: CompiledCalendar,
    settings: DeadlineSettings,
    *,
    subject: Subject,
    limit: TimeLimit,
    at: datetime,
) -> Deadline:
    """The clock that follows one that was returned or met, with the full limit or what the city's rule leaves of it."""
    if former.ending not in _SUCCESSIONS:
        raise _not_met()
    cause, more = _SUCCESSIONS[former.ending]
    rule = settings.after_return if cause is StartCause.AFTER_RETURN else settings.after_rework
    given = limit if rule is SuccessorLimit.FULL else _remainder(former)
    clock = start(calendar, subject, limit=given, at=at, warn_share=settings.warn_share)
    return replace(clock, cause=cause, attempt=former.attempt + more)


#: Why a clock begins after one that ended so, and how many attempts more it counts.
_SUCCESSIONS: Mapping[Ending | None, tuple[StartCause, int]] = {
    Ending.RETURNED: (StartCause.AFTER_RETURN, 0),
    Ending.MET: (StartCause.REWORK, 1),
}


def _not_met() -> DeadlineError:
    return DeadlineError(
        "not_met",
        "/deadline",
        message_zh="尚未反馈的处置不能返工。",
        message_en="Only work that was reported done can be done again.",
    )


def _remainder(former: Deadline) -> TimeLimit:
    """What the former clock left of all it had; at least the smallest limit there is."""
    unit = former.limit.unit
    smallest = Decimal(1) if unit is LimitUnit.WORK_DAY_FROM_NEXT else Decimal("0.000001")
    left = former.whole_limit.amount - (former.used or Decimal(0))
    return TimeLimit(max(left.quantize(smallest, ROUND_CEILING), smallest), unit)
