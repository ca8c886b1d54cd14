"""Due times and previews over a calendar, for whoever asks before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from engine.errors import Invalid
from processes.calendars import CalendarError, CompiledCalendar, to_seconds
from processes.deadlines import (
    DEFAULT_WARN_SHARE,
    Deadline,
    DeadlineError,
    LimitUnit,
    Line,
    Preview,
    Subject,
    TimeLimit,
    explain,
    is_provisional,
    preview,
    start,
    time_limit,
)

#: Limits of the sample deadlines that stand in for stored ones, started on each of so many days around the moment.
_SAMPLE_LIMITS = (
    time_limit(4, LimitUnit.WORK_HOUR),
    time_limit(1, LimitUnit.WORK_DAY),
    time_limit(3, LimitUnit.WORK_DAY),
    time_limit(5, LimitUnit.WORK_DAY_FROM_NEXT),
)
_SAMPLE_DAYS = 14
_SAMPLE_START = time(10)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A clock that somebody asks about."""

    name: str
    #: Aware.
    started_at: datetime
    limit: TimeLimit
    #: JSON pointer to where it was given.
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A due time with its derivation."""

    deadline: Deadline
    lines: tuple[Line, ...]
    is_provisional: bool


def derive(clock: Clock, calendar: CompiledCalendar, *, warn_share: Decimal) -> Derived:
    """When the clock is due and why. Raises ``Invalid`` for what cannot be counted."""
    deadline = _deadline(clock, calendar, warn_share)
    return Derived(
        deadline=deadline,
        lines=explain(deadline, calendar),
        is_provisional=is_provisional(deadline, calendar),
    )


def preview_clocks(
    clocks: Iterable[Clock], current: CompiledCalendar, proposed: CompiledCalendar, *, at: datetime
) -> Preview:
    """What a proposed calendar would do to clocks that run under the current one. Raises ``Invalid``."""
    return preview([_deadline(clock, current) for clock in clocks], proposed, at=at)


def sample_clocks(calendar: CompiledCalendar, at: datetime) -> Sequence[Clock]:
    """Clocks of the usual limits, started at ten in the morning on the days around a moment. Raises ``Invalid``."""
    try:
        to_seconds(at, "/at")
    except CalendarError as error:
        raise Invalid(error.code, error.message_zh, error.message_en, pointer=error.pointer) from error
    return list(_samples(calendar, at))


def _samples(calendar: CompiledCalendar, at: datetime) -> Iterator[Clock]:
    today = at.astimezone(calendar.zone).date()
    for day in range(-_SAMPLE_DAYS, _SAMPLE_DAYS):
        started_at = datetime.combine(today + timedelta(days=day), _SAMPLE_START, calendar.zone)
        for limit in _SAMPLE_LIMITS:
            yield Clock(name=f"{started_at:%Y-%m-%d} {limit.amount} {limit.unit}", started_at=started_at, limit=limit)


def _deadline(clock: Clock, calendar: CompiledCalendar, warn_share: Decimal = DEFAULT_WARN_SHARE) -> Deadline:
    subject = Subject(deadline_id=clock.name, case_id="", stage="", unit_id="")
    try:
        return start(calendar, subject, limit=clock.limit, at=clock.started_at, warn_share=warn_share)
    except (CalendarError, DeadlineError) as error:
        # A limit alone is sound; what is left is a moment outside the years that are counted.
        pointer = f"{clock.place}/started_at"
        raise Invalid(error.code, error.message_zh, error.message_en, pointer=pointer) from error
