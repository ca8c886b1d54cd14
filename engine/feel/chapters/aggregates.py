"""Functions that make one value of many; they take a list or the values themselves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.arguments import items, refuse, repeated
from engine.feel.arithmetic import add, divide
from engine.feel.comparison import less
from engine.feel.evaluation import Evaluation
from engine.feel.functions import table_function
from engine.feel.numbers import DECIMAL128, number
from engine.feel.temporal import DayTimeDuration, YearMonthDuration
from engine.feel.values import Value, kind_of

_VALUES = repeated("list")
_SUMMABLE = (Decimal, DayTimeDuration, YearMonthDuration)


def _values(arguments: tuple[Value, ...]) -> list[Value]:
    return items(arguments[0]) if len(arguments) == 1 else list(arguments)


def _numbers(arguments: tuple[Value, ...]) -> list[Decimal]:
    numbers: list[Decimal] = []
    for value in _values(arguments):
        if not isinstance(value, Decimal):
            raise refuse(
                f"列表中有 {kind_of(value)}，应全为数", f"the list contains a {kind_of(value)}, not only numbers"
            )
        numbers.append(value)
    return numbers


def _extreme(comes_first: Callable[[Value, Value], bool | None]) -> Callable[..., Value]:
    """The value that comes before all others; null for none, or when they have no common order."""

    def pick(_evaluation: Evaluation, *arguments: Value) -> Value:
        values = _values(arguments)
        if not values:
            return None
        best = values[0]
        for value in values:
            before = comes_first(value, best)
            if before is None:
                raise refuse(
                    f"{kind_of(value)} 与 {kind_of(best)} 不能比较",
                    f"{kind_of(value)} and {kind_of(best)} have no order",
                )
            best = value if before else best
        return best

    return pick


def _greater(left: Value, right: Value) -> bool | None:
    return less(right, left)


def _sum(_evaluation: Evaluation, *arguments: Value) -> Value:
    values = _values(arguments)
    if not values:
        return None
    total = values[0]
    if not isinstance(total, _SUMMABLE):
        raise refuse(f"{kind_of(total)} 不能求和", f"a {kind_of(total)} cannot be added up")
    for value in values[1:]:
        if type(value) is not type(total):
            raise refuse("列表中各项的类型不同", "the items are of different types")
        total = add(total, value)
    return total


def _mean(evaluation: Evaluation, *arguments: Value) -> Value:
    total = _sum(evaluation, *arguments)
    return None if total is None else divide(total, number(len(_values(arguments))))


def _product(_evaluation: Evaluation, *arguments: Value) -> Value:
    numbers = _numbers(arguments)
    if not numbers:
        return None
    result = numbers[0]
    for value in numbers[1:]:
        result = DECIMAL128.multiply(result, value)
    return result


def _total(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for value in numbers:
        result = DECIMAL128.add(result, value)
    return result


def _median(_evaluation: Evaluation, *arguments: Value) -> Value:
    numbers = sorted(_numbers(arguments))
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return DECIMAL128.divide(DECIMAL128.add(numbers[middle - 1], numbers[middle]), 2)


def _stddev(_evaluation: Evaluation, *arguments: Value) -> Value:
    """The standard deviation of a sample."""
    numbers = _numbers(arguments)
    if len(numbers) < 2:
        return None
    mean = DECIMAL128.divide(_total(numbers), len(numbers))
    deviations = [DECIMAL128.subtract(value, mean) for value in numbers]
    squares = _total([DECIMAL128.multiply(deviation, deviation) for deviation in deviations])
    return DECIMAL128.sqrt(DECIMAL128.divide(squares, len(numbers) - 1))


def _mode(_evaluation: Evaluation, *arguments: Value) -> Value:
    if not arguments:
        raise refuse("没有参数", "there is no argument")
    counts: dict[Decimal, int] = {}
    for value in _numbers(arguments):
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(value for value, count in counts.items() if count == most)


def _all(_evaluation: Evaluation, *arguments: Value) -> Value:
    return _settled(arguments, decisive=False)


def _any(_evaluation: Evaluation, *arguments: Value) -> Value:
    return _settled(arguments, decisive=True)


def _settled(arguments: tuple[Value, ...], *, decisive: bool) -> Value:
    """Three-valued: one decisive value settles it, else anything but a boolean makes it null."""
    if not arguments:
        raise refuse("没有参数", "there is no argument")
    values = _values(arguments)
    if any(value is decisive for value in values):
        return decisive
    return (not decisive) if all(value is (not decisive) for value in values) else None


FUNCTIONS = (
    table_function(
        "min",
        (_VALUES,),
        _extreme(less),
        help_zh="最小的值",
        help_en="The smallest value",
        example="min([3, 1, 2]) = 1",
    ),
    table_function(
        "max",
        (_VALUES,),
        _extreme(_greater),
        help_zh="最大的值",
        help_en="The largest value",
        example="max(3, 1, 2) = 3",
    ),
    table_function(
        "sum",
        (_VALUES,),
        _sum,
        help_zh="数或时长的和；空列表为 null",
        help_en="The sum of numbers or durations; null for an empty list",
        example="sum([1, 2, 3]) = 6",
    ),
    table_function(
        "mean",
        (_VALUES,),
        _mean,
        help_zh="平均值",
        help_en="The arithmetic mean",
        example="mean([1, 2, 3]) = 2",
    ),
    table_function(
        "product",
        (_VALUES,),
        _product,
        help_zh="乘积",
        help_en="The product",
        example="product(2, 3, 4) = 24",
    ),
    table_function(
        "median",
        (_VALUES,),
        _median,
        help_zh="中位数",
        help_en="The median",
        example="median(8, 2, 5, 3, 4) = 4",
    ),
    table_function(
        "stddev",
        (_VALUES,),
        _stddev,
        help_zh="样本标准差",
        help_en="The standard deviation of a sample",
        example="stddev([47, 53]) = sqrt(18)",
    ),
    table_function(
        "mode",
        (_VALUES,),
        _mode,
        help_zh="出现最多的数，由小到大",
        help_en="The most frequent numbers in ascending order",
        example="mode(6, 3, 9, 6, 6) = [6]",
    ),
    table_function(
        "all",
        (_VALUES,),
        _all,
        help_zh="是否全为真（三值逻辑）",
        help_en="Whether all are true, in three-valued logic",
        example="all([true, 1 < 2])",
    ),
    table_function(
        "any",
        (_VALUES,),
        _any,
        help_zh="是否有一个为真（三值逻辑）",
        help_en="Whether one is true, in three-valued logic",
        example="any([false, null, true])",
    ),
)
