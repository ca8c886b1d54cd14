"""Paths and filters."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import nodes
from engine.feel.closures.builder import Builder
from engine.feel.evaluation import Evaluation
from engine.feel.members import has_member, member
from engine.feel.numbers import is_whole
from engine.feel.scope import Run, Scope
from engine.feel.source import Place
from engine.feel.values import Value, kind_of


def path(node: nodes.Path, builder: Builder) -> Run:
    """A member of a value, or of every element of a list."""
    source, name = builder.build(node.source), node.name
    place = builder.place(node.offset)

    def run(scope: Scope) -> Value:
        value = source(scope)
        if type(value) is dict and name in value:
            return value[name]  # type: ignore[no-any-return]  # contexts hold values alone
        if value is None:
            return None
        _note_missing(value, name, scope.evaluation, place)
        return member(value, name, scope.evaluation)

    return run


def _note_missing(value: Value, name: str, evaluation: Evaluation, place: Place) -> None:
    if type(value) is list:
        for item in value:
            if not has_member(item, name):
                _warn_missing(item, name, evaluation, place)
                return
    elif not has_member(value, name):
        _warn_missing(value, name, evaluation, place)


def _warn_missing(value: Value, name: str, evaluation: Evaluation, place: Place) -> None:
    if type(value) is dict:
        evaluation.warn("path.missing", place, name=name)
    elif type(value) is not list:
        evaluation.warn("path.not_context", place, name=name, kind=kind_of(value))


def filter_(node: nodes.Filter, builder: Builder) -> Run:
    """The elements that meet a condition, or the one at an index."""
    source, condition = builder.build(node.source), builder.build(node.condition)
    return filtered(source, condition, builder.place(node.offset))


def filtered(source: Run, condition: Run, place: Place | None) -> Run:
    """The filter made of a list and a condition that sees `item` and the members of a context."""

    def run(scope: Scope) -> Value:
        value = source(scope)
        items = [] if value is None else value if type(value) is list else [value]
        scope.evaluation.spend(len(items) + 1)
        if not items:
            return _of_nothing(condition(scope.inner({"item": None})))
        return _selected(items, condition, scope, place)

    return run


def _of_nothing(selector: Value) -> Value:
    return None if isinstance(selector, Decimal) else []


def _selected(items: list[Value], condition: Run, scope: Scope, place: Place | None) -> Value:
    kept = []
    for item in items:
        selector = condition(_item_scope(item, scope))
        if selector is True:
            kept.append(item)
        elif isinstance(selector, Decimal):
            return _at(items, selector, scope.evaluation, place)
        elif selector is not None and selector is not False:
            scope.evaluation.warn("filter.condition", place, kind=kind_of(selector))
            return None
    return kept


def _item_scope(item: Value, scope: Scope) -> Scope:
    """`item` is the element, unless the element has a member of that name."""
    inner = Scope({"item": item}, scope, scope.evaluation)
    return Scope(item, inner, scope.evaluation) if type(item) is dict else inner


def _at(items: list[Value], selector: Decimal, evaluation: Evaluation, place: Place | None) -> Value:
    """Counted from 1, or from the end with a negative index."""
    count = len(items)
    if is_whole(selector) and selector and abs(selector) <= count:
        index = int(selector)
        return items[index - 1 if index > 0 else index]
    evaluation.warn("filter.index", place, index=selector, count=count)
    return None
