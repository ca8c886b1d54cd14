"""The values of FEEL.

null, booleans, decimals, strings, lists and contexts are Python's own immutable or never-changed objects;
temporal values, ranges and functions are ours. No other object ever is a FEEL value, and no attribute of a
Python object can be reached from an expression.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from engine.feel.evaluation import Evaluation
from engine.feel.source import Place
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration


class RangeKind(StrEnum):
    """How a range was written, which decides what null ends mean and which ranges are equal."""

    #: Two ends, or one comparison such as `(< 5)` whose other end is open.
    PROPER = "proper"
    #: The single value of `(= 5)`.
    POINT = "point"
    #: An end was null when the range was made: membership is unknown.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Range:
    """The values from `start` to `end`; a null end is open towards that side."""

    start: Value
    end: Value
    start_included: bool = True
    end_included: bool = True
    kind: RangeKind = RangeKind.PROPER


class FeelFunction(ABC):
    """A function that an expression can call."""

    __slots__ = ()

    @property
    @abstractmethod
    def name(self) -> str:
        """The name by which messages speak of it."""

    @abstractmethod
    def accepts(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""

    @abstractmethod
    def call(self, arguments: Sequence[Value], evaluation: Evaluation, place: Place | None = None) -> Value:
        """The value for arguments in order; null with a warning when it does not take them."""

    @abstractmethod
    def call_named(self, arguments: Mapping[str, Value], evaluation: Evaluation, place: Place | None = None) -> Value:
        """The value for arguments by name; null with a warning when it does not take them."""


# Lists and contexts hold values again; `Any` keeps Python's invariant containers usable.
Value: TypeAlias = (
    bool
    | Decimal
    | str
    | list[Any]
    | dict[str, Any]
    | Date
    | Time
    | DateTime
    | DayTimeDuration
    | YearMonthDuration
    | Range
    | FeelFunction
    | None
)

#: The FEEL names of the types, apart from functions, which are of several Python types.
KINDS: Mapping[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DayTimeDuration: "days and time duration",
    YearMonthDuration: "years and months duration",
    Range: "range",
}


def kind_of(value: Value) -> str:
    """The FEEL name of a value's type."""
    return KINDS.get(type(value), "function")
