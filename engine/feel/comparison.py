"""Equality and order, with null for what cannot be compared; membership in ranges and lists."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.evaluation import Evaluation
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.feel.values import Range, RangeKind, Value


def equal(left: Value, right: Value, evaluation: Evaluation) -> bool | None:
    """Whether two values are equal; null for values of different types."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    if type(left) is list and type(right) is list:
        return _equal_lists(left, right, evaluation)
    if type(left) is dict and type(right) is dict:
        return _equal_contexts(left, right, evaluation)
    if type(left) is Range and type(right) is Range:
        return _equal_ranges(left, right, evaluation)
    return left == right


def _equal_lists(left: list[Value], right: list[Value], evaluation: Evaluation) -> bool:
    if len(left) != len(right):
        return False
    evaluation.spend(len(left))
    return all(equal(a, b, evaluation) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Value], right: dict[str, Value], evaluation: Evaluation) -> bool:
    evaluation.spend(len(left))
    return left.keys() == right.keys() and all(
        equal(value, right[key], evaluation) is True for key, value in left.items()
    )


def _equal_ranges(left: Range, right: Range, evaluation: Evaluation) -> bool:
    same_form = (
        left.kind == right.kind
        and left.start_included == right.start_included
        and left.end_included == right.end_included
    )
    return (
        same_form
        and equal(left.start, right.start, evaluation) is True
        and equal(left.end, right.end, evaluation) is True
    )


def less(left: Value, right: Value) -> bool | None:
    """Whether left comes before right; null where there is no order."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, Time | DateTime):
        return _less_moments(left, right)
    if isinstance(left, Date) and isinstance(right, Date):
        return left.order < right.order
    if isinstance(left, DayTimeDuration) and isinstance(right, DayTimeDuration):
        return left.nanoseconds < right.nanoseconds
    if isinstance(left, YearMonthDuration) and isinstance(right, YearMonthDuration):
        return left.months < right.months
    return None


def _less_moments(left: Time | DateTime, right: Value) -> bool | None:
    """A moment with zone and one without have no order."""
    if not isinstance(right, Time | DateTime) or type(left) is not type(right):
        return None
    if (left.zone is None) != (right.zone is None):
        return None
    return left.order < right.order


def at_most(left: Value, right: Value) -> bool | None:
    """Whether left comes before right or is equal to it; null where there is no order."""
    greater = less(right, left)
    return None if greater is None else not greater


def in_range(value: Value, range_: Range) -> bool | None:
    """Whether a value lies within a range; null when value or range leave it open."""
    if value is None or range_.kind is RangeKind.UNKNOWN:
        return None
    if range_.start is not None:
        above = at_most(range_.start, value) if range_.start_included else less(range_.start, value)
        if above is not True:
            return above
    elif range_.start_included:
        return None
    if range_.end is not None:
        return at_most(value, range_.end) if range_.end_included else less(value, range_.end)
    return None if range_.end_included else True


def matches(value: Value, expected: Value, evaluation: Evaluation) -> bool | None:
    """Whether a value is equal to, or in, what a test's expression came to."""
    if type(expected) is Range:
        return in_range(value, expected)
    if type(expected) is not list:
        return equal(value, expected, evaluation)
    if type(value) is list and equal(value, expected, evaluation):
        return True
    evaluation.spend(len(expected))
    return any(_matches_item(value, item, evaluation) is True for item in expected)


def _matches_item(value: Value, item: Value, evaluation: Evaluation) -> bool | None:
    return in_range(value, item) if type(item) is Range else equal(value, item, evaluation)
