"""Rewrites a diagram into one that SpiffWorkflow's parser reads right.

The lowered document is built afresh, so the stored file never changes and nothing unknown reaches the library. Every
id is prefixed, because ids such as ``Start`` and ``End`` are the library's own. What BPMN leaves implicit becomes
explicit:

* several flows out of an activity or start event → a parallel gateway, or an inclusive one when a flow has a condition;
* no flow out of a node → an end event.

Nodes added here stand for the source element they follow and are never shown in a path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.definition import ElementKind
from engine.spiff.diagram import Diagram, Flow, Node
from engine.spiff.supported import EXECUTED, GATEWAYS
from engine.spiff.xml import BPMN

#: BPMN tags by kind.
TAGS: Mapping[ElementKind, str] = {kind: tag for tag, kind in EXECUTED.items()}


@dataclass(frozen=True, slots=True)
class LoweredNode:
    """A node of the lowered document."""

    #: Id of the source element it stands for.
    element: str
    kind: ElementKind
    #: Whether it was added here.
    is_hidden: bool = False


@dataclass(kw_only=True, slots=True)
class Lowered:
    """The lowered document and what its ids stand for."""

    root: etree._Element
    process: str
    nodes: dict[str, LoweredNode] = field(default_factory=dict)
    #: Source ids of flows by lowered id; flows added here are absent.
    flows: dict[str, str] = field(default_factory=dict)
    #: Lowered ids of default flows by the node they leave.
    defaults: dict[str, str] = field(default_factory=dict)


def lowered_id(element: str) -> str:
    """The id of a source element in the lowered document."""
    return f"e.{element}"


def lower(diagram: Diagram) -> Lowered:
    """The document to run; the diagram must have passed the lint."""
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap={"bpmn": BPMN})
    lowered = Lowered(root=root, process=lowered_id(diagram.key))
    process = _add(root, "process", id=lowered.process, isExecutable="true")
    _lower_scope(lowered, diagram, diagram.key, process)
    return lowered


def _lower_scope(lowered: Lowered, diagram: Diagram, scope: str, container: etree._Element) -> None:
    for node in diagram.nodes_in(scope):
        added = _add_node(lowered, container, lowered_id(node.id), LoweredNode(node.id, node.kind))
        if node.kind is ElementKind.SUB_PROCESS:
            _lower_scope(lowered, diagram, node.id, added)
        _lower_outgoing(lowered, container, node, added)


def _lower_outgoing(lowered: Lowered, container: etree._Element, node: Node, added: etree._Element) -> None:
    source = added
    if not node.outgoing and node.kind is not ElementKind.END_EVENT:
        end = _add_node(lowered, container, f"x.{node.id}", LoweredNode(node.id, ElementKind.END_EVENT, True))
        _add_flow(container, f"y.{node.id}", added, end)
    elif _needs_fork(node):
        is_conditional = any(flow.condition is not None for flow in node.outgoing)
        kind = ElementKind.INCLUSIVE_GATEWAY if is_conditional else ElementKind.PARALLEL_GATEWAY
        source = _add_node(lowered, container, f"s.{node.id}", LoweredNode(node.id, kind, True))
        _add_flow(container, f"t.{node.id}", added, source)
    if node.default:
        lowered.defaults[str(source.get("id"))] = lowered_id(node.default)
    for flow in node.outgoing:
        _lower_flow(lowered, container, flow, source)


def _needs_fork(node: Node) -> bool:
    has_condition = any(flow.condition is not None for flow in node.outgoing)
    return node.kind not in GATEWAYS and (len(node.outgoing) > 1 or has_condition)


def _lower_flow(lowered: Lowered, container: etree._Element, flow: Flow, source: etree._Element) -> None:
    identity = lowered_id(flow.id)
    lowered.flows[identity] = flow.id
    _add(container, "sequenceFlow", id=identity, sourceRef=str(source.get("id")), targetRef=lowered_id(flow.target))


def _add_node(lowered: Lowered, container: etree._Element, identity: str, node: LoweredNode) -> etree._Element:
    lowered.nodes[identity] = node
    return _add(container, TAGS[node.kind], id=identity)


def _add_flow(container: etree._Element, identity: str, source: etree._Element, target: etree._Element) -> None:
    _add(container, "sequenceFlow", id=identity, sourceRef=str(source.get("id")), targetRef=str(target.get("id")))


def _add(container: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(container, f"{{{BPMN}}}{tag}", attributes)
