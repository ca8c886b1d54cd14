"""One scope of a diagram as a game of tokens.

A token lies on a flow, or stands at an element that waits. It has a strand: 0, or the number of the boundary event that
set it off beside its activity; tokens of one such strand may be many, because that is what not interrupting means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from engine.definition import ElementKind
from engine.spiff.diagram import Diagram, Flow, Node
from engine.spiff.supported import WAITING

#: Where the choice is between single ways.
_CHOOSES_ONE: Final = frozenset({"exclusive_gateway", "event_based_gateway"})
#: Elements that clear their scope.
_CLEARS: Final = frozenset({"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"})
#: Elements that wait until something is undone.
_UNDOES: Final = "compensateEventDefinition"
#: The strand of what was begun by somebody: tokens of it may be many, too.
OFFERED: Final = -1
#: Beyond so many ways only each alone and all together are tried.
_MOST_WAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A token on a flow, or at an element."""

    #: Index of the flow; -1 for a token at an element.
    flow: int
    #: The element at which it stands, or to which its flow leads.
    node: str
    strand: int = 0
    #: Boundary events that have set off something beside this activation.
    set_off: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Net:
    """One scope."""

    scope: str
    nodes: Mapping[str, Node]
    flows: Sequence[Flow]
    starts: tuple[str, ...]
    #: Flows that nobody drew, to what an ad-hoc sub-process offers: it is played as if each were begun once.
    offers: tuple[int, ...]
    #: Flows that leave and enter, by element.
    leaving: Mapping[str, tuple[int, ...]]
    entering: Mapping[str, tuple[int, ...]]
    #: Boundary events, by the activity that they stand on.
    borders: Mapping[str, tuple[Node, ...]]
    #: By inclusive gateway and element: the flows into the gateway that are reached from there without passing it.
    reaching: Mapping[str, Mapping[str, frozenset[int]]]
    #: Number of each boundary event that does not interrupt.
    strands: Mapping[str, int] = field(default_factory=dict)

    def waits(self, node: Node) -> bool:
        """Whether a token stands at the element until somebody acts, or may be taken from it by an event."""
        if node.id in self.borders or node.kind is ElementKind.SUB_PROCESS or _UNDOES in node.triggers:
            return True
        return node.kind in WAITING and not node.is_passed_at_once

    def clears(self, node: Node) -> bool:
        """Whether entering the element takes every token out of the scope."""
        return node.kind is ElementKind.END_EVENT and not _CLEARS.isdisjoint(node.triggers)

    def is_join(self, node: str) -> bool:
        """Whether the element waits for tokens on several flows."""
        kinds = (ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY)
        return self.nodes[node].kind in kinds and len(self.entering[node]) > 1

    def ways(self, node: Node) -> Iterator[tuple[int, ...]]:
        """Every choice of flows by which a token may leave."""
        leaving = self.leaving[node.id]
        if node.kind.value in _CHOOSES_ONE and leaving:
            yield from ((flow,) for flow in leaving)
        elif node.kind is ElementKind.PARALLEL_GATEWAY or not self._decides(node):
            yield leaving
        else:
            yield from self._chosen(node, leaving)

    def on(self, flow: int, strand: int) -> Token:
        """A token on a flow."""
        return Token(flow, self.flows[flow].target, strand)

    def _decides(self, node: Node) -> bool:
        return any(self.flows[flow].condition is not None for flow in self.leaving[node.id])

    def _chosen(self, node: Node, leaving: Sequence[int]) -> Iterator[tuple[int, ...]]:
        default = tuple(flow for flow in leaving if self.flows[flow].id == node.default)
        open_ = [flow for flow in leaving if flow not in default and self.flows[flow].condition is not None]
        always = tuple(flow for flow in leaving if flow not in default and flow not in open_)
        for chosen in _subsets(open_):
            if chosen or always:
                yield (*always, *chosen)
        if default and not always:
            yield default


def net_of(diagram: Diagram, scope: str) -> Net:
    """The game of one scope."""
    # Handlers are begun by what undoes, which waits for them.
    nodes = {node.id: node for node in diagram.nodes_in(scope) if not (node.is_handler or node.leads_to_handler)}
    flows = [flow for node in nodes.values() for flow in node.outgoing if flow.target in nodes]
    leaving, entering = _ends(nodes, flows)
    offers = _offers(diagram, scope)
    borders = {
        host: tuple(node for node in nodes.values() if node.attached_to == host)
        for host in {node.attached_to for node in nodes.values() if node.attached_to in nodes}
    }
    beside = [node.id for events in borders.values() for node in events if not node.interrupts]
    return Net(
        scope=scope,
        nodes=nodes,
        flows=[*flows, *offers],
        starts=() if offers else tuple(node.id for node in diagram.beginnings(scope)),
        offers=tuple(range(len(flows), len(flows) + len(offers))),
        leaving=leaving,
        entering=entering,
        borders=borders,
        reaching={
            node.id: _reaching(
                node.id, {flow: flows[flow].source for flow in entering[node.id]}, _before(flows, borders)
            )
            for node in nodes.values()
            if node.kind is ElementKind.INCLUSIVE_GATEWAY and len(entering[node.id]) > 1
        },
        strands={identity: number for number, identity in enumerate(beside, 1)},
    )


def _offers(diagram: Diagram, scope: str) -> list[Flow]:
    offered = diagram.beginnings(scope) if diagram.is_ad_hoc(scope) else []
    undrawn = Flow(id="", name="", line=0, scope=scope, source="", target="", condition=None, language="")
    return [replace(undrawn, target=node.id) for node in offered]


def _ends(nodes: Iterable[str], flows: Sequence[Flow]) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    leaving: dict[str, tuple[int, ...]] = dict.fromkeys(nodes, ())
    entering: dict[str, tuple[int, ...]] = dict.fromkeys(nodes, ())
    for index, flow in enumerate(flows):
        leaving[flow.source] += (index,)
        entering[flow.target] += (index,)
    return leaving, entering


def _before(flows: Sequence[Flow], borders: Mapping[str, tuple[Node, ...]]) -> Mapping[str, list[str]]:
    """Elements from which a token comes to each, over a flow or over the border of an activity."""
    before: dict[str, list[str]] = {}
    for flow in flows:
        before.setdefault(flow.target, []).append(flow.source)
    for host, events in borders.items():
        for event in events:
            before.setdefault(event.id, []).append(host)
    return before


def _reaching(
    gateway: str, sources: Mapping[int, str], before: Mapping[str, Sequence[str]]
) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for flow, source in sources.items():
        waiting = [source]
        while waiting:
            name = waiting.pop()
            if name != gateway and flow not in found.setdefault(name, set()):
                found[name].add(flow)
                waiting.extend(before.get(name, ()))
    return {name: frozenset(flows) for name, flows in found.items()}


def _subsets(flows: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if len(flows) > _MOST_WAYS:
        yield from ((flow,) for flow in flows)
        yield tuple(flows)
        return
    for size in range(len(flows) + 1):
        yield from combinations(flows, size)
