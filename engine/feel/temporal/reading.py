"""Temporal values from their ISO 8601 text; every function yields None for a text that is none."""

from __future__ import annotations

import re

from engine.feel.temporal.civil import NANOSECONDS
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.moments import Date, DateTime, Time
from engine.feel.temporal.zones import Zone, zone_from_text

Temporal = Date | Time | DateTime | DayTimeDuration | YearMonthDuration

#: Durations beyond this many digits have no meaning in any calendar and only cost time.
_DIGITS = r"\d{1,18}"
_DATE = re.compile(r"(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]+)?", re.ASCII
)
_DAY_TIME = re.compile(
    rf"(-?)P(?:({_DIGITS})D)?(T(?:({_DIGITS})H)?(?:({_DIGITS})M)?(?:({_DIGITS})(?:\.(\d*))?S)?)?", re.ASCII
)
_YEAR_MONTH = re.compile(rf"(-?)P(?:({_DIGITS})Y)?(?:({_DIGITS})M)?", re.ASCII)


def date_from_text(text: str) -> Date | None:
    """A date such as `2026-11-22`."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return Date(int(match[1] + match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def time_from_text(text: str) -> Time | None:
    """A time such as `08:30:00`, `08:30:00.5+08:00` or `08:30:00@Asia/Shanghai`."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone: Zone | None = None
    if match[5]:
        zone = zone_from_text(match[5])
        if zone is None:
            return None
    return Time((hour * 3600 + minute * 60 + second) * NANOSECONDS + _fraction(match[4]), zone)


def date_time_from_text(text: str) -> DateTime | None:
    """A date and time such as `2026-11-22T08:30:00+08:00`; 24:00:00 is the next day's midnight."""
    day, separator, clock = text.partition("T")
    if not separator:
        return None
    date = date_from_text(day)
    if date is not None and clock.startswith("24:00:00"):
        date, clock = _next_day(date), "00" + clock[2:]
    time = time_from_text(clock)
    return DateTime(date, time) if date is not None and time is not None else None


def duration_from_text(text: str) -> DayTimeDuration | YearMonthDuration | None:
    """A duration such as `P1DT4H`, `-PT30M` or `P1Y6M`."""
    return _year_month_from_text(text) or _day_time_from_text(text)


def temporal_from_text(text: str) -> Temporal | None:
    """The one temporal value that the text of an `@"…"` literal denotes."""
    return date_from_text(text) or date_time_from_text(text) or time_from_text(text) or duration_from_text(text)


def _next_day(date: Date) -> Date | None:
    try:
        return Date.from_days(date.days + 1)
    except ValueError:
        return None


def _fraction(digits: str | None) -> int:
    return int((digits or "")[:9].ljust(9, "0"))


def _year_month_from_text(text: str) -> YearMonthDuration | None:
    match = _YEAR_MONTH.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        return None
    months = int(match[2] or 0) * 12 + int(match[3] or 0)
    return YearMonthDuration(-months if match[1] else months)


def _day_time_from_text(text: str) -> DayTimeDuration | None:
    match = _DAY_TIME.fullmatch(text)
    if match is None or not (match[2] or len(match[3] or "") > 1):
        return None
    seconds = int(match[2] or 0) * 86_400 + int(match[4] or 0) * 3600
    seconds += int(match[5] or 0) * 60 + int(match[6] or 0)
    nanoseconds = seconds * NANOSECONDS + _fraction(match[7])
    return DayTimeDuration(-nanoseconds if match[1] else nanoseconds)
