"""Arithmetic, comparison and three-valued logic."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel import nodes
from engine.feel.arithmetic import OPERATORS, Operations, negated
from engine.feel.closures.builder import Builder
from engine.feel.comparison import at_most, equal, less
from engine.feel.evaluation import Evaluation
from engine.feel.functions import check_size
from engine.feel.scope import Run, Scope
from engine.feel.source import Place
from engine.feel.types import is_instance
from engine.feel.values import Value, kind_of

#: Values of these types are compared by Python's own equality.
_PLAIN = frozenset({Decimal, str, bool})


def negation(node: nodes.Negation, builder: Builder) -> Run:
    """The negative of a number or duration."""
    operand = builder.build(node.operand)
    place = builder.place(node.offset)

    def run(scope: Scope) -> Value:
        value = operand(scope)
        result = negated(value)
        if result is None and value is not None:
            _undefined(scope.evaluation, place, "-", None, value)
        return result

    return run


def arithmetic(node: nodes.Arithmetic, builder: Builder) -> Run:
    """Operations of one precedence from left to right."""
    first = builder.build(node.first)
    place = builder.place(node.offset)
    steps = [(operator, OPERATORS[operator], builder.build(operand)) for operator, operand in node.rest]

    def run(scope: Scope) -> Value:
        result = first(scope)
        for operator, operations, operand in steps:
            result = _apply(operator, operations, (result, operand(scope)), scope.evaluation, place)
        return result

    return run


def _apply(
    operator: str, operations: Operations, pair: tuple[Value, Value], evaluation: Evaluation, place: Place
) -> Value:
    left, right = pair
    operation = operations.get((type(left), type(right)))
    if operation is None:
        if left is not None and right is not None:
            _undefined(evaluation, place, operator, left, right)
        return None
    try:
        result = operation(left, right)
    except (ArithmeticError, ValueError):
        evaluation.warn("arithmetic.range", place, operator=operator)
        return None
    if type(result) is str:
        evaluation.spend(len(result) >> 6)
        check_size(result, evaluation)
    return result


def _undefined(evaluation: Evaluation, place: Place, operator: str, left: Value, right: Value) -> None:
    shown = "" if left is None else kind_of(left)
    evaluation.warn("arithmetic.types", place, left=shown, operator=operator, right=kind_of(right))


def comparison(node: nodes.Comparison, builder: Builder) -> Run:
    """`=` and `!=`, or an order."""
    left, right = builder.build(node.left), builder.build(node.right)
    place = builder.place(node.offset)
    if node.operator in ORDERS:
        return _ordered(left, right, ORDERS[node.operator], place)
    return _equal(left, right, place) if node.operator == "=" else _unequal(left, right, place)


def _equal(left: Run, right: Run, place: Place) -> Run:
    def run(scope: Scope) -> Value:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and type(a) in _PLAIN:
            return a == b
        return compared(equal(a, b, scope.evaluation), (a, b), scope.evaluation, place)

    return run


def _unequal(left: Run, right: Run, place: Place) -> Run:
    same = _equal(left, right, place)

    def run(scope: Scope) -> Value:
        result = same(scope)
        return None if result is None else not result

    return run


Order = Callable[[Value, Value], "bool | None"]


def _greater(left: Value, right: Value) -> bool | None:
    return less(right, left)


def _at_least(left: Value, right: Value) -> bool | None:
    return at_most(right, left)


ORDERS: dict[str, Order] = {"<": less, "<=": at_most, ">": _greater, ">=": _at_least}


def _ordered(left: Run, right: Run, order: Order, place: Place) -> Run:
    def run(scope: Scope) -> Value:
        a, b = left(scope), right(scope)
        return compared(order(a, b), (a, b), scope.evaluation, place)

    return run


def compared(result: bool | None, pair: tuple[Value, Value], evaluation: Evaluation, place: Place) -> bool | None:
    """The result of a comparison, with a warning when two values that are there cannot be compared."""
    if result is None and pair[0] is not None and pair[1] is not None:
        evaluation.warn("compare.types", place, left=kind_of(pair[0]), right=kind_of(pair[1]))
    return result


def between(node: nodes.Between, builder: Builder) -> Run:
    """Whether a value lies between two others, both included."""
    value, low, high = builder.build(node.value), builder.build(node.low), builder.build(node.high)
    place = builder.place(node.offset)

    def run(scope: Scope) -> Value:
        given, least, largest = value(scope), low(scope), high(scope)
        above = compared(at_most(least, given), (given, least), scope.evaluation, place)
        below = compared(at_most(given, largest), (given, largest), scope.evaluation, place)
        return None if above is None or below is None else above and below

    return run


def conjunction(node: nodes.Conjunction, builder: Builder) -> Run:
    """False as soon as one operand is; null when one is not a boolean; else true."""
    return _settled(node.operands, builder, decisive=False)


def disjunction(node: nodes.Disjunction, builder: Builder) -> Run:
    """True as soon as one operand is; null when one is not a boolean; else false."""
    return _settled(node.operands, builder, decisive=True)


def _settled(operands: tuple[nodes.Node, ...], builder: Builder, *, decisive: bool) -> Run:
    """The three-valued operation that `decisive` settles."""
    runs = [(builder.build(operand), builder.place(operand.offset)) for operand in operands]

    def run(scope: Scope) -> Value:
        result: bool | None = not decisive
        for operand, place in runs:
            value = operand(scope)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                result = None
                if value is not None:
                    scope.evaluation.warn("logic.types", place, kind=kind_of(value))
        return result

    return run


def instance_of(node: nodes.InstanceOf, builder: Builder) -> Run:
    """Whether a value is of a type."""
    value, type_ = builder.build(node.value), node.type_
    return lambda scope: is_instance(value(scope), type_, scope.evaluation)
