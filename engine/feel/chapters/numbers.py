"""Numeric functions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel import numbers
from engine.feel.arguments import number, refuse, single, whole, whole_only
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, Signature, TableFunction, table_function
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import DayTimeDuration, YearMonthDuration
from engine.feel.values import Value

_N = Parameter("n", number)
_NUMBER = Parameter("number", number)
_WHOLE = Parameter("number", whole_only)
_SCALE = Parameter("scale", whole)


def _rounding(mode: str) -> Callable[..., Value]:
    def rounded(_evaluation: Evaluation, value: Decimal, scale: int = 0) -> Value:
        result = numbers.rounded(value, scale, mode)
        if result is None:
            raise refuse(f"小数位数 {scale} 超出范围", f"the scale {scale} is out of range")
        return result

    return rounded


def _magnitude(value: Value) -> Decimal | DayTimeDuration | YearMonthDuration:
    value = single(value)
    return value if isinstance(value, DayTimeDuration | YearMonthDuration) else number(value)


def _abs(_evaluation: Evaluation, value: Decimal | DayTimeDuration | YearMonthDuration) -> Value:
    if isinstance(value, DayTimeDuration):
        return DayTimeDuration(abs(value.nanoseconds))
    if isinstance(value, YearMonthDuration):
        return YearMonthDuration(abs(value.months))
    return value.copy_abs()


def _modulo(_evaluation: Evaluation, dividend: Decimal, divisor: Decimal) -> Value:
    """The remainder with the sign of the divisor."""
    if not divisor:
        raise refuse("除数为零", "the divisor is zero")
    remainder = DECIMAL128.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        return DECIMAL128.add(remainder, divisor)
    return remainder


def _sqrt(_evaluation: Evaluation, value: Decimal) -> Value:
    return DECIMAL128.sqrt(value)


def _log(_evaluation: Evaluation, value: Decimal) -> Value:
    if value <= 0:
        raise refuse("对数只对正数有定义", "a logarithm is defined for positive numbers only")
    return DECIMAL128.ln(value)


def _exp(_evaluation: Evaluation, value: Decimal) -> Value:
    return DECIMAL128.exp(value)


def _odd(_evaluation: Evaluation, value: int) -> Value:
    return value % 2 == 1


def _even(_evaluation: Evaluation, value: int) -> Value:
    return value % 2 == 0


def _rounder(name: str, mode: str, *, help_zh: str, help_en: str, example: str) -> TableFunction:
    return table_function(name, (_N, _SCALE), _rounding(mode), help_zh=help_zh, help_en=help_en, example=example)


FUNCTIONS = (
    _rounder(
        "decimal",
        ROUND_HALF_EVEN,
        help_zh="保留若干位小数，恰为一半时取偶",
        help_en="The number with so many digits after the point, half to even",
        example="decimal(1 / 3, 2) = 0.33",
    ),
    TableFunction(
        "floor",
        (Signature((_N,), _rounding(ROUND_FLOOR)), Signature((_N, _SCALE), _rounding(ROUND_FLOOR))),
        help_zh="向下取整，或取到若干位小数",
        help_en="The largest whole number below, or with so many digits",
        example="floor(-1.5) = -2",
    ),
    TableFunction(
        "ceiling",
        (Signature((_N,), _rounding(ROUND_CEILING)), Signature((_N, _SCALE), _rounding(ROUND_CEILING))),
        help_zh="向上取整，或取到若干位小数",
        help_en="The smallest whole number above, or with so many digits",
        example="ceiling(1.56, 1) = 1.6",
    ),
    _rounder(
        "round up",
        ROUND_UP,
        help_zh="远离零取舍",
        help_en="Rounded away from zero",
        example="round up(1.121, 2) = 1.13",
    ),
    _rounder(
        "round down",
        ROUND_DOWN,
        help_zh="向零取舍",
        help_en="Rounded towards zero",
        example="round down(1.126, 2) = 1.12",
    ),
    _rounder(
        "round half up",
        ROUND_HALF_UP,
        help_zh="四舍五入，恰为一半时远离零",
        help_en="Rounded to the nearest, half away from zero",
        example="round half up(-5.5, 0) = -6",
    ),
    _rounder(
        "round half down",
        ROUND_HALF_DOWN,
        help_zh="取最近值，恰为一半时向零",
        help_en="Rounded to the nearest, half towards zero",
        example="round half down(-5.5, 0) = -5",
    ),
    table_function(
        "abs",
        (Parameter("n", _magnitude),),
        _abs,
        help_zh="数或时长的绝对值",
        help_en="The size of a number or duration without its sign",
        example='abs(duration("-PT4H")) = duration("PT4H")',
    ),
    table_function(
        "modulo",
        (Parameter("dividend", number), Parameter("divisor", number)),
        _modulo,
        help_zh="余数，符号同除数",
        help_en="The remainder, with the sign of the divisor",
        example="modulo(-10, 3) = 2",
    ),
    table_function(
        "sqrt",
        (_NUMBER,),
        _sqrt,
        help_zh="平方根；负数没有",
        help_en="The square root; null for a negative number",
        example="sqrt(16) = 4",
    ),
    table_function(
        "log",
        (_NUMBER,),
        _log,
        help_zh="自然对数",
        help_en="The natural logarithm",
        example="decimal(log(10), 2) = 2.30",
    ),
    table_function(
        "exp",
        (_NUMBER,),
        _exp,
        help_zh="e 的幂",
        help_en="A power of e",
        example="decimal(exp(5), 2) = 148.41",
    ),
    table_function("odd", (_WHOLE,), _odd, help_zh="是否奇数", help_en="Whether a number is odd", example="odd(5)"),
    table_function("even", (_WHOLE,), _even, help_zh="是否偶数", help_en="Whether a number is even", example="even(4)"),
)
