"""Parts of an expression whose value its text alone decides."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.feel import nodes
from engine.feel.arithmetic import negated
from engine.feel.evaluation import Evaluation
from engine.feel.functions import FunctionTable
from engine.feel.nodes import Node, UnaryTest
from engine.feel.values import Value

#: The functions whose call with literals is itself a literal.
LITERAL_CALLS = frozenset({"date", "time", "date and time", "duration"})

#: Conversions of literals read no time, but every evaluation has one.
_ANY_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


def is_constant(node: Node | UnaryTest) -> bool:
    """Whether a node is a literal, the negative of one, or a conversion of literals."""
    if isinstance(node, nodes.Negation):
        return isinstance(node.operand, nodes.Literal)
    if isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name):
        return node.function.name in LITERAL_CALLS and all(
            isinstance(argument, nodes.Literal) for argument in node.arguments
        )
    return isinstance(node, nodes.Literal)


def constant_value(node: Node | UnaryTest, functions: FunctionTable) -> Value:
    """The value of a constant node; null for any other."""
    if isinstance(node, nodes.Literal):
        return node.value
    if isinstance(node, nodes.Negation) and isinstance(node.operand, nodes.Literal):
        return negated(node.operand.value)
    if isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name) and is_constant(node):
        function = functions.get(node.function.name)
        arguments = [constant_value(argument, functions) for argument in node.arguments]
        return function.call(arguments, Evaluation(now=_ANY_MOMENT, zone=UTC)) if function else None
    return None
