"""A decision model taken apart into what stands in it, to be compared with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from engine.differences import Dialect, Piece, Pieces, Words, properties_of
from engine.dmn.xml import child, children, kind, read_root, text_in

_OF_TABLES: Final = frozenset({"input", "output", "annotation", "rule"})
_PIECES: Final = _OF_TABLES | {
    *("inputData", "decision", "businessKnowledgeModel", "knowledgeSource", "decisionService", "itemDefinition")
}
_COLUMNS: Final = {"inputEntry": "input", "outputEntry": "output", "annotationEntry": "annotation"}
_PICTURE: Final = "DMNDI"

MODEL_WORDS: Final = Words(
    kinds={
        "inputData": ("输入数据", "input data"),
        "decision": ("决策", "decision"),
        "businessKnowledgeModel": ("业务知识", "business knowledge"),
        "knowledgeSource": ("知识来源", "knowledge source"),
        "decisionService": ("决策服务", "decision service"),
        "itemDefinition": ("数据类型", "data type"),
        "input": ("输入列", "input column"),
        "output": ("输出列", "output column"),
        "annotation": ("备注列", "annotation column"),
        "rule": ("规则行", "rule"),
    },
    properties={
        "name": ("名称", "name"),
        "label": ("列名", "label"),
        "description": ("说明", "description"),
        "inputEntry": ("条件", "condition"),
        "outputEntry": ("结果", "result"),
        "annotationEntry": ("备注", "annotation"),
        "hitPolicy": ("命中策略", "hit policy"),
        "aggregation": ("汇总", "aggregation"),
        "typeRef": ("类型", "type"),
        "text": ("表达式", "expression"),
        "inputExpression/text": ("输入表达式", "input expression"),
        "inputValues/text": ("允许的值", "allowed values"),
        "outputValues/text": ("允许的值", "allowed values"),
        "allowedValues/text": ("允许的值", "allowed values"),
        "defaultOutputEntry/text": ("默认结果", "default result"),
        "href": ("引用", "reference"),
        "decision": ("所在决策", "decision"),
    },
)


def pieces_of(source: bytes) -> Pieces:
    """Decisions, inputs, types, columns and rules by id; those without an id by their place. Raises ``DmnError``."""
    root = read_root(source)
    tables = [table for table in root.iter(etree.Element) if kind(table) == "decisionTable"]
    found = [_piece(element) for element in root.iter(etree.Element) if kind(element) in _PIECES - _OF_TABLES]
    found += [piece for table in tables for piece in _of_table(table)]
    return {piece.id: piece for piece in found}


def _piece(element: etree._Element) -> Piece:
    return Piece(
        id=element.get("id") or _address(element),
        kind=kind(element),
        name=element.get("name") or "",
        properties=properties_of(element, _DIALECT),
    )


def _of_table(table: etree._Element) -> Iterator[Piece]:
    """Columns and rules of a table, each with its number among its like."""
    address, decision = _address(table), _decision_around(table)
    columns = {column: [_label(each) for each in children(table, column)] for column in _COLUMNS.values()}
    for tag in sorted(_OF_TABLES):
        for number, element in enumerate(children(table, tag), 1):
            properties = {**properties_of(element, _DIALECT), "decision": decision}
            if tag == "rule":
                properties.update(_cells(element, columns))
            yield Piece(
                id=element.get("id") or f"{address}/{tag}[{number}]",
                kind=tag,
                name=str(number) if tag == "rule" else _label(element),
                properties=properties,
                row_of=f"{address}/{tag}",
            )


def _cells(rule: etree._Element, columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """What a rule says in each column, by what the column is called."""
    for entry, column in _COLUMNS.items():
        labels = columns[column]
        for number, cell in enumerate(children(rule, entry)):
            yield f"{entry}[{labels[number] if number < len(labels) else number + 1}]", text_in(cell)


def _label(column: etree._Element) -> str:
    expression = child(column, "inputExpression")
    return column.get("label") or column.get("name") or text_in(expression) or column.get("id") or ""


def _decision_around(element: etree._Element) -> str:
    around = (each for each in element.iterancestors() if kind(each) in ("decision", "businessKnowledgeModel"))
    return next((each.get("id") or "" for each in around), "")


def _address(element: etree._Element | None) -> str:
    """Where an element stands among its like, for one that has no id."""
    if element is None:
        return ""
    if element.get("id"):
        return element.get("id") or ""
    around = element.getparent()
    place = 0 if around is None else [*around].index(element)
    return f"{_address(around)}/{kind(element)}[{place + 1}]"


_DIALECT: Final = Dialect(
    is_piece=lambda element: kind(element) in _PIECES,
    short=lambda name: name.rpartition("}")[2],
    ignored=frozenset({_PICTURE, *_COLUMNS}),
    transparent=frozenset({"extensionElements", "decisionTable"}),
    keyed={},
)
