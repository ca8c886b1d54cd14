"""Compensation and transactions: what undoes what is told without doubt, and can come to pass."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.spiff.attributes import TriggerKind
from engine.spiff.compensation import Compensations, begins_compensation
from engine.spiff.diagram import Diagram, Node
from engine.spiff.event_definitions import code_of
from engine.spiff.rules import finding
from engine.spiff.xml import local_name

_COMPENSATION, _CANCEL = TriggerKind.COMPENSATION, TriggerKind.CANCEL


def check_compensation(diagram: Diagram) -> Iterator[Finding]:
    """Whatever can be undone has one way to be, and whoever undoes finds something to undo."""
    found = Compensations(diagram)
    for node in diagram.nodes.values():
        if node.leads_to_handler:
            yield from _check_border(found, node)
        elif begins_compensation(node):
            yield from _check_start(diagram, found, node)
        elif _COMPENSATION in node.triggers:
            yield from _check_throw(diagram, found, node)
        elif node.is_handler:
            yield from _check_handler(diagram, found, node)


def check_transactions(diagram: Diagram) -> Iterator[Finding]:
    """Whoever cancels stands in a transaction, whose border says where it goes on."""
    borders = {node.attached_to for node in diagram.nodes.values() if node.attached_to and _CANCEL in node.triggers}
    for node in diagram.nodes.values():
        if _CANCEL not in node.triggers or node.kind is not ElementKind.END_EVENT:
            continue
        around = diagram.nodes.get(node.scope)
        if around is None or local_name(around.xml) != "transaction":
            yield finding("transaction.cancel", node.id, line=node.line)
        elif around.id not in borders:
            yield finding("transaction.uncaught", node.id, line=node.line, transaction=around.id)
        elif around.repetition is not None:
            yield finding("transaction.repeated", node.id, line=node.line, transaction=around.id)


def _check_border(found: Compensations, border: Node) -> Iterator[Finding]:
    yield from _check_flows(border)
    if (count := len(found.handlers[border.id])) != 1:
        yield finding("compensation.handler", border.id, line=border.line, count=count)
    ways = [*found.borders[border.attached_to], *found.starts.get(border.attached_to, ())]
    if border is not ways[0] or len(ways) > len(found.borders[border.attached_to]):
        yield finding("compensation.several", border.id, line=border.line, host=border.attached_to)


def _check_handler(diagram: Diagram, found: Compensations, handler: Node) -> Iterator[Finding]:
    yield from _check_flows(handler)
    count = sum(handler in handlers for handlers in found.handlers.values())
    if count != 1:
        yield finding("compensation.unreached", handler.id, line=handler.line, count=count)
    for node in diagram.nodes.values():
        if node.attached_to == handler.id:
            yield finding("compensation.guarded", node.id, line=node.line, host=handler.id)


def _check_start(diagram: Diagram, found: Compensations, start: Node) -> Iterator[Finding]:
    scope = diagram.nodes[start.scope].scope
    around = diagram.nodes.get(scope)
    if around is None or around.kind is not ElementKind.SUB_PROCESS:
        yield finding("compensation.start", start.id, line=start.line, scope=scope)
    elif start is not found.starts[scope][0]:
        yield finding("compensation.several", start.id, line=start.line, host=scope)


def _check_throw(diagram: Diagram, found: Compensations, node: Node) -> Iterator[Finding]:
    there = [each for scope in _acted_for(diagram, node) for each in found.undoable.get(scope, ())]
    for definition in node.definitions:
        if local_name(definition) != _COMPENSATION:
            continue
        if definition.get("waitForCompletion", "true") != "true":
            yield finding("compensation.not_awaited", node.id, line=node.line)
        reference = code_of(definition)
        if reference and reference not in {each.id for each in there}:
            yield finding("compensation.activity", node.id, line=node.line, reference=reference[:40])
        elif not there:
            yield finding("compensation.nothing", node.id, line=node.line)


def _acted_for(diagram: Diagram, node: Node) -> Iterator[str]:
    """The scope of an event, then the one around it while that is an event sub-process."""
    for each in diagram.around(node):
        if each is not node and each.kind is not ElementKind.EVENT_SUB_PROCESS:
            return
        yield each.scope


def _check_flows(node: Node) -> Iterator[Finding]:
    for flow in (*node.incoming, *node.outgoing):
        yield finding("compensation.flow", node.id, line=flow.line, flow=flow.id)
