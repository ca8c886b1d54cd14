"""Activities that are performed several times: once for each item, or while a condition holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from engine.definition import Finding
from engine.feel import parse_attribute
from engine.spiff.compiling import RESERVED, VARIABLE
from engine.spiff.diagram import Diagram, Node
from engine.spiff.limits import MOST_ITEMS, USUAL_ITEMS
from engine.spiff.repeating import COUNTER
from engine.spiff.repetition_compiling import MOST_ITEMS_PROPERTY
from engine.spiff.repetitions import WrittenLoop, WrittenMultiInstance
from engine.spiff.rules import finding
from engine.spiff.supported import REPETITIONS
from engine.spiff.whole_numbers import number_in
from engine.spiff.xml import BPMN

_NUMBER = re.compile(r"=?\s*(-?\d+(?:\.\d+)?)")


def check_repetitions(diagram: Diagram) -> Iterator[Finding]:
    """What is repeated says how often in one usable way."""
    for node in diagram.nodes.values():
        if len(_characteristics(node)) > 1:
            yield finding("repetition.several", node.id, line=node.line)
        if node.repetition is not None and node.is_arm:
            yield finding("repetition.arm", node.id, line=node.repetition.line)
        match node.repetition:
            case WrittenMultiInstance() as written:
                yield from _check_multi_instance(node, written)
            case WrittenLoop() as written:
                yield from _check_loop(node, written)


def _check_multi_instance(node: Node, written: WrittenMultiInstance) -> Iterator[Finding]:
    if written.behavior != "All":
        yield finding("repetition.behavior", node.id, line=written.line, behavior=written.behavior)
    yield from _check_flag(node, written.xml, "isSequential")
    if not written.collection and not written.cardinality.text:
        yield finding("repetition.unbounded", node.id, line=written.line)
    if written.collection and written.cardinality.text:
        yield finding("repetition.counted_twice", node.id, line=written.line)
    if written.element and not written.collection:
        yield finding("repetition.element", node.id, line=written.line, name=written.element)
    yield from _check_literals(node, written)
    yield from _check_names(node, written)
    yield from _check_output(node, written)
    yield from _check_numbers(node, written)


def _check_literals(node: Node, written: WrittenMultiInstance) -> Iterator[Finding]:
    for attribute, text in (("inputCollection", written.collection), ("outputElement", written.yields)):
        if text and parse_attribute(text) is None:
            yield finding("repetition.literal", node.id, line=written.line, attribute=attribute, value=text[:80])


def _check_names(node: Node, written: WrittenMultiInstance) -> Iterator[Finding]:
    for attribute, name in (("inputElement", written.element), ("outputCollection", written.output)):
        if name and (not VARIABLE.fullmatch(name) or name in RESERVED | {COUNTER}):
            yield finding("repetition.variable", node.id, line=written.line, attribute=attribute, name=name[:40])


def _check_output(node: Node, written: WrittenMultiInstance) -> Iterator[Finding]:
    given: Mapping[str, str] = {"outputCollection": written.output, "outputElement": written.yields}
    missing = [name for name, text in given.items() if not text]
    if len(missing) == 1:
        (present,) = given.keys() - missing
        yield finding("repetition.output", node.id, line=written.line, written=present, missing=missing[0])


def _check_numbers(node: Node, written: WrittenMultiInstance) -> Iterator[Finding]:
    declared = node.declared.property_values.get(MOST_ITEMS_PROPERTY)
    most = USUAL_ITEMS if declared is None else number_in(declared) or 0
    if not 0 < most <= MOST_ITEMS:
        yield finding("repetition.limit", node.id, line=written.line, value=str(declared)[:40], limit=MOST_ITEMS)
    number = _NUMBER.fullmatch(written.cardinality.text)
    if number and not (number[1].isdecimal() and int(number[1][:9]) <= most and len(number[1]) <= len(str(MOST_ITEMS))):
        value = number[1][:40]
        yield finding("repetition.cardinality", node.id, line=written.cardinality.line, value=value, limit=most)


def _check_loop(node: Node, written: WrittenLoop) -> Iterator[Finding]:
    yield from _check_flag(node, written.xml, "testBefore")
    if not written.condition.text and not written.maximum:
        yield finding("repetition.endless", node.id, line=written.line)
    if written.maximum and not number_in(written.maximum):
        yield finding("repetition.maximum", node.id, line=written.line, value=written.maximum[:40])


def _check_flag(node: Node, written: etree._Element, attribute: str) -> Iterator[Finding]:
    value = written.get(attribute, "false")
    if value not in ("true", "false"):
        yield finding("repetition.flag", node.id, line=node.line, attribute=attribute, value=value[:40])


def _characteristics(node: Node) -> list[etree._Element]:
    return [child for name in REPETITIONS for child in node.xml.iterfind(f"{{{BPMN}}}{name}")]
