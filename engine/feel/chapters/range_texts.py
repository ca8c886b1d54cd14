"""Ranges from their text."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.arguments import refuse, text
from engine.feel.constants import is_constant
from engine.feel.errors import FeelSyntaxError
from engine.feel.evaluation import Evaluation
from engine.feel.expression import compile_over
from engine.feel.functions import FunctionTable, Parameter, TableFunction, table_function
from engine.feel.nodes import Node
from engine.feel.scope import Scope
from engine.feel.values import Value


def _ends(tree: Node) -> tuple[Node, ...]:
    if isinstance(tree, nodes.RangeOf):
        return (tree.start, tree.end)
    return (tree.operand,) if isinstance(tree, nodes.ComparisonRange) else ()


def range_function(conversions: FunctionTable) -> TableFunction:
    """`range(from)`, whose ends are literals or conversions of literals."""

    def from_text(evaluation: Evaluation, written: str) -> Value:
        try:
            expression = compile_over(written, conversions, limits=evaluation.limits)
        except FeelSyntaxError as error:
            raise refuse(f'"{written}" 不是区间', f'"{written}" is not a range') from error
        ends = _ends(expression.tree)
        if not ends or not all(is_constant(end) for end in ends):
            raise refuse(f'"{written}" 不是两端为字面值的区间', f'"{written}" is not a range of literals')
        evaluation.spend(len(written) >> 2)
        return expression.run(Scope({}, None, evaluation))

    return table_function(
        "range",
        (Parameter("from", text),),
        from_text,
        help_zh="由文字得到区间，两端须为字面值",
        help_en="The range of a text; its ends must be literals",
        example='range("[1..10)") = [1..10)',
    )
