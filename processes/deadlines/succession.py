"""Clocks that follow one another: another unit after a return, the same work again after a failed verification."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

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
    limit = _limit_after(former, settings.after_return)
    successor = start(calendar, subject, limit=limit, at=at, warn_share=settings.warn_share)
    return Succession(former, replace(successor, cause=StartCause.AFTER_RETURN, attempt=former.attempt))


def rework(
    deadline: Deadline, calendar: CompiledCalendar, settings: DeadlineSettings, *, subject: Subject, at: datetime
) -> Succession:
    """After a failed verification: a new clock for the work that was reported done, counted as one attempt more."""
    if deadline.ending is not Ending.MET:
        raise DeadlineError(
            "not_met",
            "/deadline",
            message_zh="尚未反馈的处置不能返工。",
            message_en="Only work that was reported done can be done again.",
        )
    limit = _limit_after(deadline, settings.after_rework)
    successor = start(calendar, subject, limit=limit, at=at, warn_share=settings.warn_share)
    return Succession(deadline, replace(successor, cause=StartCause.REWORK, attempt=deadline.attempt + 1))


def _limit_after(former: Deadline, rule: SuccessorLimit) -> TimeLimit:
    """The original limit, or what the former clock left of all it had; at least the smallest limit there is."""
    if rule is SuccessorLimit.FULL:
        return former.limit
    unit = former.limit.unit
    smallest = Decimal(1) if unit is LimitUnit.WORK_DAY_FROM_NEXT else Decimal("0.000001")
    left = former.whole_limit.amount - (former.used or Decimal(0))
    return TimeLimit(max(left.quantize(smallest, ROUND_CEILING), smallest), unit)
