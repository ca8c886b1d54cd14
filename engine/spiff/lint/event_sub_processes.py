"""Event sub-processes: each begins with one event that can come, beside the flow and never in it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.spiff.attributes import PublicationKind, TriggerKind
from engine.spiff.diagram import Diagram, Node
from engine.spiff.event_definitions import code_of
from engine.spiff.rules import finding
from engine.spiff.supported import THROWERS
from engine.spiff.xml import local_name


def check_event_sub_processes(diagram: Diagram) -> Iterator[Finding]:
    """Each has a start that catches something, no flow, and a cause of its own."""
    seen: dict[tuple[str, str, str], str] = {}
    for node in diagram.nodes.values():
        if node.kind is ElementKind.EVENT_SUB_PROCESS:
            for flow in (*node.incoming, *node.outgoing):
                yield finding("event_sub_process.flow", node.id, line=flow.line, flow=flow.id)
        if node.is_event_start:
            yield from _check_start(node)
            yield from _check_causes(diagram.nodes[node.scope], node, seen)


def _check_start(start: Node) -> Iterator[Finding]:
    if not start.definitions:
        yield finding("event_sub_process.start", start.id, line=start.line)
    if TriggerKind.ERROR in start.triggers and not start.interrupts:
        yield finding("event.not_interrupting", start.id, line=start.line)


def _check_causes(around: Node, start: Node, seen: dict[tuple[str, str, str], str]) -> Iterator[Finding]:
    """Two event sub-processes of one scope for one cause: nobody could tell which begins."""
    codes = [(local_name(one), code_of(one)) for one in start.definitions if local_name(one) in THROWERS]
    # A signal reaches everybody who waits for it; a message must find one.
    messages = [one for one in start.publications if one.kind is PublicationKind.MESSAGE and one.name]
    names = [(one.kind.value, f"{one.name}/{one.key}") for one in messages]
    for kind, name in (*codes, *names):
        first = seen.setdefault((around.scope, kind, name), start.id)
        if first != start.id:
            yield finding("event_sub_process.twice", start.id, line=start.line, other=first)
