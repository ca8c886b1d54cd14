"""Relations between points and ranges (Allen's, as the specification defines them), and ranges from text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel.arguments import point, range_, refuse
from engine.feel.comparison import equal, in_range, less
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, Signature, TableFunction
from engine.feel.values import Range, Value

#: Says how a first range or point stands to a second one.
Relation = Callable[[Evaluation, Any, Any], Value]

_RANGES = (Parameter("range1", range_), Parameter("range2", range_))
_POINT_RANGE = (Parameter("point", point), Parameter("range", range_))
_RANGE_POINT = (Parameter("range", range_), Parameter("point", point))
_POINTS = (Parameter("point1", point), Parameter("point2", point))


def _less(left: Value, right: Value) -> bool:
    """Whether left comes before right; refuses values without an order."""
    result = less(left, right)
    if result is None:
        raise refuse("不能比较先后", "the values have no order")
    return result


def _same(left: Value, right: Value) -> bool:
    return not _less(left, right) and not _less(right, left)


def _as_range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _before(left: Range, right: Range) -> bool:
    """Left ends before right starts."""
    if _less(left.end, right.start):
        return True
    return _same(left.end, right.start) and not (left.end_included and right.start_included)


def _starts_earlier(left: Range, right: Range) -> bool:
    if _less(left.start, right.start):
        return True
    return _same(left.start, right.start) and left.start_included and not right.start_included


def _ends_no_later(left: Range, right: Range) -> bool:
    if _less(left.end, right.end):
        return True
    return _same(left.end, right.end) and (right.end_included or not left.end_included)


def _starts_no_later(left: Range, right: Range) -> bool:
    return not _starts_earlier(right, left)


def _of_ranges(relation: Relation) -> Signature:
    """The signature of a relation between two ranges, both of which must have comparable starts."""

    def compared(evaluation: Evaluation, first: Range, second: Range) -> Value:
        _less(first.start, second.start)
        return relation(evaluation, first, second)

    return Signature(_RANGES, compared)


def _is_before(_evaluation: Evaluation, first: Value, second: Value) -> Value:
    return _before(_as_range(first), _as_range(second))


def _is_after(_evaluation: Evaluation, first: Value, second: Value) -> Value:
    return _before(_as_range(second), _as_range(first))


def _meets(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    return first.end_included and second.start_included and _same(first.end, second.start)


def _met_by(evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _meets(evaluation, second, first)


def _overlaps(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    return not _before(first, second) and not _before(second, first)


def _overlaps_before(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _starts_earlier(first, second) and not _before(first, second) and _ends_no_later(first, second)


def _overlaps_after(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _starts_earlier(second, first) and not _before(second, first) and _ends_no_later(second, first)


def _point_finishes(_evaluation: Evaluation, value: Value, whole: Range) -> Value:
    return _same(value, whole.end) and whole.end_included


def _finishes(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    same_end = _same(first.end, second.end) and first.end_included == second.end_included
    return same_end and _starts_no_later(second, first)


def _finished_by_point(evaluation: Evaluation, whole: Range, value: Value) -> Value:
    return _point_finishes(evaluation, value, whole)


def _finished_by(evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _finishes(evaluation, second, first)


def _point_starts(_evaluation: Evaluation, value: Value, whole: Range) -> Value:
    return _same(value, whole.start) and whole.start_included


def _starts(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    same_start = _same(first.start, second.start) and first.start_included == second.start_included
    return same_start and _ends_no_later(first, second)


def _started_by_point(evaluation: Evaluation, whole: Range, value: Value) -> Value:
    return _point_starts(evaluation, value, whole)


def _started_by(evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _starts(evaluation, second, first)


def _includes_point(_evaluation: Evaluation, whole: Range, value: Value) -> Value:
    return in_range(value, whole)


def _includes(_evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _starts_no_later(first, second) and _ends_no_later(second, first)


def _point_during(_evaluation: Evaluation, value: Value, whole: Range) -> Value:
    return in_range(value, whole)


def _during(evaluation: Evaluation, first: Range, second: Range) -> Value:
    return _includes(evaluation, second, first)


def _points_coincide(_evaluation: Evaluation, first: Value, second: Value) -> Value:
    return _same(first, second)


def _coincides(evaluation: Evaluation, first: Range, second: Range) -> Value:
    return equal(first, second, evaluation) is True


def _relation(name: str, *signatures: Signature, help_zh: str, help_en: str, example: str) -> TableFunction:
    return TableFunction(name, signatures, help_zh=help_zh, help_en=help_en, example=example)


def _all_pairs(relation: Relation) -> tuple[Signature, ...]:
    return tuple(Signature(parameters, relation) for parameters in (_POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES))


FUNCTIONS = (
    _relation(
        "before",
        *_all_pairs(_is_before),
        help_zh="前者是否在后者之前结束",
        help_en="Whether the first ends before the second starts",
        example="before([1..5), [5..10])",
    ),
    _relation(
        "after",
        *_all_pairs(_is_after),
        help_zh="前者是否在后者之后开始",
        help_en="Whether the first starts after the second ends",
        example="after(12, [5..10])",
    ),
    _relation(
        "meets",
        _of_ranges(_meets),
        help_zh="前者的终点是否就是后者的起点",
        help_en="Whether the first ends where the second starts",
        example="meets([1..5], [5..10])",
    ),
    _relation(
        "met by",
        _of_ranges(_met_by),
        help_zh="前者的起点是否就是后者的终点",
        help_en="Whether the first starts where the second ends",
        example="met by([5..10], [1..5])",
    ),
    _relation(
        "overlaps",
        _of_ranges(_overlaps),
        help_zh="两个区间是否有公共部分",
        help_en="Whether two ranges have values in common",
        example="overlaps([1..5], [5..8])",
    ),
    _relation(
        "overlaps before",
        _of_ranges(_overlaps_before),
        help_zh="前者是否先开始、与后者重叠而不晚于它结束",
        help_en="Whether the first starts earlier, overlaps the second and ends no later",
        example="overlaps before([1..5], [3..8])",
    ),
    _relation(
        "overlaps after",
        _of_ranges(_overlaps_after),
        help_zh="前者是否后开始、与后者重叠而不早于它结束",
        help_en="Whether the first starts later, overlaps the second and ends no earlier",
        example="overlaps after([3..8], [1..5])",
    ),
    _relation(
        "finishes",
        Signature(_POINT_RANGE, _point_finishes),
        _of_ranges(_finishes),
        help_zh="前者是否与后者同时结束且不早于它开始",
        help_en="Whether the first ends with the second and starts no earlier",
        example="finishes([5..10], [1..10])",
    ),
    _relation(
        "finished by",
        Signature(_RANGE_POINT, _finished_by_point),
        _of_ranges(_finished_by),
        help_zh="后者是否与前者同时结束且不早于它开始",
        help_en="Whether the second ends with the first and starts no earlier",
        example="finished by([1..10], 10)",
    ),
    _relation(
        "includes",
        Signature(_RANGE_POINT, _includes_point),
        _of_ranges(_includes),
        help_zh="前者是否包含后者",
        help_en="Whether the first contains the second",
        example="includes([1..10], [4..6])",
    ),
    _relation(
        "during",
        Signature(_POINT_RANGE, _point_during),
        _of_ranges(_during),
        help_zh="前者是否在后者之内",
        help_en="Whether the first lies within the second",
        example="during(5, [1..10])",
    ),
    _relation(
        "starts",
        Signature(_POINT_RANGE, _point_starts),
        _of_ranges(_starts),
        help_zh="前者是否与后者同时开始且不晚于它结束",
        help_en="Whether the first starts with the second and ends no later",
        example="starts([1..5], [1..10])",
    ),
    _relation(
        "started by",
        Signature(_RANGE_POINT, _started_by_point),
        _of_ranges(_started_by),
        help_zh="后者是否与前者同时开始且不晚于它结束",
        help_en="Whether the second starts with the first and ends no later",
        example="started by([1..10], [1..5])",
    ),
    _relation(
        "coincides",
        Signature(_POINTS, _points_coincide),
        _of_ranges(_coincides),
        help_zh="两者是否相同",
        help_en="Whether the two are the same",
        example="coincides([1..5], [1..5])",
    ),
)
