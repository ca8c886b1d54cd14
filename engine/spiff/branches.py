"""Which parallel branches the nodes of a scope lie in: whether a token may be moved without breaking a join."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from engine.spiff.reachability import reaching, upstream_of
from engine.spiff.specs import EventGateway, ExclusiveGateway, InclusiveGateway, Join, Node

#: Joins that wait for a token beside others, each with the incoming flows that the token can come by.
Inside = frozenset[tuple[str, frozenset[str]]]


class Branches:
    """The parallel branches of one scope; computed when the first token is moved, then kept with the definition."""

    def __init__(self, nodes: Mapping[str, Node], ways: Iterable[tuple[str, str, str]]) -> None:
        """``ways`` are (flow, source, target) by lowered ids; a token can also leave an activity by its border."""
        self._nodes = nodes
        self._ways = tuple(ways)

    def inside(self, node: str, *, with_inclusive: bool) -> Inside:
        """The joins that a token at the node is one of several for; inclusive ones only when asked for."""
        return frozenset(
            (join, flows)
            for join, ways in self._reaching.items()
            if with_inclusive or not isinstance(self._nodes[join], InclusiveGateway)
            if 0 < len(flows := frozenset(flow for flow, nodes in ways.items() if node in nodes)) < len(ways)
        )

    def forks_between(self, first: str, last: str) -> bool:
        """Whether a token on its way from one node to another may be split and not joined again."""
        between = self._spread(first, self._after) & self._spread(last, self._before)
        return any(_splits(self._nodes[name]) for name in between) or self._scatters_between(first, last)

    def meetings(self, node: str, others: Collection[str]) -> frozenset[str]:
        """The inclusive joins where a token at the node may go on as one with another, though a join counts on both."""
        return frozenset(
            merge for merge, before in self._counted_merges.items() if node in before and not before.isdisjoint(others)
        )

    def _scatters_between(self, first: str, last: str) -> bool:
        """Whether the way, within the branches around both, leads over a split that leads on by some branches only."""
        around = [join for join, _ in self.inside(first, with_inclusive=True)]
        splits = (name for name in self._upstream(last, *around) if _splits(self._nodes[name]))
        return any(first in self._upstream(name, *around) and self._strays(name, last) for name in splits)

    def _strays(self, split: str, last: str) -> bool:
        leading_on = self._upstream(last, split)
        return len({flow.target.name in leading_on for flow in self._nodes[split].outgoing}) > 1

    def _upstream(self, node: str, *avoiding: str) -> frozenset[str]:
        return upstream_of(node, self._before, avoiding)

    @cached_property
    def _counted_merges(self) -> Mapping[str, frozenset[str]]:
        """The inclusive joins in parallel branches, each with itself and the nodes from which it can be reached."""
        return {
            name: frozenset({name}).union(*ways.values())
            for name, ways in self._reaching.items()
            if isinstance(self._nodes[name], InclusiveGateway) and self.inside(name, with_inclusive=False)
        }

    @cached_property
    def _reaching(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        return {name: reaching(name, self._ways) for name, node in self._nodes.items() if is_join(node)}

    @cached_property
    def _after(self) -> Mapping[str, Collection[str]]:
        return _grouped((source, target) for _, source, target in self._ways)

    @cached_property
    def _before(self) -> Mapping[str, Collection[str]]:
        return _grouped((target, source) for _, source, target in self._ways)

    def _spread(self, start: str, ways: Mapping[str, Collection[str]]) -> set[str]:
        """Every node that is met on the ways before a join."""
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            name = waiting.pop()
            if name not in seen and not is_join(self._nodes[name]):
                seen.add(name)
                waiting.extend(ways.get(name, ()))
        return seen


def is_join(node: Node) -> bool:
    """Whether tokens wait at the node for others."""
    return isinstance(node, Join) and len(node.incoming) > 1


def _splits(node: Node) -> bool:
    return len(node.outgoing) > 1 and not isinstance(node, ExclusiveGateway | EventGateway)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Collection[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found
