"""Between FEEL values and the values of JSON and of Python's own times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import TypeAlias

from engine.feel.errors import FeelLimitExceeded, NotConvertible
from engine.feel.limits import DEFAULT_LIMITS
from engine.feel.numbers import DECIMAL128, is_whole
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration, Zone
from engine.feel.temporal.civil import NANOSECONDS, NANOSECONDS_OF_DAY
from engine.feel.temporal.zones import offset_text
from engine.feel.values import FeelFunction, Range, Value, kind_of

Json: TypeAlias = "bool | int | float | Decimal | str | list[Json] | dict[str, Json] | None"

#: Integers up to here are the same in every JSON reader.
_LARGEST_EXACT_INTEGER = 2**53
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_json(value: object) -> Value:
    """The FEEL value of a JSON value; raises NotConvertible, or FeelLimitExceeded when nested too deep."""
    return _from_json(value, 0)


def _from_json(value: object, depth: int) -> Value:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value)
    _check_depth(depth)
    if isinstance(value, list | tuple):
        return [_from_json(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {str(key): _from_json(item, depth + 1) for key, item in value.items()}
    raise NotConvertible("boundary.kind", found=type(value).__name__)


def _number(value: float | Decimal) -> Decimal:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise NotConvertible("boundary.number", found=value)
    try:
        return DECIMAL128.plus(number)
    except ArithmeticError as error:
        raise NotConvertible("boundary.number", found=f"{number:.3E}") from error


def _check_depth(depth: int) -> None:
    if depth > DEFAULT_LIMITS.depth:
        raise FeelLimitExceeded("depth", DEFAULT_LIMITS.depth)


def to_json(value: Value) -> Json:
    """The JSON value of a FEEL value; temporal values and ranges become text.

    Whole numbers that every JSON reader keeps exactly become int, other numbers stay Decimal. A date and time
    in a named zone is written with its offset. Raises NotConvertible for a function.
    """
    return _to_json(value, 0)


def _to_json(value: Value, depth: int) -> Json:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if is_whole(value) and abs(value) < _LARGEST_EXACT_INTEGER else value
    if isinstance(value, list):
        _check_depth(depth)
        return [_to_json(item, depth + 1) for item in value]
    if isinstance(value, dict):
        _check_depth(depth)
        return {key: _to_json(item, depth + 1) for key, item in value.items()}
    return iso_text(value)


def iso_text(value: Value) -> str:
    """A temporal value in ISO 8601, a range in FEEL; raises NotConvertible for anything else."""
    if isinstance(value, DateTime) and value.zone and value.zone.name:
        return f"{value.date}T{value.time.clock_text()}{offset_text(value.offset_seconds)}"
    if isinstance(value, Range):
        opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
        return f"{opening}{_end_text(value.start)}..{_end_text(value.end)}{closing}"
    if isinstance(value, Date | Time | DateTime | DayTimeDuration | YearMonthDuration):
        return str(value)
    raise NotConvertible("boundary.kind", found=kind_of(value))


def _end_text(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, FeelFunction | list | dict):
        raise NotConvertible("boundary.kind", found=kind_of(value))
    return str(value)


def from_datetime(moment: datetime) -> DateTime:
    """The FEEL date and time of an aware datetime, with its offset; raises NotConvertible for a naive one."""
    offset = moment.utcoffset()
    if offset is None:
        raise NotConvertible("boundary.kind", found="datetime without zone")
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    time = Time(seconds * NANOSECONDS + moment.microsecond * 1000, Zone(int(offset.total_seconds())))
    return DateTime(Date(moment.year, moment.month, moment.day), time)


def to_datetime(value: DateTime | Date, zone: tzinfo) -> datetime:
    """The instant of a date and time, to the microsecond; `zone` is taken by one without its own.

    A date stands for its midnight in `zone`. Raises NotConvertible outside the years 1 to 9999.
    """
    moment = DateTime(value, Time(0)) if isinstance(value, Date) else value
    try:
        if moment.zone is not None:
            return _EPOCH + timedelta(microseconds=moment.order // 1000)
        midnight = datetime(moment.date.year, moment.date.month, moment.date.day, tzinfo=zone)
        return midnight + timedelta(microseconds=moment.time.nanoseconds // 1000)
    except (ValueError, OverflowError) as error:
        raise NotConvertible("boundary.instant", found=value) from error


def to_timedelta(duration: DayTimeDuration) -> timedelta:
    """The duration to the microsecond; raises NotConvertible beyond what Python can represent."""
    try:
        return timedelta(
            days=duration.nanoseconds // NANOSECONDS_OF_DAY,
            microseconds=duration.nanoseconds % NANOSECONDS_OF_DAY // 1000,
        )
    except OverflowError as error:
        raise NotConvertible("boundary.instant", found=duration) from error
