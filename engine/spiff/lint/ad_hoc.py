"""Ad-hoc sub-processes: they offer activities, say when they end, and hold what may stand in them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.feel import parse_attribute
from engine.spiff.diagram import Diagram, Node
from engine.spiff.offers import WrittenAdHoc
from engine.spiff.rules import finding
from engine.spiff.supported import ACTIVITIES
from engine.spiff.xml import BPMN, ZEEBE

_STARTS_AND_ENDS = frozenset({ElementKind.START_EVENT, ElementKind.END_EVENT})
#: Gateways that send a token along one flow only.
_CHOOSE_ONE = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.EVENT_BASED_GATEWAY})


def check_ad_hoc(diagram: Diagram) -> Iterator[Finding]:
    """What each offers, what it begins with and when it ends is told, and nothing else begins in it."""
    for node in diagram.nodes.values():
        if node.ad_hoc is not None:
            yield from _check_offer(diagram, node, node.ad_hoc)
            yield from _check_inside(diagram, node, node.ad_hoc)
        elif node.xml.find(f"{{{BPMN}}}extensionElements/{{{ZEEBE}}}adHoc") is not None:
            yield finding("extension.unsupported", node.id, line=node.line, name="zeebe:adHoc")


def _check_offer(diagram: Diagram, node: Node, written: WrittenAdHoc) -> Iterator[Finding]:
    if node.xml.get("triggeredByEvent") == "true":
        yield finding("ad_hoc.by_event", node.id, line=node.line)
    if not diagram.beginnings(node.id):
        yield finding("ad_hoc.nothing", node.id, line=node.line)
    if not written.until.text and not written.begins:
        yield finding("ad_hoc.endless", node.id, line=node.line)
    if written.begins and parse_attribute(written.begins) is None:
        yield finding("ad_hoc.literal", node.id, line=node.line, value=written.begins[:80])
    for name in written.others:
        yield finding("extension.unsupported", node.id, line=node.line, name=f"zeebe:adHoc {name}"[:80])


def _check_inside(diagram: Diagram, node: Node, written: WrittenAdHoc) -> Iterator[Finding]:
    for each in diagram.nodes_in(node.id):
        if each.kind in _STARTS_AND_ENDS:
            yield finding("ad_hoc.start_or_end", each.id, line=each.line)
        elif not _may_begin(each):
            yield finding("ad_hoc.beginning", each.id, line=each.line, node=each.id)
        if written.is_sequential and _sets_several_off(diagram, each):
            yield finding("ad_hoc.fork", each.id, line=each.line, node=each.id)


def _may_begin(node: Node) -> bool:
    """Whether a token can come to a node: over a flow, by what stands beside the flow, or because it is offered."""
    return bool(node.incoming or node.attached_to) or node.is_beside_flow or node.kind in ACTIVITIES


def _sets_several_off(diagram: Diagram, node: Node) -> bool:
    begins = [each for each in diagram.nodes_in(node.id) if each.is_event_start]
    is_beside = any(not each.interrupts for each in (node, *begins) if each.is_event_start or each.attached_to)
    return (is_beside and not node.leads_to_handler) or (len(node.outgoing) > 1 and node.kind not in _CHOOSE_ONE)
