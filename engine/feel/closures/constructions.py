"""Literals, names, lists, contexts and ranges."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.closures.builder import Builder
from engine.feel.comparison import less
from engine.feel.evaluation import Evaluation
from engine.feel.scope import Run, Scope
from engine.feel.source import Place
from engine.feel.values import Range, RangeKind, Value, kind_of

_MISSING = object()


def literal(node: nodes.Literal, _builder: Builder) -> Run:
    """The value written out."""
    value = node.value
    return lambda _scope: value


def name(node: nodes.Name, builder: Builder) -> Run:
    """The value of the name in the nearest scope, else the function of the table."""
    wanted = node.name
    fallback = builder.functions.get(wanted)
    place = builder.place(node.offset)
    as_path = _as_path(node, builder) if "." in wanted else None

    def run(scope: Scope) -> Value:
        here: Scope | None = scope
        while here is not None:
            value = here.names.get(wanted, _MISSING)
            if value is not _MISSING:
                return value  # type: ignore[no-any-return]  # the scopes hold values alone
            here = here.outer
        if as_path is not None:
            return as_path(scope)
        if fallback is None:
            scope.evaluation.warn("name.unknown", place, name=wanted)
        return fallback

    return run


def _as_path(node: nodes.Name, builder: Builder) -> Run:
    """What a name with points in it means where nothing is called so: a member of what its first part names."""
    first, *members = node.name.split(".")
    meant: nodes.Node = nodes.Name(node.offset, first)
    for member in members:
        meant = nodes.Path(node.offset, meant, member)
    return builder.build(meant)


def list_of(node: nodes.ListOf, builder: Builder) -> Run:
    """A list of the values of its items."""
    items = [builder.build(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def context_of(node: nodes.ContextOf, builder: Builder) -> Run:
    """A context whose entries see the ones before them; null when a key stands twice."""
    entries = [(key, builder.build(entry)) for key, entry in node.entries]
    place = builder.place(node.offset)
    keys = [key for key, _ in entries]
    twice = next((key for index, key in enumerate(keys) if key in keys[:index]), None)

    def duplicate(scope: Scope) -> Value:
        scope.evaluation.warn("context.duplicate", place, name=twice)
        return None

    def run(scope: Scope) -> Value:
        members: dict[str, Value] = {}
        inner = Scope(members, scope, scope.evaluation)
        for key, entry in entries:
            members[key] = entry(inner)
        return members

    return run if twice is None else duplicate


def range_of(node: nodes.RangeOf, builder: Builder) -> Run:
    """A range; null when its ends do not belong together or stand in the wrong order."""
    if isinstance(node.start, nodes.Literal) and isinstance(node.end, nodes.Literal):
        constant = _constant(node.start.value, node.end.value, node)
        if constant is not None:
            return constant
    start, end = builder.build(node.start), builder.build(node.end)
    start_included, end_included = node.start_included, node.end_included
    place = builder.place(node.offset)

    def run(scope: Scope) -> Value:
        low, high = start(scope), end(scope)
        if low is None or high is None:
            return Range(low, high, start_included, end_included, RangeKind.UNKNOWN)
        if less(high, low) is not False:
            return _no_range(low, high, scope.evaluation, place)
        return Range(low, high, start_included, end_included)

    return run


def _constant(low: Value, high: Value, node: nodes.RangeOf) -> Run | None:
    """A range between literals is made once; ``None`` for a wrong one, which is left to warn when it runs."""
    if low is None or high is None or less(high, low) is not False:
        return None
    value = Range(low, high, node.start_included, node.end_included)
    return lambda _scope: value


def _no_range(low: Value, high: Value, evaluation: Evaluation, place: Place) -> Value:
    evaluation.warn("range.ends", place, left=kind_of(low), right=kind_of(high))
    return None


def comparison_range(node: nodes.ComparisonRange, builder: Builder) -> Run:
    """`(< 5)` as a value: the range of all values that pass."""
    operand = builder.build(node.operand)
    made = _COMPARISON_RANGES.get(node.operator)
    if made is None:
        return lambda _scope: None
    return lambda scope: made(operand(scope))


def _at_point(value: Value) -> Range:
    return Range(value, value, kind=RangeKind.POINT)


_COMPARISON_RANGES = {
    "<": lambda value: Range(None, value, False, False),
    "<=": lambda value: Range(None, value, False, True),
    ">": lambda value: Range(value, None, False, False),
    ">=": lambda value: Range(value, None, True, False),
    "=": _at_point,
}
