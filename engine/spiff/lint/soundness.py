"""Whether the diagram can come to a good end; only asked of diagrams in which nothing else is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.definition import Finding
from engine.spiff.diagram import Diagram
from engine.spiff.limits import MOST_MOVES_PLAYED
from engine.spiff.lint.graph import reachable
from engine.spiff.rules import finding
from engine.spiff.soundness import Explored, explore, net_of


def check_soundness(diagram: Diagram) -> Iterator[Finding]:
    """Play each scope, all of them together within the limit."""
    left = MOST_MOVES_PLAYED
    for scope in diagram.scopes():
        found = explore(net_of(diagram, scope), left)
        left = max(left - found.moves, 0)
        yield from _judged(diagram, found)


def _judged(diagram: Diagram, found: Explored) -> Iterator[Finding]:
    yield from _stuck(diagram, found)
    if found.doubled is not None:
        node, tokens = found.doubled
        several = finding("soundness.several_tokens", node, line=diagram.nodes[node].line, at=node)
        yield replace(several, path=found.way_to(tokens))
    if found.gave_up:
        scope = found.net.scope
        line = diagram.nodes[scope].line if scope in diagram.nodes else diagram.line
        yield finding("soundness.gave_up", scope, line=line, scope=scope, moves=found.moves)
    else:
        yield from _dead(diagram, found)


def _stuck(diagram: Diagram, found: Explored) -> Iterator[Finding]:
    """Each join at which it may stand still, with the nearest way there."""
    rule = "soundness.may_deadlock" if found.completes or found.gave_up else "soundness.deadlock"
    told: set[str] = set()
    for tokens in found.stuck:
        held = sorted((token.flow, token.node) for token, _ in tokens)
        _, join = held[0]
        if join not in told:
            told.add(join)
            way = (*found.way_to(tokens), *(found.net.flows[flow].id for flow, node in held if node == join))
            yield replace(finding(rule, join, line=diagram.nodes[join].line, join=join), path=way)


def _dead(diagram: Diagram, found: Explored) -> Iterator[Finding]:
    net = found.net
    begun = (net.nodes[identity] for identity in (*net.starts, *(net.flows[flow].target for flow in net.offers)))
    alive = reachable(begun, net.nodes)
    for identity in net.nodes:
        if identity in alive and identity not in found.entered:
            line = diagram.nodes[identity].line
            yield finding("soundness.dead", identity, line=line, at=identity)
