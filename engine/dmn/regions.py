"""The cells of one table column as sets.

The values the column's cells name cut its domain into atoms: the named values themselves, and what lies between
or beside them. No cell tells two values of one atom apart, so a cell is a set of atoms, kept as the bits of an
integer, and questions about whole tables become questions about small sets.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.tables import TableInput
from engine.feel import (
    STANDARD,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    UnaryTests,
    Value,
    YearMonthDuration,
    iso_text,
)
from engine.feel.embedding import constant_value, is_constant, nodes


@dataclass(frozen=True, slots=True)
class Span:
    """The values a simple test lets pass: from a start to an end, either of which may be missing."""

    start: Value
    end: Value
    start_included: bool
    end_included: bool


def spans_of(test: nodes.UnaryTest) -> list[Span] | None:
    """What a test lets pass, when its text alone tells."""
    if isinstance(test, nodes.ComparisonTest):
        return _compared(test.operator, test.operand)
    return _expression_spans(test.expression)


def _expression_spans(node: nodes.Node) -> list[Span] | None:
    if is_constant(node):
        return _compared("=", node)
    if isinstance(node, nodes.ComparisonRange):
        return _compared(node.operator, node.operand)
    if isinstance(node, nodes.RangeOf) and is_constant(node.start) and is_constant(node.end):
        start, end = constant_value(node.start, STANDARD), constant_value(node.end, STANDARD)
        return None if start is None or end is None else [Span(start, end, node.start_included, node.end_included)]
    if isinstance(node, nodes.ListOf):
        parts = [_expression_spans(item) for item in node.items]
        return None if any(part is None for part in parts) else [span for part in parts for span in part or ()]
    return None


def _compared(operator: str, operand: nodes.Node) -> list[Span] | None:
    value = constant_value(operand, STANDARD) if is_constant(operand) else None
    if value is None or (isinstance(value, str | bool) and operator not in ("=", "!=")):
        return None
    return {
        "=": [Span(value, value, True, True)],
        "!=": [Span(None, value, False, False), Span(value, None, False, False)],
        "<": [Span(None, value, False, False)],
        "<=": [Span(None, value, False, True)],
        ">": [Span(value, None, False, False)],
        ">=": [Span(value, None, True, False)],
    }[operator]


class Region(ABC):
    """The domain of a column, cut into atoms."""

    #: All atoms of the domain.
    everything: int

    @abstractmethod
    def covered(self, spans: Iterable[Span]) -> int | None:
        """The atoms within spans; None when they are not of this column's kind."""

    @abstractmethod
    def text(self, label: str, atom: int) -> str:
        """An atom in words: a condition on the column."""

    def set_of(self, tests: UnaryTests) -> int | None:
        """The atoms a cell lets pass; None when its text alone does not tell."""
        if not tests.cell.tests:
            return self.everything
        parts = [spans_of(test) for test in tests.cell.tests]
        if any(part is None for part in parts):
            return None
        passed = self.covered(span for part in parts for span in part or ())
        if passed is None:
            return None
        return self.everything & (~passed if tests.cell.negated else passed)


class OrderedRegion(Region):
    """Numbers, dates, times, durations: points and the open spans around them."""

    def __init__(self, values: Iterable[Value]) -> None:
        named = {_order(value): value for value in values}
        self._points = sorted(named)
        self._values = [named[point] for point in self._points]
        self.everything = (1 << (2 * len(self._points) + 1)) - 1
        for index in range(1, len(self._points)):
            if _nothing_between(self._values[index - 1], self._values[index]):
                self.everything &= ~(1 << (2 * index))

    def covered(self, spans: Iterable[Span]) -> int | None:
        """The atoms within spans."""
        bits = 0
        for span in spans:
            first = 0 if span.start is None else self._atom(span.start) + (not span.start_included)
            last = 2 * len(self._points) if span.end is None else self._atom(span.end) - (not span.end_included)
            if first <= last:
                bits |= (1 << (last + 1)) - (1 << first)
        return bits

    def _atom(self, value: Value) -> int:
        return 2 * bisect_left(self._points, _order(value)) + 1

    def text(self, label: str, atom: int) -> str:
        """An atom in words."""
        index, is_point = divmod(atom, 2)
        if is_point:
            return f"{label} = {_shown(self._values[index])}"
        if not self._values:
            return ""
        if index == 0:
            return f"{label} < {_shown(self._values[0])}"
        if index == len(self._values):
            return f"{label} > {_shown(self._values[-1])}"
        return f"{label} in ({_shown(self._values[index - 1])}..{_shown(self._values[index])})"


class DiscreteRegion(Region):
    """Strings and booleans: the named values, and one atom for all others where there are others."""

    def __init__(self, values: Iterable[Value], *, closed: bool) -> None:
        self._values = list(dict.fromkeys(values))
        self.everything = (1 << (len(self._values) + (not closed))) - 1

    def covered(self, spans: Iterable[Span]) -> int | None:
        """The atoms within spans, which must be single values or all but one."""
        bits = 0
        for span in spans:
            if span.start is None or span.end is None:
                excluded = span.end if span.start is None else span.start
                if span.start_included or span.end_included or excluded not in self._values:
                    return None
                bits |= self.everything & ~(1 << self._values.index(excluded))
            elif span.start != span.end or span.start not in self._values:
                return None
            else:
                bits |= 1 << self._values.index(span.start)
        return bits

    def text(self, label: str, atom: int) -> str:
        """An atom in words."""
        if atom < len(self._values):
            return f"{label} = {_shown(self._values[atom])}"
        return f"not({label} in ({', '.join(_shown(value) for value in self._values)}))"


def _order(value: Value) -> Decimal | int:
    """What values of one ordered type are sorted by."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Date):
        return value.days
    if isinstance(value, DayTimeDuration):
        return value.nanoseconds
    if isinstance(value, YearMonthDuration):
        return value.months
    return value.order if isinstance(value, Time | DateTime) else 0


def _nothing_between(earlier: Value, later: Value) -> bool:
    return isinstance(earlier, Date) and isinstance(later, Date) and later.days == earlier.days + 1


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else iso_text(value)


def _kind(value: Value) -> tuple[type, bool]:
    """Values of one kind can be compared: moments with zone and without cannot."""
    return type(value), isinstance(value, Time | DateTime) and value.zone is None


def region_of(column: TableInput, cells: Sequence[UnaryTests]) -> Region | None:
    """The domain of a column as its cells cut it; None when they name values of several kinds."""
    allowed = [column.allowed] if column.allowed is not None else []
    values = [value for cell in (*cells, *allowed) for value in _named_values(cell)]
    kinds = {_kind(value) for value in values}
    if len(kinds) > 1:
        return None
    region = _region(values, kinds, closed=column.allowed is not None)
    if column.allowed is not None:
        within = region.set_of(column.allowed)
        if within is None:
            return None
        region.everything = within
    return region


def _region(values: Sequence[Value], kinds: set[tuple[type, bool]], *, closed: bool) -> Region:
    if (bool, False) in kinds:
        return DiscreteRegion((True, False), closed=True)
    if (str, False) in kinds:
        return DiscreteRegion(values, closed=closed)
    return OrderedRegion(values)


def _named_values(tests: UnaryTests) -> Iterator[Value]:
    for test in tests.cell.tests:
        for span in spans_of(test) or ():
            yield from (end for end in (span.start, span.end) if end is not None)
