"""The members that a path reaches: entries of contexts, parts of temporal values, ends of ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.feel.evaluation import Evaluation
from engine.feel.numbers import number
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.feel.temporal.civil import NANOSECONDS
from engine.feel.values import Range, Value

# The table by type guarantees what a member is read from, which a type checker cannot see.
Members = Mapping[str, Callable[[Any], Value]]


def _time_offset(time: Time) -> DayTimeDuration | None:
    if time.zone is None:
        return None
    return DayTimeDuration(time.zone.offset_at(None, time.second_of_day) * NANOSECONDS)


def _moment_offset(moment: DateTime) -> DayTimeDuration | None:
    return DayTimeDuration(moment.offset_seconds * NANOSECONDS) if moment.zone else None


def _signed(value: int, part: int) -> Value:
    return number(-part if value < 0 else part)


def _duration_part(size: int, count: int | None) -> Callable[[DayTimeDuration], Value]:
    def part(duration: DayTimeDuration) -> Value:
        units = abs(duration.nanoseconds) // NANOSECONDS // size
        return _signed(duration.nanoseconds, units % count if count else units)

    return part


_DATE: Members = {
    "year": lambda date: number(date.year),
    "month": lambda date: number(date.month),
    "day": lambda date: number(date.day),
    "weekday": lambda date: number(date.weekday),
}
_TIME: Members = {
    "hour": lambda time: number(time.second_of_day // 3600),
    "minute": lambda time: number(time.second_of_day // 60 % 60),
    "second": lambda time: number(time.second_of_day % 60),
    "timezone": lambda time: time.zone.name if time.zone else None,
    "time offset": _time_offset,
}


def _of_date(read: Callable[[Any], Value]) -> Callable[[DateTime], Value]:
    return lambda moment: read(moment.date)


def _of_time(read: Callable[[Any], Value]) -> Callable[[DateTime], Value]:
    return lambda moment: read(moment.time)


MEMBERS: Mapping[type, Members] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {
        **{name: _of_date(read) for name, read in _DATE.items()},
        **{name: _of_time(read) for name, read in _TIME.items()},
        "time offset": _moment_offset,
    },
    DayTimeDuration: {
        "days": _duration_part(86_400, None),
        "hours": _duration_part(3600, 24),
        "minutes": _duration_part(60, 60),
        "seconds": _duration_part(1, 60),
    },
    YearMonthDuration: {
        "years": lambda duration: _signed(duration.months, abs(duration.months) // 12),
        "months": lambda duration: _signed(duration.months, abs(duration.months) % 12),
    },
    Range: {
        "start": lambda range_: range_.start,
        "end": lambda range_: range_.end,
        "start included": lambda range_: range_.start_included,
        "end included": lambda range_: range_.end_included,
    },
}

#: Members whose names are several words, known to every expression.
MEMBER_NAMES = tuple(name for members in MEMBERS.values() for name in members if " " in name)


def has_member(value: Value, name: str) -> bool:
    """Whether a value other than a list has a member of that name."""
    if type(value) is dict:
        return name in value
    return name in MEMBERS.get(type(value), {})


def member(value: Value, name: str, evaluation: Evaluation) -> Value:
    """The member of that name, of every element for a list; null when there is none."""
    if type(value) is dict:
        return value.get(name)
    if type(value) is list:
        evaluation.spend(len(value))
        return [member(item, name, evaluation) for item in value]
    read = MEMBERS.get(type(value), {}).get(name)
    return read(value) if read else None
