"""Which maker makes the closure of which node."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import nodes
from engine.feel.closures import access, calls, constructions, iteration, operators, unary_tests
from engine.feel.closures.builder import Maker

MAKERS: Mapping[type, Maker] = {
    nodes.Literal: constructions.literal,
    nodes.Name: constructions.name,
    nodes.ListOf: constructions.list_of,
    nodes.ContextOf: constructions.context_of,
    nodes.RangeOf: constructions.range_of,
    nodes.ComparisonRange: constructions.comparison_range,
    nodes.Path: access.path,
    nodes.Filter: access.filter_,
    nodes.Call: calls.call,
    nodes.NamedCall: calls.named_call,
    nodes.FunctionOf: calls.function_of,
    nodes.If: calls.if_,
    nodes.For: iteration.for_,
    nodes.Quantified: iteration.quantified,
    nodes.Negation: operators.negation,
    nodes.Arithmetic: operators.arithmetic,
    nodes.Comparison: operators.comparison,
    nodes.Between: operators.between,
    nodes.Conjunction: operators.conjunction,
    nodes.Disjunction: operators.disjunction,
    nodes.InstanceOf: operators.instance_of,
    nodes.In: unary_tests.in_,
    nodes.UnaryTests: unary_tests.unary_tests,
}
