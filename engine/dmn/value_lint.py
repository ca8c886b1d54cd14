"""Values in a table that are of the wrong type or not among the allowed ones."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.findings import Finding, finding
from engine.dmn.regions import spans_of
from engine.dmn.tables import DecisionTable, HitPolicy, Rule, TableInput, TableOutput
from engine.feel import STANDARD, Expression, UnaryTests, Value, kind_of
from engine.feel.embedding import (
    ANY,
    FeelType,
    SimpleType,
    constant_value,
    is_constant,
    nodes,
    unconstrained,
)

_ORDERED_OUTPUTS = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


def wrong_values(table: DecisionTable) -> Iterator[Finding]:
    """Literals of the wrong type, outputs that are not allowed or missing."""
    if table.hit_policy in _ORDERED_OUTPUTS and any(output.values is None for output in table.outputs):
        yield finding("lint.no_values", table.id, None, table.line, policy=table.hit_policy.value)
    for rule in table.rules:
        for column, tests in zip(table.inputs, rule.cells, strict=True):
            yield from _wrong_cell(table, rule, column, tests)
        for output, answer in zip(table.outputs, rule.outputs, strict=True):
            yield from _wrong_answer(table, rule, output, answer)


def _expected(type_: FeelType | None) -> str | None:
    plain = unconstrained(type_) if type_ is not None else None
    return plain.name if isinstance(plain, SimpleType) and plain != ANY else None


def _wrong_cell(table: DecisionTable, rule: Rule, column: TableInput, tests: UnaryTests) -> Iterator[Finding]:
    expected = _expected(column.type_)
    if expected is None:
        return
    for value in _literals(tests):
        if value is not None and kind_of(value) != expected:
            yield _type_finding(table, rule, column.label, (kind_of(value), expected, tests.text))
            return


def _literals(tests: UnaryTests) -> Iterator[Value]:
    for test in tests.cell.tests:
        if isinstance(test, nodes.ComparisonTest) and is_constant(test.operand):
            yield constant_value(test.operand, STANDARD)
        for span in spans_of(test) or ():
            yield from (end for end in (span.start, span.end) if end is not None)


def _wrong_answer(table: DecisionTable, rule: Rule, output: TableOutput, answer: Expression) -> Iterator[Finding]:
    if answer.text == "null":
        yield finding("lint.empty", rule.id or table.id, rule.row, rule.line, column=output.name or "output")
        return
    if not is_constant(answer.tree):
        return
    value, expected = constant_value(answer.tree, STANDARD), _expected(output.type_)
    if expected is not None and value is not None and kind_of(value) != expected:
        yield _type_finding(table, rule, output.name or "output", (kind_of(value), expected, answer.text))
    elif not _is_listed(value, output):
        yield finding(
            "lint.not_allowed",
            rule.id or table.id,
            rule.row,
            rule.line,
            column=output.name or "output",
            text=answer.text,
        )


def _is_listed(value: Value, output: TableOutput) -> bool:
    """Whether an output is among the listed values, if the list is one of literals."""
    if output.values is None or not isinstance(output.values.tree, nodes.ListOf):
        return True
    items = output.values.tree.items
    if not all(is_constant(item) for item in items):
        return True
    return value in [constant_value(item, STANDARD) for item in items]


def _type_finding(table: DecisionTable, rule: Rule, column: str, found: tuple[str, str, str]) -> Finding:
    kind, expected, text = found
    return finding(
        "lint.type",
        rule.id or table.id,
        rule.row,
        rule.line,
        column=column,
        found=kind,
        expected=expected,
        text=text,
    )
