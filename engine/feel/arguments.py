"""What a parameter accepts. Each function yields the argument in the form an implementation takes, or refuses.

A list of one element is accepted as that element, as the specification asks.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from engine.feel.errors import ArgumentRefused
from engine.feel.functions import Parameter, anything
from engine.feel.numbers import is_whole
from engine.feel.temporal import Date, DateTime, DayTimeDuration
from engine.feel.values import FeelFunction, Range, Value, kind_of

T = TypeVar("T")


def refuse(zh: str, en: str) -> ArgumentRefused:
    """A refusal to be raised."""
    return ArgumentRefused(zh, en)


def single(value: Value) -> Value:
    """The element of a list of one, else the value itself."""
    return value[0] if type(value) is list and len(value) == 1 else value


def _instance(value: Value, kind: type[T], name: str) -> T:
    value = single(value)
    # bool is no number in FEEL, and type() tells it from one where isinstance would not.
    if isinstance(value, kind) and (kind is FeelFunction or type(value) is kind):
        return value
    raise refuse(f"应为 {name}，却是 {kind_of(value)}", f"expected a {name}, but got a {kind_of(value)}")


def number(value: Value) -> Decimal:
    """A number."""
    return _instance(value, Decimal, "number")


def whole(value: Value) -> int:
    """A number, its fraction cut off."""
    return int(number(value))


def whole_only(value: Value) -> int:
    """A number without fraction."""
    given = number(value)
    if not is_whole(given):
        raise refuse(f"应为整数，却是 {given}", f"expected a whole number, but got {given}")
    return int(given)


def text(value: Value) -> str:
    """A string."""
    return _instance(value, str, "string")


def boolean(value: Value) -> bool:
    """True or false."""
    return _instance(value, bool, "boolean")


def context(value: Value) -> dict[str, Value]:
    """A context."""
    return _instance(value, dict, "context")


def function(value: Value) -> FeelFunction:
    """A function."""
    return _instance(value, FeelFunction, "function")  # type: ignore[type-abstract]  # only compared with


def day_time_duration(value: Value) -> DayTimeDuration:
    """A days and time duration."""
    return _instance(value, DayTimeDuration, "days and time duration")


def range_(value: Value) -> Range:
    """A range."""
    return _instance(value, Range, "range")


def point(value: Value) -> Value:
    """A value that ranges are made of."""
    if value is None or type(value) is Range:
        raise refuse(f"应为单个值，却是 {kind_of(value)}", f"expected a single value, but got a {kind_of(value)}")
    return value


def items(value: Value) -> list[Value]:
    """A list; any other value except null is a list of itself."""
    if value is None:
        raise refuse("应为列表，却是 null", "expected a list, but got null")
    return value if type(value) is list else [value]


def date(value: Value) -> Date:
    """A date, or the date of a date and time."""
    value = single(value)
    return value.date if isinstance(value, DateTime) else _instance(value, Date, "date")


def optional(name: str, accept: Callable[[Value], object]) -> Parameter:
    """A parameter that may be left out."""
    return Parameter(name, accept, optional=True)


def repeated(name: str, accept: Callable[[Value], object] = anything) -> Parameter:
    """The last parameter, which takes any number of arguments."""
    return Parameter(name, accept, repeated=True)
