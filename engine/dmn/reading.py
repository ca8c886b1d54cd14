"""The elements of the graph from their XML, not yet connected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from lxml import etree

from engine.dmn.boxed import Boxes, function_run
from engine.dmn.graph import Decision, DecisionService, Element, InputData, Knowledge, Logic
from engine.dmn.xml import ITERATIONS, below, child, kind, line_of
from engine.feel import Value
from engine.feel.embedding import FeelType, FunctionType, Run, Scope, unconstrained

L = TypeVar("L", bound=Logic)

_INTRODUCING = ("variable", "formalParameter", "parameter")


def read_elements(root: etree._Element, boxes: Boxes) -> dict[str, Element]:
    """The elements by id, in the order of the file; one without an id takes its name."""
    found = [_READERS[kind(source)](boxes, source) for source in root if kind(source) in _READERS]
    return {element.id: element for element in found}


def element_id(source: etree._Element) -> str:
    """The id of an element of the graph."""
    return source.get("id") or source.get("name") or ""


def _described(boxes: Boxes, source: etree._Element) -> tuple[str, str, str, FeelType | None, int | None]:
    name = source.get("name") or ""
    variable = child(source, "variable")
    own = variable.get("name") if variable is not None else None
    return element_id(source), name, own or name, boxes.types.of(variable), line_of(source)


def _input(boxes: Boxes, source: etree._Element) -> Element:
    return InputData(*_described(boxes, source))


def _service(boxes: Boxes, source: etree._Element) -> Element:
    return DecisionService(*_described(boxes, source))


def _decision(boxes: Boxes, source: etree._Element) -> Element:
    return _logic(Decision, boxes, source, lambda: boxes.inside(source))


def _knowledge(boxes: Boxes, source: etree._Element) -> Element:
    return _logic(Knowledge, boxes, source, lambda: _encapsulated(boxes, source))


def _logic(made: type[L], boxes: Boxes, source: etree._Element, make: Callable[[], Run]) -> L:
    """An element with its expression, and what was compiled and read on the way."""
    pieces, tables = len(boxes.workshop.pieces), len(boxes.tables)
    run = make()
    return made(
        *_described(boxes, source),
        run,
        boxes.workshop.pieces[pieces:],
        boxes.tables[tables:],
        _local_names(source),
        boxes.tables[-1] if child(source, "decisionTable") is not None else None,
    )


def _encapsulated(boxes: Boxes, source: etree._Element) -> Run:
    """The function of a business knowledge model; its variable's type is that of the result."""
    logic = child(source, "encapsulatedLogic")
    if logic is None:
        return _nothing
    _, _, variable, type_, _ = _described(boxes, source)
    plain = unconstrained(type_) if type_ is not None else None
    result = plain.result if isinstance(plain, FunctionType) else type_
    return function_run(boxes, logic, name=variable, result_type=result)


def _nothing(_scope: Scope) -> Value:
    return None


def _local_names(source: etree._Element) -> frozenset[str]:
    found = below(source, (*_INTRODUCING, *ITERATIONS))
    names = {element.get("iteratorVariable" if kind(element) in ITERATIONS else "name") for element in found}
    return frozenset(name for name in names if name)


Reader: TypeAlias = Callable[[Boxes, etree._Element], Element]

_READERS: Mapping[str, Reader] = {
    "inputData": _input,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}
