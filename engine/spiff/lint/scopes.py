"""Each process and sub-process begins at one place and comes to an end."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.spiff.diagram import Diagram, Node
from engine.spiff.lint.graph import reachable
from engine.spiff.rules import finding
from engine.spiff.xml import line_of


def check_scopes(diagram: Diagram) -> Iterator[Finding]:
    """One start, an end that can be reached, nothing dead."""
    for scope in diagram.scopes():
        nodes, starts = diagram.nodes_in(scope), diagram.beginnings(scope)
        line = diagram.nodes[scope].line if scope in diagram.nodes else line_of(diagram.process)
        if diagram.is_ad_hoc(scope):
            yield from _check_reached(nodes, starts)
        elif not starts:
            yield finding("start.missing", scope, line=line, scope=scope)
        elif len(starts) > 1:
            ids = "、".join(node.id for node in starts)
            yield finding("start.several", starts[1].id, line=starts[1].line, scope=scope, ids=ids)
        else:
            yield from _check_reached(nodes, starts)
            yield from _check_ends(nodes)
            if not (_ends(nodes, starts[0]) or _is_interrupted(diagram, nodes)):
                yield finding("end.missing", scope, line=line, scope=scope)


def _check_reached(nodes: list[Node], starts: list[Node]) -> Iterator[Finding]:
    alive = reachable(starts, {node.id: node for node in nodes})
    for node in nodes:
        if node.id not in alive and not node.is_beside_flow:
            yield finding("element.unreachable", node.id, line=node.line)


def _check_ends(nodes: list[Node]) -> Iterator[Finding]:
    for node in nodes:
        if not node.outgoing and node.kind is not ElementKind.END_EVENT and not node.is_beside_flow:
            yield finding("end.implicit", node.id, line=node.line)


def _ends(nodes: list[Node], start: Node) -> bool:
    """Whether some way comes to an end."""
    alive = reachable([start], {node.id: node for node in nodes})
    return any(not node.outgoing for node in nodes if node.id in alive)


def _is_interrupted(diagram: Diagram, nodes: list[Node]) -> bool:
    """Whether an event sub-process may end a scope that goes on for ever otherwise."""
    beside = {node.id for node in nodes if node.kind is ElementKind.EVENT_SUB_PROCESS}
    return any(node.is_event_start and node.interrupts and node.scope in beside for node in diagram.nodes.values())
