"""What the date, duration or cycle of a timer means as a moment. Pure: the time is told.

A date and time without zone is one of the city. Nothing is due sooner than ``SHORTEST_WAIT``, also when the date has
passed already, so that a loop through timers turns at a bounded speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeAlias

from engine.feel import (
    Date,
    DateTime,
    DayTimeDuration,
    NotConvertible,
    Value,
    YearMonthDuration,
    from_datetime,
    kind_of,
    temporal_from_text,
    to_datetime,
    to_timedelta,
)
from engine.spiff.attributes import TimerKind
from engine.spiff.limits import LONGEST_WAIT, LONGEST_WAIT_MONTHS, MOST_FIRINGS, SHORTEST_CYCLE, SHORTEST_WAIT

_CYCLE = re.compile(r"R(\d{0,9})/(?:(\d.{0,60})/)?(P.{1,60})")
_CYCLE_ZH = "周期，如 R3/PT1H 或 R/2026-01-05T08:00:00/P7D"
_CYCLE_EN = "a cycle such as R3/PT1H or R/2026-01-05T08:00:00/P7D"
#: Longer texts are no times.
_LONGEST_TEXT = 100


class TimeRefused(Exception):
    """The value is no moment, span or cycle that can be waited for; the texts say what was expected."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en


@dataclass(frozen=True, slots=True)
class Cycle:
    """Something that comes round again."""

    interval: timedelta
    #: How often, the first time included; ``None`` without end.
    firings: int | None
    #: A moment that it is in step with; ``None`` lets it begin to count when it is first waited for.
    begins: DateTime | Date | None = None


Reading: TypeAlias = DateTime | Date | DayTimeDuration | YearMonthDuration | Cycle


def read_time(kind: TimerKind, value: Value) -> Reading:
    """What a literal or computed value of a timer says. Raises ``TimeRefused``."""
    return _READERS[kind](value)


def first_due(reading: Reading, now: datetime, zone: tzinfo) -> datetime:
    """The first moment it means, in UTC. Raises ``TimeRefused`` outside the years 1 to 9999."""
    try:
        return max(_moment(reading, now, zone), now + SHORTEST_WAIT).astimezone(UTC)
    except (NotConvertible, ValueError, OverflowError):
        raise TimeRefused("时刻超出了公元 1 年到 9999 年。", "The moment lies outside the years 1 to 9999.") from None


def next_due(due: datetime, interval: timedelta, now: datetime) -> datetime:
    """The first moment of a cycle after ``now``, in step with the one that was due; those missed are left out."""
    return due + max(1, (now - due) // interval + 1) * interval


def _moment(reading: Reading, now: datetime, zone: tzinfo) -> datetime:
    match reading:
        case DateTime() | Date():
            return to_datetime(reading, zone)
        case YearMonthDuration(months=months):
            local = from_datetime(now.astimezone(zone))
            return to_datetime(DateTime(local.date.plus_months(months), local.time), zone)
        case DayTimeDuration():
            return now + to_timedelta(reading)
        case Cycle(interval=interval, begins=begins):
            if begins is None:
                return now + interval
            return _in_step(to_datetime(begins, zone), interval, now + SHORTEST_WAIT)


def _in_step(begins: datetime, interval: timedelta, earliest: datetime) -> datetime:
    return begins if begins >= earliest else next_due(begins, interval, earliest)


def has_passed(reading: Reading, now: datetime, zone: tzinfo) -> bool:
    """Whether it is a date behind us, which nothing can still be waited for at. Raises ``TimeRefused``."""
    return isinstance(reading, DateTime | Date) and first_due(reading, now, zone) == now + SHORTEST_WAIT


def _read_date(value: Value) -> DateTime | Date:
    temporal = _temporal(value)
    if not isinstance(temporal, DateTime | Date):
        raise _refused("日期时间，如 2026-05-01T08:30:00", "a date and time such as 2026-05-01T08:30:00", value)
    return temporal


def _read_duration(value: Value) -> DayTimeDuration | YearMonthDuration:
    temporal = _temporal(value)
    if isinstance(temporal, YearMonthDuration) and 1 <= temporal.months <= LONGEST_WAIT_MONTHS:
        return temporal
    if isinstance(temporal, DayTimeDuration) and SHORTEST_WAIT <= _span(temporal) <= LONGEST_WAIT:
        return temporal
    raise _refused("1 秒到 10 年的时长，如 PT30M", "a duration of 1 second to 10 years such as PT30M", value)


def _read_cycle(value: Value) -> Cycle:
    written = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    if written is None or not isinstance(interval := _temporal(written[3]), DayTimeDuration):
        raise _refused(_CYCLE_ZH, _CYCLE_EN, value)
    begins = None if written[2] is None else _read_date(written[2])
    firings = int(written[1]) if written[1] else None
    if not SHORTEST_CYCLE <= _span(interval) <= LONGEST_WAIT:
        raise TimeRefused(
            "周期的间隔应为 1 分钟到 10 年。", "Expected the interval of a cycle to be 1 minute to 10 years."
        )
    if firings is not None and not 1 <= firings <= MOST_FIRINGS:
        raise TimeRefused(
            f"周期的次数应为 1 到 {MOST_FIRINGS}。", f"Expected a cycle to fire 1 to {MOST_FIRINGS} times."
        )
    return Cycle(_span(interval), firings, begins)


def _temporal(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    try:
        return temporal_from_text(value.strip()) if len(value) <= _LONGEST_TEXT else None
    except ValueError:
        return None


def _span(duration: DayTimeDuration) -> timedelta:
    try:
        return to_timedelta(duration)
    except NotConvertible:
        return timedelta.max


def _refused(wanted_zh: str, wanted_en: str, value: Value) -> TimeRefused:
    found = value[:40] if isinstance(value, str) else kind_of(value)
    return TimeRefused(f"应为{wanted_zh}，得到的却是 {found}。", f"Expected {wanted_en}, but it is {found}.")


_READERS: Mapping[TimerKind, Callable[[Value], Reading]] = {
    TimerKind.DATE: _read_date,
    TimerKind.DURATION: _read_duration,
    TimerKind.CYCLE: _read_cycle,
}
