"""Writes what was placed as BPMN DI behind the process; not one byte before it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from lxml import etree

from engine.spiff.diagram import Diagram, executable_processes, read_diagram
from engine.spiff.layout.associations import associations_of
from engine.spiff.layout.boxes import PADDING, SPACE, Box, Drawn, Point, place
from engine.spiff.limits import MOST_ELEMENTS
from engine.spiff.supported import SCOPES
from engine.spiff.xml import BPMN, BPMNDI, DocumentRefused, decoded, local_part, read_document

_PREFIX = f"{{{BPMN}}}"
_NAMESPACES = (
    f'xmlns:bpmndi="{BPMNDI}" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
)
#: Upper left corner of the process, width of the name of a pool or lane, and height of a pool without inside.
_LEFT, _TOP, _LABEL, _EMPTY_POOL = 160, 80, 30, 60


def laid_out(source: bytes) -> bytes:
    """The file with a picture of its one executable process; as it is when it has one already or cannot be read."""
    try:
        root = read_document(source)
    except DocumentRefused:
        return source
    processes = executable_processes(root)
    if len(processes) != 1 or root.find(f"{{{BPMNDI}}}BPMNDiagram") is not None:
        return source
    diagram = read_diagram(root, processes[0])
    if len(diagram.nodes) + len(diagram.flows) > MOST_ELEMENTS or not _is_connected(diagram):
        return source
    text = decoded(source).lstrip("\n")
    end = text.rindex("</")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text[:end]}{_picture(diagram)}\n{text[end:]}'.encode()


def _is_connected(diagram: Diagram) -> bool:
    """Whether everything refers to something of its own scope; the lint says of the others what is wrong."""
    ends = [(flow.scope, end) for flow in diagram.flows.values() for end in (flow.source, flow.target)]
    hosts = [(node.scope, node.attached_to) for node in diagram.nodes.values() if node.attached_to]
    scopes = {node.id: node.scope for node in diagram.nodes.values()}
    stands_alone = all(not diagram.nodes[host].attached_to for _, host in hosts if host in scopes)
    is_named_once = diagram.key not in scopes
    return is_named_once and stands_alone and all(scopes.get(end) == scope for scope, end in (*ends, *hosts))


def _picture(diagram: Diagram) -> str:
    drawn = Drawn()
    inside = place(diagram, diagram.key)
    drawn.take_in(inside, _LEFT, _TOP)
    drawn.ways.update(associations_of(diagram, drawn))
    plane = diagram.root.find(f"{_PREFIX}collaboration")
    about = diagram.key if plane is None else plane.get("id") or diagram.key
    parts = [*_pools(diagram, inside), *_lanes(diagram, inside), *_shapes(diagram, drawn), *_edges(drawn)]
    return (
        f'<bpmndi:BPMNDiagram {_NAMESPACES} id="picture"><bpmndi:BPMNPlane id="plane" bpmnElement={quoteattr(about)}>'
        f"{''.join(parts)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )


def _shapes(diagram: Diagram, drawn: Drawn) -> Iterator[str]:
    for identity, box in drawn.boxes.items():
        node = diagram.nodes.get(identity)
        yield _shape(identity, box, ' isExpanded="true"' if node is not None and node.kind in SCOPES else "")


def _edges(drawn: Drawn) -> Iterator[str]:
    for identity, way in drawn.ways.items():
        yield _element("BPMNEdge", identity, "".join(map(_waypoint, way)))


def _pools(diagram: Diagram, inside: Drawn) -> Iterator[str]:
    """The pool around the process, and those without an inside below it."""
    below = _frame(inside).bottom + SPACE
    for pool in diagram.root.iterfind(f"{_PREFIX}collaboration/{_PREFIX}participant"):
        if _named(pool) == diagram.key:
            yield _shape(pool.get("id") or "", _frame(inside), ' isHorizontal="true"')
        else:
            frame = _frame(inside)
            yield _shape(pool.get("id") or "", Box(frame.x, below, frame.width, _EMPTY_POOL), ' isHorizontal="true"')
            below += _EMPTY_POOL + SPACE


def _named(pool: etree._Element) -> str:
    return local_part(pool.get("processRef") or "")


def _frame(inside: Drawn) -> Box:
    """The border of the process with room for names at its left."""
    height = max([inside.height + 2 * PADDING, *(top + height for top, height in inside.lanes.values())])
    return Box(_LEFT - PADDING - 2 * _LABEL, _TOP - PADDING, inside.width + 2 * PADDING + 2 * _LABEL, height)


def _lanes(diagram: Diagram, inside: Drawn) -> Iterator[str]:
    frame = _frame(inside)
    for lane in diagram.process.iterfind(f"{_PREFIX}laneSet/{_PREFIX}lane"):
        band = inside.lanes.get((lane.get("name") or lane.get("id") or "").strip())
        if band is not None:
            box = Box(frame.x + _LABEL, _TOP + band[0], frame.width - _LABEL, band[1])
            yield _shape(lane.get("id") or "", box, ' isHorizontal="true"')


def _shape(identity: str, box: Box, more: str = "") -> str:
    bounds = f'<dc:Bounds x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>'
    return _element("BPMNShape", identity, bounds, more)


def _element(tag: str, identity: str, inner: str, more: str = "") -> str:
    about = f"id={quoteattr(identity + '_di')} bpmnElement={quoteattr(identity)}{more}"
    return f"<bpmndi:{tag} {about}>{inner}</bpmndi:{tag}>"


def _waypoint(point: Point) -> str:
    return f'<di:waypoint x="{point[0]}" y="{point[1]}"/>'
