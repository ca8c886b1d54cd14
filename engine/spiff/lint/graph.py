"""Loops that would never rest, and paths that are too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from engine.definition import Finding
from engine.spiff.diagram import Diagram, Node
from engine.spiff.limits import LONGEST_PATH
from engine.spiff.rules import finding
from engine.spiff.supported import SCOPES, THROWN, WAITING

Graph = Mapping[str, Sequence[str]]


def check_loops(diagram: Diagram) -> Iterator[Finding]:
    """Every loop holds a wait state."""
    ways = _ways_without_wait(diagram)
    for scope in diagram.scopes():
        nodes = {node.id: node for node in diagram.nodes_in(scope) if node.id in ways}
        graph = {identity: [target for target in ways[identity] if target in nodes] for identity in nodes}
        for component in components(graph):
            if len(component) > 1 or component[0] in graph[component[0]]:
                members = set(component)
                first = next(node for node in nodes.values() if node.id in members)
                trip = tuple(_round_trip(first.id, graph))
                told = finding("loop.without_wait", first.id, line=first.line, path=" → ".join(trip))
                yield replace(told, path=trip)


def check_path_length(diagram: Diagram) -> Iterator[Finding]:
    """No path is longer than the limit; a loop counts with all its nodes."""
    for scope in diagram.scopes():
        nodes = {node.id: node for node in diagram.nodes_in(scope)}
        longest = _longest_path(graph_of(nodes))
        if longest > LONGEST_PATH:
            yield finding("path.too_long", scope, line=1, count=longest, limit=LONGEST_PATH)


def _round_trip(start: str, graph: Graph) -> list[str]:
    """A shortest way from a node of a loop back to itself."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for target in graph[way[-1]]:
            if target == start:
                return [*way, start]
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return [start]


def graph_of(nodes: Mapping[str, Node]) -> Graph:
    """Targets by node, within the given nodes; a boundary event comes after the activity it stands on."""
    graph = {node.id: [flow.target for flow in node.outgoing if flow.target in nodes] for node in nodes.values()}
    for node in nodes.values():
        if node.attached_to in graph and not node.leads_to_handler:
            graph[node.attached_to].append(node.id)
    return graph


def reachable(starts: Iterable[Node], nodes: Mapping[str, Node]) -> set[str]:
    """Ids of the nodes that a token from one of the ``starts`` can get to."""
    seen: set[str] = set()
    waiting = [start.id for start in starts]
    graph = graph_of(nodes)
    while waiting:
        identity = waiting.pop()
        if identity not in seen:
            seen.add(identity)
            waiting.extend(graph.get(identity, ()))
    return seen


def components(graph: Graph) -> list[list[str]]:
    """Strongly connected components, each after all those it leads to (Kosaraju, without recursion)."""
    backward: dict[str, list[str]] = {node: [] for node in graph}
    for node, targets in graph.items():
        for target in targets:
            backward[target].append(node)
    seen: set[str] = set()
    forward_order = [node for start in graph for node in _finished_from(start, graph, seen)]
    seen = set()
    found = [_finished_from(start, backward, seen) for start in reversed(forward_order)]
    return [component for component in reversed(found) if component]


def _finished_from(start: str, graph: Graph, seen: set[str]) -> list[str]:
    """The nodes not seen yet that can be reached from ``start``, in the order a depth-first walk leaves them."""
    if start in seen:
        return []
    seen.add(start)
    finished = []
    walk = [(start, iter(graph[start]))]
    while walk:
        node, targets = walk[-1]
        target = next((target for target in targets if target not in seen), None)
        if target is None:
            walk.pop()
            finished.append(node)
        else:
            seen.add(target)
            walk.append((target, iter(graph[target])))
    return finished


def _ways_without_wait(diagram: Diagram) -> Graph:
    """Where a token can get to at once, by node: out of a sub-process only what can be reached inside it at once."""
    ways: dict[str, list[str]] = {}
    #: Nodes that throw something out of their scope as soon as they are entered.
    throwing = {node.id for node in diagram.nodes.values() if not node.catches and THROWN & set(node.triggers)}
    for scope in reversed(list(diagram.scopes())):
        nodes = {node.id: node for node in diagram.nodes_in(scope)}
        for node in nodes.values():
            if not _waits(node) and node.kind not in SCOPES:
                ways[node.id] = [flow.target for flow in node.outgoing]
        host, passed = diagram.nodes.get(scope), _passed(_begun_at_once(diagram, scope), nodes, ways)
        if host is not None and passed & throwing:
            throwing.add(scope)
            borders = (node for node in diagram.nodes.values() if node.attached_to == scope and not _waits(node))
            ways.setdefault(scope, []).extend(node.id for node in borders)
            if _is_handled_at_once(diagram, nodes, ways):
                ways.setdefault(scope, []).extend(flow.target for flow in host.outgoing)
        if host is not None and any(_ends(nodes[identity], ways) for identity in passed):
            ways.setdefault(scope, []).extend(flow.target for flow in host.outgoing)
    return ways


def _is_handled_at_once(diagram: Diagram, nodes: Mapping[str, Node], ways: Graph) -> bool:
    """Whether an event sub-process of the scope catches what is thrown inside and comes to its end without waiting."""
    begins = (node for node in diagram.nodes.values() if node.is_event_start and node.scope in nodes)
    return any(node.scope in ways and node.is_passed_at_once for node in begins)


def _begun_at_once(diagram: Diagram, scope: str) -> list[Node]:
    """Where tokens begin with a scope; what an ad-hoc sub-process only offers waits for somebody."""
    around = diagram.nodes[scope].ad_hoc if diagram.is_ad_hoc(scope) else None
    return [] if around is not None and not around.begins else diagram.beginnings(scope)


def _passed(begun: Iterable[Node], nodes: Mapping[str, Node], ways: Graph) -> set[str]:
    """What is entered at once when a scope begins."""
    seen: set[str] = set()
    waiting = [node.id for node in begun]
    while waiting:
        identity = waiting.pop()
        if identity in nodes and identity not in seen:
            seen.add(identity)
            waiting.extend(ways.get(identity, ()))
    return seen


def _waits(node: Node) -> bool:
    return node.kind in WAITING and not node.throws_message and not node.is_passed_at_once


def _ends(node: Node, ways: Graph) -> bool:
    """Whether a token that enters the node ends there at once, and the scope goes on."""
    return node.id in ways and not node.outgoing and "errorEventDefinition" not in node.triggers


def _longest_path(graph: Graph) -> int:
    length: dict[str, int] = {}
    for component in components(graph):
        after = max((length[target] for node in component for target in graph[node] if target in length), default=0)
        for node in component:
            length[node] = after + len(component)
    return max(length.values(), default=0)
