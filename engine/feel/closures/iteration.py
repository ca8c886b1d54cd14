"""`for`, `some` and `every`, and the sequences they run over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.feel import nodes
from engine.feel.closures.builder import Builder
from engine.feel.errors import FeelLimitExceeded
from engine.feel.evaluation import Evaluation
from engine.feel.numbers import is_whole, number
from engine.feel.scope import Run, Scope
from engine.feel.source import Place
from engine.feel.temporal import Date
from engine.feel.values import Range, Value, kind_of


class NotIterable(Exception):
    """What should be run over is no list, range or single value."""


def elements(value: Value, evaluation: Evaluation, place: Place | None) -> Sequence[Value]:
    """What an iteration over a value runs through; raises NotIterable after warning."""
    if type(value) is list:
        return value
    if isinstance(value, Range):
        steps = _steps(value.start, value.end, evaluation, place)
        first = 0 if value.start_included else 1
        return steps[first : len(steps) if value.end_included else len(steps) - 1]
    if value is None:
        raise _not_iterable(value, evaluation, place)
    return [value]


def _steps(start: Value, end: Value, evaluation: Evaluation, place: Place | None) -> list[Value]:
    """The whole numbers or days from one to the other, backwards when the end comes first."""
    if isinstance(start, Decimal) and isinstance(end, Decimal) and is_whole(start) and is_whole(end):
        return [number(step) for step in _count(int(start), int(end), evaluation)]
    if isinstance(start, Date) and isinstance(end, Date):
        return [Date.from_days(day) for day in _count(start.days, end.days, evaluation)]
    raise _not_iterable(start, evaluation, place)


def _count(start: int, end: int, evaluation: Evaluation) -> range:
    if abs(end - start) >= evaluation.limits.items:
        raise FeelLimitExceeded("items", evaluation.limits.items)
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)


def _not_iterable(value: Value, evaluation: Evaluation, place: Place | None) -> NotIterable:
    evaluation.warn("iteration.source", place, kind=kind_of(value))
    return NotIterable()


class _Loop:
    """One `name in source` of an iteration."""

    __slots__ = ("end", "name", "place", "source")

    def __init__(self, iterator: nodes.Iterator, builder: Builder) -> None:
        self.name = iterator.name
        self.source = builder.build(iterator.source)
        self.end = builder.build(iterator.end) if iterator.end else None
        self.place = builder.place(iterator.source.offset)

    def elements(self, scope: Scope) -> Sequence[Value]:
        source = self.source(scope)
        if self.end is None:
            return elements(source, scope.evaluation, self.place)
        return _steps(source, self.end(scope), scope.evaluation, self.place)


def _scopes(loops: Sequence[_Loop], scope: Scope) -> Iterator[Scope]:
    """A scope for every combination, the first loop being the outermost.

    Every round has a scope of its own, so that a function made in it keeps the values of that round.
    """
    loop, inner_loops = loops[0], loops[1:]
    evaluation = scope.evaluation
    for element in loop.elements(scope):
        evaluation.spend(1)
        inner = Scope({loop.name: element}, scope, evaluation)
        if inner_loops:
            yield from _scopes(inner_loops, inner)
        else:
            yield inner


def for_(node: nodes.For, builder: Builder) -> Run:
    """The list of the body's values; `partial` is the list so far."""
    loops = [_Loop(iterator, builder) for iterator in node.iterators]
    body = builder.build(node.body)

    def run(scope: Scope) -> Value:
        results: list[Value] = []
        limit = scope.evaluation.limits.items
        try:
            for inner in _scopes(loops, scope.inner({"partial": results})):
                results.append(body(inner))
                if len(results) > limit:
                    raise FeelLimitExceeded("items", limit)
        except NotIterable:
            return None
        return results

    return run


def quantified(node: nodes.Quantified, builder: Builder) -> Run:
    """`some` or `every`: null when nothing settles it and a condition was not a boolean."""
    loops = [_Loop(iterator, builder) for iterator in node.iterators]
    condition = builder.build(node.condition)
    decisive = node.decisive
    place = builder.place(node.condition.offset)

    def run(scope: Scope) -> Value:
        result: bool | None = not decisive
        try:
            for inner in _scopes(loops, scope):
                value = condition(inner)
                if value is decisive:
                    return decisive
                if type(value) is not bool:
                    result = None
                    _note_condition(value, scope.evaluation, place)
        except NotIterable:
            return None
        return result

    return run


def _note_condition(value: Value, evaluation: Evaluation, place: Place) -> None:
    if value is not None:
        evaluation.warn("logic.types", place, kind=kind_of(value))
