"""The lint of a model: what loads and yet will not do what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.dmn.coverage import Grid, gaps, grid_of, is_covered, overlaps
from engine.dmn.findings import Finding, Severity, finding
from engine.dmn.graph import Logic
from engine.dmn.model import Model
from engine.dmn.shapes import Shapes
from engine.dmn.tables import DecisionTable, HitPolicy
from engine.dmn.value_lint import wrong_values
from engine.dmn.workshop import Piece
from engine.feel import FunctionTable, Shape, lint_expression

#: Beyond this many rows the questions about pairs of rows are left alone.
LARGEST_TABLE = 1000
_MAY_BE_SILENT = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})


def lint_model(model: Model) -> list[Finding]:
    """What is wrong with a model, by element and row: errors forbid publishing, warnings are to be judged."""
    findings: list[Finding] = []
    shapes = Shapes()
    for element in (*model.decisions, *model.knowledge):
        for table in element.tables:
            findings.extend(lint_table(table))
        findings.extend(_expression_findings(element, model.functions, shapes))
    return findings


def lint_table(table: DecisionTable) -> Iterator[Finding]:
    """What is wrong with one table, apart from the names its cells read."""
    yield from wrong_values(table)
    if len(table.rules) > LARGEST_TABLE:
        return
    grid = grid_of(table)
    yield from _impossible(table, grid)
    yield from _overlapping(table, grid)
    yield from _unreachable(table, grid)
    if table.hit_policy not in _MAY_BE_SILENT and not any(output.default for output in table.outputs):
        for example in gaps(grid):
            yield finding("lint.gap", table.id, None, table.line, example=example or "—")


def _impossible(table: DecisionTable, grid: Grid) -> Iterator[Finding]:
    for rule, cells in zip(table.rules, grid.rows, strict=True):
        for column, tests, atoms in zip(table.inputs, rule.cells, cells, strict=True):
            if atoms == 0:
                yield finding(
                    "lint.impossible",
                    rule.id or table.id,
                    rule.row,
                    rule.line,
                    column=column.label,
                    text=tests.text,
                )


def _overlapping(table: DecisionTable, grid: Grid) -> Iterator[Finding]:
    if table.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    for first, second, example in overlaps(grid):
        earlier, later = table.rules[first], table.rules[second]
        if table.hit_policy is HitPolicy.UNIQUE:
            code = "lint.overlap"
        elif [one.text for one in earlier.outputs] != [other.text for other in later.outputs]:
            code = "lint.differ"
        else:
            continue
        yield finding(code, later.id or table.id, later.row, later.line, other=earlier.row, example=example or "—")


def _unreachable(table: DecisionTable, grid: Grid) -> Iterator[Finding]:
    if table.hit_policy is not HitPolicy.FIRST:
        return
    for index, rule in enumerate(table.rules):
        if is_covered(grid, index):
            yield finding("lint.unreachable", rule.id or table.id, rule.row, rule.line)


def _expression_findings(element: Logic, functions: FunctionTable, shapes: Shapes) -> Iterator[Finding]:
    names = _names_of(element, shapes)
    for piece in element.pieces:
        for found in lint_expression(piece.expression, names, functions):
            yield Finding(
                f"feel.{found.code.removeprefix('lint.')}",
                piece.element_id or element.id,
                _row_of(piece, element),
                found.message_zh,
                found.message_en,
                Severity.ERROR,
                piece.line,
                found.suggestion,
            )


def _names_of(element: Logic, shapes: Shapes) -> Mapping[str, Shape]:
    """What the expressions of an element may read: what it requires and the names it introduces."""
    names: dict[str, Shape] = dict.fromkeys((*element.local_names, element.variable), "any")
    names |= dict.fromkeys(("item", "partial"), "any")
    for requirement in element.requirements:
        if len(requirement.path) > 1:
            names[requirement.path[0]] = "any"
        elif requirement.path[0] not in element.local_names:
            names[requirement.path[0]] = shapes.of(requirement.element.type_)
    return names


def _row_of(piece: Piece, element: Logic) -> int | None:
    """The row of the table in which a piece stands, told by its line."""
    rows = [rule for table in element.tables for rule in table.rules if rule.line is not None]
    last = None
    for rule in rows:
        if piece.line is not None and rule.line is not None and rule.line <= piece.line:
            last = rule.row
    return last
