"""Conversion functions: dates, times, durations, numbers and strings from other values."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.feel.arguments import day_time_duration, number, optional, refuse, single, text, whole_only
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, Signature, TableFunction, table_function
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import UTC, Date, DateTime, DayTimeDuration, Time, YearMonthDuration, Zone
from engine.feel.temporal.civil import NANOSECONDS
from engine.feel.temporal.reading import (
    date_from_text,
    date_time_from_text,
    duration_from_text,
    time_from_text,
)
from engine.feel.temporal.zones import LARGEST_OFFSET, zone_from_text
from engine.feel.values import Value, kind_of
from engine.feel.writing import text_of_value

_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_OFFSET = re.compile(r"[Zz]|[+-]\d\d:\d\d(:\d\d)?", re.ASCII)
_FROM = Parameter("from")


def _converted(result: Value, value: Value, kind: str) -> Value:
    """The result, or a refusal that names what was not such a value."""
    if result is None:
        shown = f'"{value}"' if isinstance(value, str) else kind_of(value)
        raise refuse(f"{shown} 不能转换为 {kind}", f"{shown} cannot be converted to a {kind}")
    return result


def _date(_evaluation: Evaluation, value: Value) -> Value:
    value = single(value)
    result: Value = None
    if isinstance(value, str):
        result = date_from_text(value)
    elif isinstance(value, Date | DateTime):
        result = value if isinstance(value, Date) else value.date
    return _converted(result, value, "date")


def _date_of_parts(_evaluation: Evaluation, year: int, month: int, day: int) -> Value:
    return Date(year, month, day)


def _time(_evaluation: Evaluation, value: Value) -> Value:
    value = single(value)
    result: Value = None
    if isinstance(value, str):
        result = time_from_text(value)
    elif isinstance(value, Time):
        result = value
    elif isinstance(value, Date | DateTime):
        result = Time(0, UTC) if isinstance(value, Date) else value.time
    return _converted(result, value, "time")


def _time_of_parts(
    _evaluation: Evaluation, hour: int, minute: int, second: Decimal, offset: DayTimeDuration | None = None
) -> Value:
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second < 60):
        raise refuse("没有这个时刻", "there is no such time of day")
    nanoseconds = (hour * 3600 + minute * 60) * NANOSECONDS + int(second * NANOSECONDS)
    return Time(nanoseconds, None if offset is None else _zone_of_offset(offset))


def _zone_of_offset(offset: DayTimeDuration) -> Zone:
    seconds = offset.nanoseconds // NANOSECONDS
    if abs(seconds) > LARGEST_OFFSET:
        raise refuse("时差超过 18 小时", "the offset is larger than 18 hours")
    return Zone(seconds)


def _date_and_time(_evaluation: Evaluation, value: Value) -> Value:
    value = single(value)
    result: Value = None
    if isinstance(value, str):
        result = date_time_from_text(value) or _midnight(date_from_text(value), None)
    elif isinstance(value, Date | DateTime):
        result = _midnight(value, UTC) if isinstance(value, Date) else value
    return _converted(result, value, "date and time")


def _midnight(date: Date | None, zone: Zone | None) -> DateTime | None:
    return DateTime(date, Time(0, zone)) if date is not None else None


def _date_part(value: Value) -> Date:
    value = single(value)
    if isinstance(value, DateTime):
        return value.date
    if isinstance(value, Date):
        return value
    raise refuse("第一个参数应为日期", "the first argument must be a date")


def _time_part(value: Value) -> Time:
    value = single(value)
    if isinstance(value, Time):
        return value
    raise refuse("第二个参数应为时间", "the second argument must be a time")


def _date_time_of_parts(_evaluation: Evaluation, date: Date, time: Time) -> Value:
    return DateTime(date, time)


def _moment(value: Value) -> DateTime:
    value = single(value)
    if isinstance(value, DateTime):
        return value
    raise refuse("第一个参数应为日期时间", "the first argument must be a date and time")


def _zone(value: Value) -> Zone:
    given = text(value)
    zone = zone_from_text(given if _OFFSET.fullmatch(given) else f"@{given}")
    if zone is None:
        raise refuse(f"没有时区 {given}", f"there is no time zone {given}")
    return zone


def _in_zone(_evaluation: Evaluation, moment: DateTime, zone: Zone) -> Value:
    """The same instant in another zone; a local date and time simply takes the zone."""
    if moment.zone is None:
        return DateTime(moment.date, Time(moment.time.nanoseconds, zone))
    in_utc = DateTime.from_local(moment.order, UTC)
    offset = zone.offset_at(in_utc.date.order, in_utc.time.second_of_day)
    local = in_utc.plus(offset * NANOSECONDS)
    return DateTime(local.date, Time(local.time.nanoseconds, zone))


def _duration(_evaluation: Evaluation, value: Value) -> Value:
    value = single(value)
    if isinstance(value, DayTimeDuration | YearMonthDuration):
        return value
    return _converted(duration_from_text(text(value)), value, "duration")


def _months_between(_evaluation: Evaluation, start: Date, end: Date) -> Value:
    if end.order < start.order:
        return YearMonthDuration(-_whole_months(end, start))
    return YearMonthDuration(_whole_months(start, end))


def _whole_months(start: Date, end: Date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _number(_evaluation: Evaluation, value: Value) -> Value:
    value = single(value)
    return value if isinstance(value, Decimal) else _number_from_text(text(value))


def _number_with_separators(evaluation: Evaluation, value: Value, grouping: str | None, decimal: str | None) -> Value:
    if grouping is None and decimal is None:
        return _number(evaluation, value)
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ".", ",") or grouping == decimal:
        raise refuse("分隔符不成立", "the separators are not valid")
    written = text(value).replace(grouping, "") if grouping else text(value)
    return _number_from_text(written.replace(decimal, ".") if decimal else written)


def _number_from_text(written: str) -> Decimal:
    if not _NUMBER.fullmatch(written):
        raise refuse(f'"{written}" 不是数', f'"{written}" is not a number')
    return DECIMAL128.create_decimal(written)


def _string(evaluation: Evaluation, value: Value) -> Value:
    return text_of_value(value, evaluation)


_OPTIONAL_TEXT = (optional("grouping separator", text), optional("decimal separator", text))

FUNCTIONS = (
    TableFunction(
        "date",
        (
            Signature((_FROM,), _date),
            Signature(
                (Parameter("year", whole_only), Parameter("month", whole_only), Parameter("day", whole_only)),
                _date_of_parts,
            ),
        ),
        help_zh="由文字、日期时间或年月日得到日期",
        help_en="The date of a text, of a date and time, or of year, month and day",
        example='date("2026-11-22") = date(2026, 11, 22)',
    ),
    TableFunction(
        "time",
        (
            Signature((_FROM,), _time),
            Signature(
                (
                    Parameter("hour", whole_only),
                    Parameter("minute", whole_only),
                    Parameter("second", number),
                    optional("offset", day_time_duration),
                ),
                _time_of_parts,
            ),
        ),
        help_zh="由文字、日期时间或时分秒（可带时差）得到时刻",
        help_en="The time of a text, of a date and time, or of hour, minute and second with an optional offset",
        example='time("08:30:00+08:00") = time(8, 30, 0, duration("PT8H"))',
    ),
    TableFunction(
        "date and time",
        (
            Signature((_FROM,), _date_and_time),
            Signature((Parameter("date", _date_part), Parameter("time", _time_part)), _date_time_of_parts),
            Signature((Parameter("date", _moment), Parameter("timezone", _zone)), _in_zone),
        ),
        help_zh="由文字、日期与时刻得到日期时间，或把日期时间换到另一时区",
        help_en="The date and time of a text or of a date and a time; or a date and time in another zone",
        example='date and time("2026-11-22T08:30:00Z") = @"2026-11-22T16:30:00+08:00"',
    ),
    table_function(
        "duration",
        (_FROM,),
        _duration,
        help_zh="由 ISO 8601 文字得到时长",
        help_en="The duration of an ISO 8601 text",
        example='duration("PT4H") / 2 = duration("PT2H")',
    ),
    table_function(
        "years and months duration",
        (Parameter("from", _date_part), Parameter("to", _date_part)),
        _months_between,
        help_zh="两个日期之间的整年整月",
        help_en="The whole years and months between two dates",
        example='years and months duration(@"2025-01-31", @"2026-03-01") = @"P1Y1M"',
    ),
    TableFunction(
        "number",
        (Signature((_FROM,), _number), Signature((_FROM, *_OPTIONAL_TEXT), _number_with_separators)),
        help_zh="由文字得到数，可指明千位分隔符和小数点",
        help_en="The number of a text, with its grouping and decimal separator where it has others",
        example='number("1 234,5", " ", ",") = 1234.5',
    ),
    table_function(
        "string",
        (_FROM,),
        _string,
        help_zh="值的文字形式；null 仍为 null",
        help_en="The text of a value; null stays null",
        example='string([1, "甲", null]) = "[1, \\"甲\\", null]"',
    ),
)
