"""Addition to powers over numbers, strings, dates, times and durations; null where nothing is defined.

Each operator is a table from the types of its operands to what it does. Results that cannot be represented
raise ArithmeticError or ValueError, which the caller turns into null with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any, TypeAlias

from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import UTC, Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.feel.temporal.civil import NANOSECONDS_OF_DAY
from engine.feel.values import Value

# The table guarantees the operands' types, which a type checker cannot see.
Operation: TypeAlias = Callable[[Any, Any], Value]
Operations: TypeAlias = Mapping[tuple[type, type], Operation]


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _concatenate(left: str, right: str) -> str:
    return left + right


def _add_months(months: YearMonthDuration, more: YearMonthDuration) -> YearMonthDuration:
    return YearMonthDuration(months.months + more.months)


def _add_times(duration: DayTimeDuration, more: DayTimeDuration) -> DayTimeDuration:
    return DayTimeDuration(duration.nanoseconds + more.nanoseconds)


def _date_after_months(date: Date, months: YearMonthDuration) -> Date:
    return date.plus_months(months.months)


def _date_after(date: Date, duration: DayTimeDuration) -> Date:
    return Date.from_days((date.days * NANOSECONDS_OF_DAY + duration.nanoseconds) // NANOSECONDS_OF_DAY)


def _moment_after_months(moment: DateTime, months: YearMonthDuration) -> DateTime:
    return DateTime(moment.date.plus_months(months.months), moment.time)


def _moment_after(moment: DateTime, duration: DayTimeDuration) -> DateTime:
    return moment.plus(duration.nanoseconds)


def _time_after(time: Time, duration: DayTimeDuration) -> Time:
    return Time((time.nanoseconds + duration.nanoseconds) % NANOSECONDS_OF_DAY, time.zone)


def negated(value: Value) -> Value:
    """The negative of a number or a duration; null for anything else."""
    if isinstance(value, Decimal):
        return DECIMAL128.minus(value)
    if isinstance(value, DayTimeDuration):
        return DayTimeDuration(-value.nanoseconds)
    if isinstance(value, YearMonthDuration):
        return YearMonthDuration(-value.months)
    return None


def _less_duration(operation: Operation) -> Operation:
    return lambda left, right: operation(left, negated(right))


def _midnight(date: Date) -> DateTime:
    return DateTime(date, Time(0, UTC))


def _between_moments(later: DateTime | Time, earlier: DateTime | Time) -> DayTimeDuration | None:
    """A moment with zone and one without have no distance."""
    if (later.zone is None) != (earlier.zone is None):
        return None
    return DayTimeDuration(later.order - earlier.order)


def _between(later: Date | DateTime, earlier: Date | DateTime) -> DayTimeDuration | None:
    left = _midnight(later) if isinstance(later, Date) else later
    right = _midnight(earlier) if isinstance(earlier, Date) else earlier
    return _between_moments(left, right)


def _truncated(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_DOWN))


def _times(duration: DayTimeDuration, factor: Decimal) -> DayTimeDuration:
    return DayTimeDuration(_truncated(DECIMAL128.multiply(duration.nanoseconds, factor)))


def _months_times(duration: YearMonthDuration, factor: Decimal) -> YearMonthDuration:
    return YearMonthDuration(_truncated(DECIMAL128.multiply(duration.months, factor)))


def _parts(duration: DayTimeDuration, divisor: Decimal) -> DayTimeDuration:
    return DayTimeDuration(_truncated(DECIMAL128.divide(duration.nanoseconds, divisor)))


def _month_parts(duration: YearMonthDuration, divisor: Decimal) -> YearMonthDuration:
    return YearMonthDuration(_truncated(DECIMAL128.divide(duration.months, divisor)))


def _ratio(duration: DayTimeDuration, divisor: DayTimeDuration) -> Decimal:
    return DECIMAL128.divide(duration.nanoseconds, divisor.nanoseconds)


def _month_ratio(duration: YearMonthDuration, divisor: YearMonthDuration) -> Decimal:
    return DECIMAL128.divide(duration.months, divisor.months)


_ADD: Operations = {
    (Decimal, Decimal): DECIMAL128.add,
    (str, str): _concatenate,
    (YearMonthDuration, YearMonthDuration): _add_months,
    (DayTimeDuration, DayTimeDuration): _add_times,
    (Date, YearMonthDuration): _date_after_months,
    (Date, DayTimeDuration): _date_after,
    (DateTime, YearMonthDuration): _moment_after_months,
    (DateTime, DayTimeDuration): _moment_after,
    (Time, DayTimeDuration): _time_after,
    (YearMonthDuration, Date): _swapped(_date_after_months),
    (DayTimeDuration, Date): _swapped(_date_after),
    (YearMonthDuration, DateTime): _swapped(_moment_after_months),
    (DayTimeDuration, DateTime): _swapped(_moment_after),
    (DayTimeDuration, Time): _swapped(_time_after),
}
_SUBTRACT: Operations = {
    (Decimal, Decimal): DECIMAL128.subtract,
    (YearMonthDuration, YearMonthDuration): _less_duration(_add_months),
    (DayTimeDuration, DayTimeDuration): _less_duration(_add_times),
    (Date, YearMonthDuration): _less_duration(_date_after_months),
    (Date, DayTimeDuration): _less_duration(_date_after),
    (DateTime, YearMonthDuration): _less_duration(_moment_after_months),
    (DateTime, DayTimeDuration): _less_duration(_moment_after),
    (Time, DayTimeDuration): _less_duration(_time_after),
    (Time, Time): _between_moments,
    (Date, Date): _between,
    (Date, DateTime): _between,
    (DateTime, Date): _between,
    (DateTime, DateTime): _between,
}
_MULTIPLY: Operations = {
    (Decimal, Decimal): DECIMAL128.multiply,
    (DayTimeDuration, Decimal): _times,
    (Decimal, DayTimeDuration): _swapped(_times),
    (YearMonthDuration, Decimal): _months_times,
    (Decimal, YearMonthDuration): _swapped(_months_times),
}
_DIVIDE: Operations = {
    (Decimal, Decimal): DECIMAL128.divide,
    (DayTimeDuration, Decimal): _parts,
    (YearMonthDuration, Decimal): _month_parts,
    (DayTimeDuration, DayTimeDuration): _ratio,
    (YearMonthDuration, YearMonthDuration): _month_ratio,
}
_POWER: Operations = {(Decimal, Decimal): DECIMAL128.power}

OPERATORS: Mapping[str, Operations] = {
    "+": _ADD,
    "-": _SUBTRACT,
    "*": _MULTIPLY,
    "/": _DIVIDE,
    "**": _POWER,
}


def add(left: Value, right: Value) -> Value:
    """The sum; null where addition is not defined."""
    operation = _ADD.get((type(left), type(right)))
    return operation(left, right) if operation else None


def divide(left: Value, right: Value) -> Value:
    """The quotient; null where division is not defined. Raises ArithmeticError for a divisor of zero."""
    operation = _DIVIDE.get((type(left), type(right)))
    return operation(left, right) if operation else None
