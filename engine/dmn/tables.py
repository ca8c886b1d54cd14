"""Decision tables as they are written."""

from __future__ import annotations

from enum import StrEnum

from lxml import etree
from msgspec import Struct

from engine.dmn.item_types import ItemTypes
from engine.dmn.workshop import Workshop
from engine.dmn.xml import child, children, children_of, error_at, id_around, line_of, place, text_in
from engine.feel import Expression, UnaryTests
from engine.feel.embedding import FeelType

#: A cell that every value passes.
_ANYTHING = "-"


class HitPolicy(StrEnum):
    """What becomes of the rows that match."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    """What COLLECT makes of several outputs."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


class TableInput(Struct, frozen=True):
    """A column that is tested."""

    label: str
    expression: Expression
    type_: FeelType | None
    allowed: UnaryTests | None


class TableOutput(Struct, frozen=True):
    """A column that is answered; `values` are its allowed values in their order of priority."""

    name: str
    type_: FeelType | None
    values: Expression | None
    default: Expression | None


class Rule(Struct, frozen=True):
    """A row; `tests` are the cells that say something, each with the index of its column."""

    id: str | None
    row: int
    line: int | None
    cells: tuple[UnaryTests, ...]
    tests: tuple[tuple[int, UnaryTests], ...]
    outputs: tuple[Expression, ...]


class DecisionTable(Struct, frozen=True):
    """A whole table."""

    id: str | None
    line: int | None
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[TableInput, ...]
    outputs: tuple[TableOutput, ...]
    rules: tuple[Rule, ...]


def read_table(element: etree._Element, workshop: Workshop, types: ItemTypes) -> DecisionTable:
    """The table of a `decisionTable` element; raises DmnError."""
    inputs = tuple(_input(column, workshop, types) for column in children(element, "input"))
    columns = list(children(element, "output"))
    outputs = tuple(_output(column, len(columns), workshop, types) for column in columns)
    if not outputs:
        raise error_at(element, "model.missing", kind="decisionTable", part="output")
    element_id, line = place(element)
    return DecisionTable(
        element_id,
        line,
        _policy(element),
        _aggregation(element),
        inputs,
        outputs,
        _rules(element, (len(inputs), len(outputs)), workshop),
    )


def _policy(element: etree._Element) -> HitPolicy:
    found = element.get("hitPolicy", HitPolicy.UNIQUE.value)
    try:
        return HitPolicy(found)
    except ValueError as error:
        raise error_at(element, "table.policy", found=found) from error


def _aggregation(element: etree._Element) -> Aggregation | None:
    found = element.get("aggregation")
    try:
        return Aggregation(found) if found else None
    except ValueError as error:
        raise error_at(element, "table.aggregation", found=found) from error


def _input(element: etree._Element, workshop: Workshop, types: ItemTypes) -> TableInput:
    expression = child(element, "inputExpression")
    if expression is None:
        raise error_at(element, "model.missing", kind="input", part="inputExpression")
    allowed = child(element, "inputValues")
    return TableInput(
        element.get("label") or " ".join(text_in(expression).split()),
        workshop.expression(expression),
        types.of(expression),
        workshop.tests(allowed) if allowed is not None and text_in(allowed).strip() else None,
    )


def _output(element: etree._Element, count: int, workshop: Workshop, types: ItemTypes) -> TableOutput:
    name = element.get("name")
    if not name and count > 1:
        raise error_at(element, "model.missing", kind="output", part="name")
    values, default = child(element, "outputValues"), child(element, "defaultOutputEntry")
    listed = values is not None and bool(text_in(values).strip())
    return TableOutput(
        name or element.get("label") or "",
        types.of(element),
        workshop.expression(values, f"[{text_in(values)}]") if values is not None and listed else None,
        workshop.expression(default) if default is not None and text_in(default).strip() else None,
    )


def _rules(element: etree._Element, widths: tuple[int, int], workshop: Workshop) -> tuple[Rule, ...]:
    return tuple(_rule(rule, row, widths, workshop) for row, rule in enumerate(children(element, "rule"), 1))


def _rule(element: etree._Element, row: int, widths: tuple[int, int], workshop: Workshop) -> Rule:
    cells, answers = children_of(element, "inputEntry", "outputEntry")
    for found, expected in zip((cells, answers), widths, strict=True):
        if len(found) != expected:
            raise error_at(element, "table.width", row=row, found=len(found), expected=expected)
    around = id_around(element)
    # An empty cell says as little as a dash, an empty answer is null.
    compiled = tuple([workshop.tests(cell, text_in(cell).strip() or _ANYTHING, around) for cell in cells])
    tests = tuple([(index, tests) for index, tests in enumerate(compiled) if tests.text != _ANYTHING])
    outputs = tuple([workshop.expression(each, text_in(each).strip() or "null", around) for each in answers])
    return Rule(element.get("id"), row, line_of(element), compiled, tests, outputs)
