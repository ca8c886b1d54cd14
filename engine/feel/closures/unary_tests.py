"""Tests of a value: `in`, and the cells of decision tables."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import nodes
from engine.feel.closures.builder import Builder
from engine.feel.closures.operators import ORDERS, Order, compared
from engine.feel.comparison import equal, in_range, matches
from engine.feel.scope import Run, Scope, Test
from engine.feel.source import Place
from engine.feel.values import Range, Value

INPUT = "?"


def in_(node: nodes.In, builder: Builder) -> Run:
    """Whether a value passes one of the tests; null when none does and one cannot be told."""
    value = builder.build(node.value)
    tests = [_test(test, builder) for test in node.tests]

    def run(scope: Scope) -> Value:
        given = value(scope)
        return _any_passes(tests, scope.inner({INPUT: given}), given)

    return run


def unary_tests(node: nodes.UnaryTests, builder: Builder) -> Run:
    """Whether the value under `?` passes."""
    return of_input(tests_of(node, builder), builder)


def of_input(test: Test, builder: Builder) -> Run:
    """The test of the value under `?`, which is looked up when it is first needed: cells of tables are given theirs."""
    given: Run | None = None

    def run(scope: Scope) -> Value:
        nonlocal given
        if given is None:
            given = builder.build(nodes.Name(0, INPUT))
        return test(scope, given(scope))

    return run


def tests_of(node: nodes.UnaryTests, builder: Builder) -> Test:
    """Whether a value passes one of the tests, or none when they are negated; `?` must be in the scope."""
    if not node.tests:
        return lambda _scope, _value: True
    tests = [_test(test, builder) for test in node.tests]
    if len(tests) == 1 and not node.negated:
        return tests[0]

    def run(scope: Scope, value: Value) -> bool | None:
        result = _any_passes(tests, scope, value)
        return None if result is None else result is not node.negated

    return run


def _any_passes(tests: list[Test], scope: Scope, value: Value) -> bool | None:
    result: bool | None = False
    for test in tests:
        passed = test(scope, value)
        if passed is True:
            return True
        if passed is None:
            result = None
    return result


def _test(test: nodes.UnaryTest, builder: Builder) -> Test:
    place = builder.place(test.offset)
    if isinstance(test, nodes.ComparisonTest):
        return _comparison_test(test, builder.build(test.operand), place)
    if isinstance(test.expression, nodes.Literal):
        return _literal_test(test.expression.value, place)
    expression = builder.build(test.expression)
    if test.reads_input:
        return _self_answering(expression, place)
    return lambda scope, value: _matched(value, expression(scope), scope, place)


def _literal_test(literal: Value, place: Place) -> Test:
    """Equality with a literal, by far the most common cell."""
    kind = type(literal)
    is_plain = kind in (Decimal, str, bool)

    def test(scope: Scope, value: Value) -> bool | None:
        if is_plain and type(value) is kind:
            return value == literal
        return _matched(value, literal, scope, place)

    return test


def _matched(value: Value, expected: Value, scope: Scope, place: Place) -> bool | None:
    if type(expected) is Range:
        result = in_range(value, expected)
        return compared(result, (value, expected), scope.evaluation, place)
    return compared(matches(value, expected, scope.evaluation), (value, expected), scope.evaluation, place)


def _self_answering(expression: Run, place: Place) -> Test:
    """A test that reads `?` answers by itself when it comes to a boolean."""

    def test(scope: Scope, value: Value) -> bool | None:
        result = expression(scope)
        return result if isinstance(result, bool) else _matched(value, result, scope, place)

    return test


def _comparison_test(test: nodes.ComparisonTest, operand: Run, place: Place) -> Test:
    order = ORDERS.get(test.operator)
    if order is not None:
        return _order_test(order, operand, place)

    def same(scope: Scope, value: Value) -> bool | None:
        other = operand(scope)
        return compared(equal(value, other, scope.evaluation), (value, other), scope.evaluation, place)

    def different(scope: Scope, value: Value) -> bool | None:
        result = same(scope, value)
        return None if result is None else not result

    return same if test.operator == "=" else different


def _order_test(order: Order, operand: Run, place: Place) -> Test:
    def test(scope: Scope, value: Value) -> bool | None:
        other = operand(scope)
        return compared(order(value, other), (value, other), scope.evaluation, place)

    return test
