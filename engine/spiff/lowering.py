"""Rewrites a diagram into one that SpiffWorkflow's parser reads right.

The lowered document is built afresh, so the stored file never changes and nothing unknown reaches the library. Every
id is prefixed, because ids such as ``Start`` and ``End`` are the library's own. What BPMN leaves implicit becomes
explicit:

* several flows out of an activity or start event → a parallel gateway, or an inclusive one when a flow has a condition;
* no flow out of a node → an end event;
* the two ends of a link → plain events with a flow between them;
* the start of an event sub-process → an event of the scope around it, which leads to the sub-process;
* a repeated activity → a whole that bears its id, with one performance inside that leads to its own end;
* an event with several definitions → an event for each, see ``several``;
* a compensation event on a border → what holds it and its handler, for the time when the activity is undone;
* a sub-process of which what was done inside can be undone → an event inside that undoes it;
* an ad-hoc sub-process → one whose start offers its activities, with an event for each that leads to the activity.

Nodes added here stand for the source element they follow and are never shown in a path.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.definition import ElementKind
from engine.spiff.attributes import TriggerKind
from engine.spiff.compensation import Compensations
from engine.spiff.diagram import Diagram, Node, link_name
from engine.spiff.lowered import Lowered, LoweredFlow, LoweredNode, Role, add, add_flow, add_node, lowered_id
from engine.spiff.repetitions import WrittenLoop, WrittenMultiInstance
from engine.spiff.several import lower_several, lower_starts, way_out, ways_in
from engine.spiff.supported import GATEWAYS, SCOPES
from engine.spiff.xml import BPMN

#: Tags of the whole of a repeated activity, by how it is written, and of the end of a performance; none is BPMN's.
WHOLES: Mapping[type, str] = {WrittenMultiInstance: "multiInstance", WrittenLoop: "standardLoop"}
PERFORMANCE_END = "performanceEnd"
#: Tags of what holds a handler, of the event by which it begins, and of the event that undoes all of its scope.
HANDLER, HANDLER_START, UNDO_ALL = "handler", "handlerStart", "undoAll"
#: Tags of what offers the activities of an ad-hoc sub-process, and of the event that begins one of them.
OFFER, OFFERED_START = "offer", "offeredStart"
#: Tags of events that undo what was done, by kind and by what they throw.
UNDOING: Mapping[tuple[ElementKind, str], str] = {
    (ElementKind.INTERMEDIATE_THROW_EVENT, TriggerKind.COMPENSATION): "undoingThrow",
    (ElementKind.END_EVENT, TriggerKind.COMPENSATION): "undoingEnd",
    (ElementKind.END_EVENT, TriggerKind.CANCEL): "cancelEnd",
}


def lower(diagram: Diagram) -> Lowered:
    """The document to run; the diagram must have passed the lint."""
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap={"bpmn": BPMN})
    lowered = Lowered(root=root, process=lowered_id(diagram.key), compensations=Compensations(diagram))
    process = add(root, "process", id=lowered.process, isExecutable="true")
    _lower_scope(lowered, diagram, diagram.key, process)
    return lowered


def _lower_scope(lowered: Lowered, diagram: Diagram, scope: str, container: etree._Element) -> None:
    if diagram.is_ad_hoc(scope):
        _lower_offer(lowered, diagram, scope, container)
    for node in diagram.nodes_in(scope):
        if node.is_event_start or node.is_handler:
            continue
        if node.leads_to_handler:
            _lower_handler(lowered, diagram, node, container)
            continue
        added = _lower_node(lowered, container, node)
        if node.kind is ElementKind.EVENT_SUB_PROCESS:
            _lower_event_start(lowered, diagram, node, container, added)
        if node.kind in SCOPES:
            _lower_scope(lowered, diagram, node.id, added)
        _lower_outgoing(lowered, diagram, container, node)
    if (
        scope != diagram.key
        and lowered.compensations.undoable.get(scope)
        and not lowered.compensations.starts.get(scope)
    ):
        add_node(lowered, container, f"c.{scope}", LoweredNode(scope, ElementKind.END_EVENT, is_hidden=True), UNDO_ALL)


def _lower_offer(lowered: Lowered, diagram: Diagram, scope: str, container: etree._Element) -> None:
    """Add what offers the activities of an ad-hoc sub-process, and for each of them the event that begins it."""
    add_node(lowered, container, f"v.{scope}", LoweredNode(scope, ElementKind.START_EVENT, is_hidden=True), OFFER)
    for node in diagram.beginnings(scope):
        begins = LoweredNode(node.id, ElementKind.START_EVENT, is_hidden=True, role=Role.OFFER)
        add_node(lowered, container, f"g.{node.id}", begins, OFFERED_START)
        add_flow(lowered, container, LoweredFlow(f"r.{node.id}", "", f"g.{node.id}", lowered_id(node.id)))


def _lower_handler(lowered: Lowered, diagram: Diagram, border: Node, container: etree._Element) -> None:
    """Add what holds a handler: there the event on the border is where it begins."""
    (handler,) = lowered.compensations.handlers[border.id]
    holder = LoweredNode(border.id, border.kind, is_hidden=True, undone=border.attached_to)
    inside = add_node(lowered, container, f"k.{border.id}", holder, HANDLER)
    add_node(lowered, inside, lowered_id(border.id), LoweredNode(border.id, border.kind), HANDLER_START)
    add_flow(lowered, inside, LoweredFlow(f"h.{border.id}", "", lowered_id(border.id), lowered_id(handler.id)))
    added = _lower_node(lowered, inside, handler)
    if handler.kind in SCOPES:
        _lower_scope(lowered, diagram, handler.id, added)
    _lower_outgoing(lowered, diagram, inside, handler)


def _lower_node(lowered: Lowered, container: etree._Element, node: Node) -> etree._Element:
    """Add a node; the element that takes its inside."""
    if node.is_multiple:
        return lower_several(lowered, container, node)
    if node.repetition is None:
        return add_node(lowered, container, lowered_id(node.id), LoweredNode(node.id, _kind(node)), _undoing_tag(node))
    whole = LoweredNode(node.id, node.kind, role=Role.WHOLE)
    inside = add_node(lowered, container, lowered_id(node.id), whole, WHOLES[type(node.repetition)])
    start, once, end = f"o.{node.id}", f"i.{node.id}", f"d.{node.id}"
    add_node(lowered, inside, start, LoweredNode(node.id, ElementKind.START_EVENT, is_hidden=True))
    performance = LoweredNode(node.id, node.kind, is_hidden=True, role=Role.PERFORMANCE)
    added = add_node(lowered, inside, once, performance)
    add_node(lowered, inside, end, LoweredNode(node.id, ElementKind.END_EVENT, is_hidden=True), PERFORMANCE_END)
    add_flow(lowered, inside, LoweredFlow(f"p.{node.id}", "", start, once))
    add_flow(lowered, inside, LoweredFlow(f"q.{node.id}", "", once, end))
    return added


def _lower_event_start(
    lowered: Lowered, diagram: Diagram, node: Node, container: etree._Element, inside: etree._Element
) -> None:
    """Add the start beside the sub-process that it begins; inside, a start of no meaning stands in its place."""
    (start,) = (each for each in diagram.nodes_in(node.id) if each.is_event_start)
    lower_starts(lowered, container, start)
    add_node(lowered, inside, f"o.{node.id}", LoweredNode(node.id, start.kind, is_hidden=True))
    _lower_outgoing(lowered, diagram, inside, start)


def _lower_outgoing(lowered: Lowered, diagram: Diagram, container: etree._Element, node: Node) -> None:
    source = f"o.{node.scope}" if node.is_event_start else way_out(node)
    if not node.outgoing and node.kind is not ElementKind.END_EVENT:
        end = f"x.{node.id}"
        add_node(lowered, container, end, LoweredNode(node.id, ElementKind.END_EVENT, is_hidden=True))
        add_flow(lowered, container, LoweredFlow(f"y.{node.id}", "", source, end))
    elif _needs_fork(node):
        fork = f"s.{node.id}"
        add_node(lowered, container, fork, LoweredNode(node.id, _fork_kind(node), is_hidden=True))
        add_flow(lowered, container, LoweredFlow(f"t.{node.id}", "", source, fork))
        source = fork
    for flow in node.outgoing:
        # The flow of a link is drawn nowhere and has no id.
        identity = lowered_id(flow.id) if flow.id else f"l.{node.id}"
        for number, target in enumerate(ways_in(diagram.nodes[flow.target])):
            way = f"z.{number}.{flow.id}" if number else identity
            add_flow(lowered, container, LoweredFlow(way, flow.id, source, target, flow.id == node.default))


def _kind(node: Node) -> ElementKind:
    return ElementKind.INTERMEDIATE_THROW_EVENT if link_name(node) else node.kind


def _undoing_tag(node: Node) -> str:
    """The tag of an event that undoes what was done; empty for any other node."""
    return next((UNDOING[node.kind, trigger] for trigger in node.triggers if (node.kind, trigger) in UNDOING), "")


def _needs_fork(node: Node) -> bool:
    return node.kind not in GATEWAYS and (len(node.outgoing) > 1 or _has_condition(node))


def _fork_kind(node: Node) -> ElementKind:
    return ElementKind.INCLUSIVE_GATEWAY if _has_condition(node) else ElementKind.PARALLEL_GATEWAY


def _has_condition(node: Node) -> bool:
    return any(flow.condition is not None for flow in node.outgoing)
