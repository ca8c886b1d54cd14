"""List functions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.feel.arguments import function, items, optional, refuse, repeated, whole
from engine.feel.comparison import equal
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, Signature, TableFunction, table_function
from engine.feel.numbers import number
from engine.feel.values import FeelFunction, Value

_LIST = Parameter("list", items)
_POSITION = Parameter("position", whole)
_NEW_ITEM = Parameter("newItem")
_LISTS = repeated("list", items)

#: Values of these types are equal exactly when Python finds them so, and can be looked up in a set.
_PLAIN = (Decimal, str, bool)


def _index(values: list[Value], position: int) -> int:
    """The Python index of a position counted from 1, or from the end when negative."""
    if position == 0 or abs(position) > len(values):
        raise refuse(
            f"位置 {position} 不在 1 到 {len(values)} 之间", f"position {position} is not within 1 to {len(values)}"
        )
    return position - 1 if position > 0 else len(values) + position


def _list_contains(evaluation: Evaluation, values: list[Value], element: Value) -> Value:
    return any(equal(value, element, evaluation) is True for value in values)


def _count(_evaluation: Evaluation, values: list[Value]) -> Value:
    return number(len(values))


def _sublist(_evaluation: Evaluation, values: list[Value], start: int, length: int | None = None) -> Value:
    first = _index(values, start)
    if length is None:
        return values[first:]
    if length < 1 or first + length > len(values):
        raise refuse(f"没有 {length} 项", f"there are not {length} items")
    return values[first : first + length]


def _append(_evaluation: Evaluation, values: Value, *more: Value) -> Value:
    if not more:
        raise refuse("没有要追加的项", "there is nothing to append")
    return [*(values if type(values) is list else [values]), *more]


def _concatenate(_evaluation: Evaluation, *lists: list[Value]) -> Value:
    return [value for values in lists for value in values]


def _insert_before(_evaluation: Evaluation, values: list[Value], position: int, item: Value) -> Value:
    index = _index(values, position)
    return [*values[:index], item, *values[index:]]


def _remove(_evaluation: Evaluation, values: list[Value], position: int) -> Value:
    index = _index(values, position)
    return values[:index] + values[index + 1 :]


def _replace_at(_evaluation: Evaluation, values: list[Value], position: int, item: Value) -> Value:
    index = _index(values, position)
    return [*values[:index], item, *values[index + 1 :]]


def _replace_matching(evaluation: Evaluation, values: list[Value], match: FeelFunction, item: Value) -> Value:
    if not match.accepts(2):
        raise refuse("判断函数应有两个参数", "the matching function must take two arguments")
    result: list[Value] = []
    for value in values:
        matched = match.call([value, item], evaluation)
        if not isinstance(matched, bool):
            raise refuse("判断函数的值不是真假值", "the matching function did not yield a boolean")
        result.append(item if matched else value)
    return result


def _reverse(_evaluation: Evaluation, values: list[Value]) -> Value:
    return values[::-1]


def _index_of(evaluation: Evaluation, values: list[Value], match: Value) -> Value:
    return [number(index) for index, value in enumerate(values, 1) if equal(value, match, evaluation) is True]


def _union(evaluation: Evaluation, *lists: list[Value]) -> Value:
    return _distinct(evaluation, [value for values in lists for value in values])


def _distinct(evaluation: Evaluation, values: list[Value]) -> Value:
    """The values without those equal to an earlier one, in order."""
    plain: set[tuple[type, Value]] = set()
    others: list[Value] = []
    result: list[Value] = []
    for value in values:
        if isinstance(value, _PLAIN):
            known = (type(value), value) in plain
            plain.add((type(value), value))
        else:
            evaluation.spend(len(others))
            known = any(equal(value, other, evaluation) is True for other in others)
            others.append(value)
        if not known:
            result.append(value)
    return result


def _flatten(evaluation: Evaluation, values: list[Value]) -> Value:
    return list(_flat(values, evaluation))


def _flat(values: list[Value], evaluation: Evaluation) -> Iterator[Value]:
    for value in values:
        evaluation.spend(1)
        if isinstance(value, list):
            yield from _flat(value, evaluation)
        else:
            yield value


FUNCTIONS = (
    table_function(
        "list contains",
        (_LIST, Parameter("element")),
        _list_contains,
        help_zh="列表是否含有某值",
        help_en="Whether a list contains a value",
        example='list contains(["A", null], null)',
    ),
    table_function(
        "count",
        (_LIST,),
        _count,
        help_zh="项数",
        help_en="The number of items",
        example="count([1, [2, 3]]) = 2",
    ),
    table_function(
        "sublist",
        (_LIST, Parameter("start position", whole), optional("length", whole)),
        _sublist,
        help_zh="从某位置起的一段；位置从 1 数起，负数从末尾数起",
        help_en="A part of a list from a position; positions count from 1, negative ones from the end",
        example="sublist([4, 5, 6], -2) = [5, 6]",
    ),
    table_function(
        "append",
        (Parameter("list"), repeated("item")),
        _append,
        help_zh="在末尾加上若干项",
        help_en="The list with further items at its end",
        example="append([1], 2, 3) = [1, 2, 3]",
    ),
    table_function(
        "concatenate",
        (_LISTS,),
        _concatenate,
        help_zh="把几个列表接成一个",
        help_en="Several lists in one",
        example="concatenate([1, 2], [3]) = [1, 2, 3]",
    ),
    table_function(
        "insert before",
        (_LIST, _POSITION, _NEW_ITEM),
        _insert_before,
        help_zh="在某位置之前插入一项",
        help_en="The list with an item before a position",
        example="insert before([1, 3], 2, 2) = [1, 2, 3]",
    ),
    table_function(
        "remove",
        (_LIST, _POSITION),
        _remove,
        help_zh="去掉某位置的一项",
        help_en="The list without the item at a position",
        example="remove([1, 2, 3], 2) = [1, 3]",
    ),
    TableFunction(
        "list replace",
        (
            Signature((_LIST, Parameter("match", function), _NEW_ITEM), _replace_matching),
            Signature((_LIST, _POSITION, _NEW_ITEM), _replace_at),
        ),
        help_zh="替换某位置的一项，或替换判断函数选中的各项",
        help_en="The list with another item at a position, or wherever a function of item and new item is true",
        example="list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) = [5, 5, 7, 8]",
    ),
    table_function(
        "reverse",
        (_LIST,),
        _reverse,
        help_zh="倒序",
        help_en="The list from back to front",
        example="reverse([1, 2, 3]) = [3, 2, 1]",
    ),
    table_function(
        "index of",
        (_LIST, Parameter("match")),
        _index_of,
        help_zh="等于某值的各项的位置",
        help_en="The positions of a value",
        example="index of([1, 2, 3, 2], 2) = [2, 4]",
    ),
    table_function(
        "union",
        (_LISTS,),
        _union,
        help_zh="几个列表的并集，去掉重复",
        help_en="The items of several lists, each once",
        example="union([1, 2], [2, 3]) = [1, 2, 3]",
    ),
    table_function(
        "distinct values",
        (_LIST,),
        _distinct,
        help_zh="去掉重复的项",
        help_en="The items of a list, each once",
        example="distinct values([1, 2, 3, 2, 1]) = [1, 2, 3]",
    ),
    table_function(
        "flatten",
        (_LIST,),
        _flatten,
        help_zh="把嵌套的列表展平",
        help_en="The items of nested lists in one list",
        example="flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]",
    ),
)
