"""How nodes are connected, and where conditions may stand."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.spiff.diagram import Diagram, Flow, Node
from engine.spiff.rules import finding
from engine.spiff.supported import ACTIVITIES, CONDITIONAL_GATEWAYS, UNSUPPORTED
from engine.spiff.xml import BPMN

_MAY_DECIDE = ACTIVITIES | CONDITIONAL_GATEWAYS


def check_flows(diagram: Diagram) -> Iterator[Finding]:
    """Both ends exist, in one scope, and a flow neither enters a start nor leaves an end."""
    refused = {element.get("id") for tag in UNSUPPORTED for element in diagram.process.iter(f"{{{BPMN}}}{tag}")}
    for flow in diagram.flows.values():
        dangling = list(_dangling(diagram, flow, refused))
        yield from dangling
        if flow.source in diagram.nodes and flow.target in diagram.nodes:
            yield from _misplaced(flow, diagram.nodes[flow.source], diagram.nodes[flow.target])


def _dangling(diagram: Diagram, flow: Flow, refused: set[str | None]) -> Iterator[Finding]:
    for reference, end_zh, end_en in ((flow.source, "起点", "source"), (flow.target, "终点", "target")):
        # A node that is refused by name needs no second finding.
        if reference not in diagram.nodes and reference not in refused:
            yield finding("flow.dangling", flow.id, line=flow.line, end_zh=end_zh, end_en=end_en, reference=reference)


def _misplaced(flow: Flow, source: Node, target: Node) -> Iterator[Finding]:
    if source.scope != target.scope or source.scope != flow.scope:
        yield finding("flow.crosses_scope", flow.id, line=flow.line, source=source.id, target=target.id)
    if target.kind is ElementKind.START_EVENT:
        yield finding("flow.into_start", flow.id, line=flow.line, target=target.id)
    if target.kind is ElementKind.BOUNDARY_EVENT:
        yield finding("flow.into_boundary", flow.id, line=flow.line, target=target.id)
    if source.kind is ElementKind.END_EVENT:
        yield finding("flow.out_of_end", flow.id, line=flow.line, source=source.id)


def check_conditions(diagram: Diagram) -> Iterator[Finding]:
    """Conditions stand where they are evaluated, and every decision has a way out."""
    for node in diagram.nodes.values():
        yield from _check_default(node)
        for flow in node.outgoing:
            yield from _check_condition(node, flow)
        if node.kind in _MAY_DECIDE and not node.default and _always_decides(node):
            yield finding("default.missing", node.id, line=node.line)


def _check_default(node: Node) -> Iterator[Finding]:
    if not node.default:
        return
    if node.default not in {flow.id for flow in node.outgoing}:
        yield finding("default.not_own", node.id, line=node.line, flow=node.default)
    elif len(node.outgoing) > 1 and (node.kind not in _MAY_DECIDE or not _has_condition(node)):
        yield finding("default.needless", node.id, line=node.line, flow=node.default)


def _check_condition(node: Node, flow: Flow) -> Iterator[Finding]:
    is_default = node.default == flow.id
    if flow.condition is not None and node.kind not in _MAY_DECIDE:
        yield finding("flow.condition_forbidden", flow.id, line=flow.line, source=node.id)
    elif flow.condition is not None and is_default:
        yield finding("flow.condition_on_default", flow.id, line=flow.line)
    elif (
        node.kind is ElementKind.EXCLUSIVE_GATEWAY
        and flow.condition is None
        and not is_default
        and len(node.outgoing) > 1
    ):
        yield finding("flow.condition_missing", flow.id, line=flow.line, source=node.id)


def _has_condition(node: Node) -> bool:
    return any(flow.condition is not None for flow in node.outgoing)


def _always_decides(node: Node) -> bool:
    return bool(node.outgoing) and all(flow.condition is not None for flow in node.outgoing)
