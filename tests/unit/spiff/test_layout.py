"""Diagrams without a picture get one: everything in it, nothing over anything else, and not one other byte changed."""

from __future__ import annotations

from itertools import combinations

import pytest
from lxml import etree

from engine.spiff import compile_process, laid_out, lint_process
from engine.spiff.diagram import Diagram, executable_processes, read_diagram
from engine.spiff.xml import read_document
from tests.unit.spiff.drawing import association, chain, document, element, end, start, user
from tests.unit.spiff.elements.part import ROOTS
from tests.unit.spiff.elements.table import PARTS
from tests.unit.spiff.generating import structured
from tests.unit.spiff.twins import SOUND

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
EMPTY = b'<bpmndi:BPMNDiagram id="picture"/>'
Bounds = tuple[int, int, int, int]

DRAWINGS = {
    **SOUND,
    **{f"random {seed}": structured(seed).source() for seed in range(3)},
    **{
        name: document(start(), *part.nodes, end(), *ROOTS, chain("start", part.first), chain(part.last, "end"))
        for name, part in PARTS.items()
        if name.startswith(("border beside", "nested", "lane", "parallelGateway"))
    },
}


def read(source: bytes) -> tuple[etree._Element, Diagram]:
    root = read_document(source)
    return root, read_diagram(root, executable_processes(root)[0])


def bounds(root: etree._Element) -> dict[str, Bounds]:
    found = {}
    for shape in root.iter(f"{DI}BPMNShape"):
        x, y, width, height = (int(shape[0].get(name)) for name in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement")] = (x, y, x + width, y + height)
    return found


@pytest.mark.parametrize("name", DRAWINGS)
def test_everything_is_drawn_and_nothing_lies_over_anything_else(name: str) -> None:
    root, diagram = read(laid_out(DRAWINGS[name].replace(EMPTY, b"")))
    drawn = bounds(root)
    assert diagram.nodes.keys() <= drawn.keys()
    edges = {edge.get("bpmnElement") for edge in root.iter(f"{DI}BPMNEdge")}
    assert edges == diagram.flows.keys() | {each.get("id") for each in root.iter(f"{BPMN}association")}
    for node in diagram.nodes.values():
        if node.scope in diagram.nodes:
            assert _covers(drawn[node.scope], drawn[node.id])
    beside = [node for node in diagram.nodes.values() if not node.attached_to]
    for one, other in combinations(beside, 2):
        assert one.scope != other.scope or not _meet(drawn[one.id], drawn[other.id]), (one.id, other.id)


@pytest.mark.parametrize("name", SOUND)
def test_a_picture_changes_nothing_but_that_there_is_one(name: str) -> None:
    bare = SOUND[name].replace(EMPTY, b"")
    pictured = laid_out(bare)
    assert "diagram.missing" in {finding.rule for finding in lint_process(bare)}
    assert "diagram.missing" not in {finding.rule for finding in lint_process(pictured)}
    before, after = compile_process(bare).view, compile_process(pictured).view
    assert (before.elements, before.flows) == (after.elements, after.flows)
    assert pictured.startswith(bare[: bare.rindex(b"</")])
    assert laid_out(bare) == pictured
    assert laid_out(pictured) == pictured


def test_pools_and_lanes_are_drawn_around_what_lies_in_them() -> None:
    root, _ = read(laid_out(SOUND["flows"].replace(EMPTY, b"")))
    drawn = bounds(root)
    for around, inside in (
        ("pool", "one"),
        ("pool", "two"),
        ("one", "a"),
        ("two", "b"),
        ("two", "c"),
        ("pool", "join"),
    ):
        assert _covers(drawn[around], drawn[inside]), (around, inside)
    assert not _meet(drawn["one"], drawn["two"])


def test_lines_of_associations_reach_from_one_border_to_the_other() -> None:
    noted = element("textAnnotation", "note", "<bpmn:text>为什么这样办：先核实，再派遣</bpmn:text>")
    lines = (association("note", "a"), association("start-a", "note"))
    root, _ = read(laid_out(document(start(), user("a"), noted, chain("start", "a"), *lines).replace(EMPTY, b"")))
    drawn = bounds(root)
    ways = {
        edge.get("bpmnElement"): [(int(p.get("x")), int(p.get("y"))) for p in edge]
        for edge in root.iter(f"{DI}BPMNEdge")
    }
    assert not any(_meet(drawn["note"], drawn[other]) for other in ("start", "a"))
    for way, place, end_ in (("note-to-a", "note", 0), ("note-to-a", "a", -1), ("start-a-to-note", "note", -1)):
        (x, y), (left, top, right, bottom) = ways[way][end_], drawn[place]
        assert left <= x <= right
        assert top <= y <= bottom
        assert x in (left, right) or y in (top, bottom)
    assert ways["start-a"][0][0] <= ways["start-a-to-note"][0][0] <= ways["start-a"][-1][0]


@pytest.mark.parametrize("source", [b"", b"<a/>", document(start(), chain("start", "gone")).replace(EMPTY, b"")])
def test_what_cannot_be_drawn_stays_as_it_is(source: bytes) -> None:
    assert laid_out(source) == source


def test_what_was_written_in_another_encoding_is_drawn_in_utf_8() -> None:
    bare = SOUND["loops"].replace(EMPTY, b"").replace(b"UTF-8", b"GB18030", 1).decode().encode("gb18030")
    root, diagram = read(laid_out(bare))
    assert diagram.name == "演示"
    assert bounds(root)


def _covers(around: Bounds, inside: Bounds) -> bool:
    return around[0] <= inside[0] and around[1] <= inside[1] and inside[2] <= around[2] and inside[3] <= around[3]


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
