"""Multi-instance activities: performed once for each item of a collection, side by side or one after another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel import Value, kind_of
from engine.spiff.activation import Activation, Repeated
from engine.spiff.faults import Stuck
from engine.spiff.limits import MOST_ITEMS
from engine.spiff.repeating import begin_one, holds, number_of, progress
from engine.spiff.stored_values import NotStorable, decode_value, encode_value
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.spiff.attributes import MultiInstance
    from engine.spiff.run import Run


def begin(run: Run, activity: Activation) -> bool:
    """Begin the first performance, or all of them; ``False`` when there is nothing to perform.

    Raises ``Stuck``, with nothing begun, when the declaration yields no usable number of items.
    """
    declared: MultiInstance = activity.task_spec.behaviour.repeats
    waiting = _items(run, activity, declared)
    activity.repeated = Repeated(total=len(waiting), waiting=waiting)
    if not waiting:
        return False
    at_once = 1 if declared.is_sequential else len(waiting)
    _admit(run, at_once)
    run.workflow.open_sub_process(activity, activity.task_spec.spec)
    for _ in range(at_once):
        _begin_next(run, activity, declared)
    return True


def go_on(run: Run, performance: Activation) -> None:
    """A performance is done: keep what it yields, then begin the next one, or give up the rest.

    Raises ``Stuck``, with no effect, when that cannot be told.
    """
    activity: Activation = performance.workflow.around
    declared: MultiInstance = activity.task_spec.behaviour.repeats
    repeated = progress(activity)
    yielded = repeated.yielded | _yielded(run, performance, declared)
    completed = repeated.completed + 1
    ends = declared.until is not None and holds(
        run, performance, declared.until, _counts(repeated, completed) | _output(declared, repeated.total, yielded)
    )
    if not ends and repeated.waiting:
        _admit(run, 1)
    repeated.completed, repeated.yielded = completed, yielded
    if ends:
        run.clear(performance.workflow, survivor=performance)
    elif repeated.waiting:
        _begin_next(run, activity, declared)


def outcome(activity: Activation) -> dict[str, Value]:
    """The variables that the whole yields: what each performance yielded, ``null`` for those given up."""
    repeated = progress(activity)
    return _output(activity.task_spec.behaviour.repeats, repeated.total, repeated.yielded)


def _begin_next(run: Run, activity: Activation, declared: MultiInstance) -> None:
    item = progress(activity).waiting.pop(0)
    variables: dict[str, Value] = {declared.kept: None} if declared.kept else {}
    if declared.element:
        variables[declared.element] = decode_value(item)
    begin_one(run, activity, variables, in_branch=not declared.is_sequential)


def _items(run: Run, activity: Activation, declared: MultiInstance) -> list[bytes]:
    """What is to be worked on, encoded."""
    if declared.cardinality is not None:
        return [b""] * _count(evaluate(run, activity, declared.cardinality), declared.most)
    items = None if declared.collection is None else evaluate(run, activity, declared.collection)
    if not isinstance(items, list):
        raise Stuck(
            "collection_unusable",
            f"inputCollection 应得到列表，得到的却是 {kind_of(items)}。",
            f"Expected inputCollection to be a list, but it is {kind_of(items)}.",
        )
    _refuse_many(len(items), declared.most)
    return [_encoded(item, "inputCollection") if declared.element else b"" for item in items]


def _count(value: Value, most: int) -> int:
    if isinstance(value, Decimal) and value >= 0 and value == value.to_integral_value():
        _refuse_many(value, most)
        return int(value)
    shown = str(value) if isinstance(value, Decimal) else kind_of(value)
    raise Stuck(
        "cardinality_unusable",
        f"loopCardinality 应得到不小于 0 的整数，得到的却是 {shown}。",
        f"Expected loopCardinality to be a whole number from 0, but it is {shown}.",
    )


def _yielded(run: Run, performance: Activation, declared: MultiInstance) -> dict[int, bytes]:
    if declared.yields is None:
        return {}
    return {number_of(performance): _encoded(evaluate(run, performance, declared.yields), "outputElement")}


def _output(declared: MultiInstance, total: int, yielded: dict[int, bytes]) -> dict[str, Value]:
    if not declared.output:
        return {}
    numbers = range(1, total + 1)
    return {declared.output: [decode_value(yielded[number]) if number in yielded else None for number in numbers]}


def _counts(repeated: Repeated, completed: int) -> dict[str, Value]:
    """What the standard lets a completion condition know."""
    counts = {
        "numberOfInstances": repeated.total,
        "numberOfActiveInstances": repeated.begun - completed,
        "numberOfCompletedInstances": completed,
        "numberOfTerminatedInstances": 0,
    }
    return {name: Decimal(count) for name, count in counts.items()}


#: The names of those.
COUNTS = frozenset(_counts(Repeated(), 0))


def _encoded(value: Value, attribute: str) -> bytes:
    try:
        return encode_value(value)
    except NotStorable:
        raise Stuck(
            "value_not_storable",
            f"{attribute} 中有函数或区间，不能保存。",
            f"Expected {attribute} to be storable, but it holds a function or a range.",
        ) from None


def _refuse_many(count: int | Decimal, most: int) -> None:
    if count > most:
        raise Stuck(
            "too_many_items",
            f"多实例有 {count} 项，超过上限 {most} 项；请改为成批立案，每项一案。",
            f"Expected at most {most} items, but there are {count}; start a case for each in a batch instead.",
        )


def _admit(run: Run, count: int) -> None:
    """Let a number of performances begin in this command. Raises ``Stuck`` when they are too many together."""
    if run.step.effort.items + count > MOST_ITEMS:
        raise Stuck(
            "too_many_items",
            f"一次操作最多开始 {MOST_ITEMS} 个多实例项；请重试，或改为成批立案。",
            f"Expected one command to begin at most {MOST_ITEMS} items; retry, or start cases in a batch instead.",
        )
    run.step.effort.items += count
