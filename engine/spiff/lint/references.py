"""References name something of the right kind, and everything stands where the standard has a place for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.definition import Finding
from engine.spiff.diagram import Diagram, Node
from engine.spiff.rules import finding
from engine.spiff.supported import EXECUTED, GATEWAYS, UNSUPPORTED
from engine.spiff.xml import BPMN, line_of, local_name, local_part

_PREFIX = f"{{{BPMN}}}"
_FLOW_NODES = EXECUTED.keys() | UNSUPPORTED.keys()
#: What may be referred to, by the tag and attribute of what refers to it.
_ATTRIBUTES: Mapping[tuple[str, str], frozenset[str]] = {
    ("participant", "processRef"): frozenset({"process"}),
    ("dataObjectReference", "dataObjectRef"): frozenset({"dataObject"}),
    ("dataStoreReference", "dataStoreRef"): frozenset({"dataStore"}),
    ("group", "categoryValueRef"): frozenset({"categoryValue"}),
}
#: The same where the id is the text of an element; a flow is looked at closer.
_TEXTS: Mapping[str, frozenset[str]] = {"flowNodeRef": frozenset(_FLOW_NODES)}
_FLOW_ELEMENTS = EXECUTED.keys() | {"transaction", "adHocSubProcess", "sequenceFlow"}
#: Where flow nodes and sequence flows may stand besides the process.
_CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_WAYS: Mapping[str, str] = {"incoming": "targetRef", "outgoing": "sourceRef"}


def check_references(diagram: Diagram) -> Iterator[Finding]:
    """No reference dangles, and none names something of another kind."""
    tags = {element.get("id"): local_name(element) for element in diagram.root.iter(f"{_PREFIX}*") if element.get("id")}
    for element in diagram.root.iter(f"{_PREFIX}*"):
        for attribute, reference, wanted in _references(element):
            if tags.get(reference) not in wanted:
                owner = element.get("id") or _owner(element)
                facts = {"tag": local_name(element), "attribute": attribute, "reference": reference[:40]}
                yield finding("reference.dangling", owner, line=line_of(element), **facts)


def check_places(diagram: Diagram) -> Iterator[Finding]:
    """Flow nodes and flows stand in the process or in one of its sub-processes, never inside something else."""
    scopes = {diagram.process}
    for element in diagram.process.iter(f"{_PREFIX}*"):
        tag, around = local_name(element), element.getparent()
        if element is diagram.process or around is None or tag not in _FLOW_ELEMENTS:
            continue
        if around not in scopes:
            facts = {"tag": tag, "around": local_name(around)}
            yield finding("element.misplaced", element.get("id") or _owner(element), line=line_of(element), **facts)
        elif tag in _CONTAINERS:
            scopes.add(element)


def check_listed_flows(diagram: Diagram) -> Iterator[Finding]:
    """What a node lists as coming in and going out does so."""
    for node in diagram.nodes.values():
        for tag, attribute in _WAYS.items():
            for child in node.xml.iterfind(f"{_PREFIX}{tag}"):
                name = local_part(child.text or "")
                flow = diagram.flows.get(name)
                end = "" if flow is None else flow.target if tag == "incoming" else flow.source
                if end != node.id:
                    yield finding(
                        "flow.listed", node.id, line=line_of(child), tag=tag, flow=name[:40], attribute=attribute
                    )


def check_directions(diagram: Diagram) -> Iterator[Finding]:
    """A gateway goes the way it says it does."""
    for node in diagram.nodes.values():
        direction = node.xml.get("gatewayDirection", "")
        if node.kind in GATEWAYS and not _goes(node, direction):
            yield finding("gateway.direction", node.id, line=node.line, direction=direction[:40])


def check_lanes(diagram: Diagram) -> Iterator[Finding]:
    """A node lies in one lane, counting those around that lane as one with it."""
    lanes: dict[str, list[etree._Element]] = {}
    for lane in diagram.process.iter(f"{_PREFIX}lane"):
        for reference in lane.iterfind(f"{_PREFIX}flowNodeRef"):
            lanes.setdefault((reference.text or "").strip(), []).append(lane)
    for identity, around in lanes.items():
        innermost = [lane for lane in around if not any(lane in other.iterancestors() for other in around)]
        if len(innermost) > 1 and identity in diagram.nodes:
            names = "、".join(lane.get("name") or lane.get("id") or "" for lane in innermost)
            yield finding("lane.several", identity, line=diagram.nodes[identity].line, lanes=names)


def _references(element: etree._Element) -> Iterator[tuple[str, str, frozenset[str]]]:
    tag = local_name(element)
    for (holder, attribute), wanted in _ATTRIBUTES.items():
        if tag == holder and (reference := element.get(attribute)):
            yield attribute, local_part(reference), wanted
    if tag in _TEXTS:
        yield tag, local_part(element.text or ""), _TEXTS[tag]


def _owner(element: etree._Element) -> str | None:
    """The id of the nearest element around that has one."""
    return next((around.get("id") for around in element.iterancestors() if around.get("id")), None)


def _goes(node: Node, direction: str) -> bool:
    match direction:
        case "Converging":
            return len(node.outgoing) <= 1
        case "Diverging":
            return len(node.incoming) <= 1
        case "" | "Unspecified" | "Mixed":
            return True
    return False
