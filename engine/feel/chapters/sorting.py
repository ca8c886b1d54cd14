"""Sorting."""

from __future__ import annotations

from functools import cmp_to_key

from engine.feel.arguments import function, items, optional, refuse
from engine.feel.comparison import less
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, table_function
from engine.feel.values import FeelFunction, Value, kind_of


def _sort(evaluation: Evaluation, values: list[Value], precedence: FeelFunction | None = None) -> Value:
    """In ascending order, or so that an item for which the function is true comes before the other."""

    def by_order(left: Value, right: Value) -> int:
        evaluation.spend(1)
        earlier = less(left, right)
        if earlier is None:
            raise refuse(
                f"{kind_of(left)} 与 {kind_of(right)} 没有先后", f"{kind_of(left)} and {kind_of(right)} have no order"
            )
        return -1 if earlier else int(bool(less(right, left)))

    def by_precedence(left: Value, right: Value) -> int:
        if precedence is None:
            return by_order(left, right)
        if precedence.call([left, right], evaluation) is True:
            return -1
        return int(precedence.call([right, left], evaluation) is True)

    return sorted(values, key=cmp_to_key(by_precedence))


FUNCTIONS = (
    table_function(
        "sort",
        (Parameter("list", items), optional("precedence", function)),
        _sort,
        help_zh="排序；可用两个参数的函数说明谁在前",
        help_en="The list in ascending order, or in the order of a function of two items",
        example="sort([3, 1, 4], function(x, y) x > y) = [4, 3, 1]",
    ),
)
