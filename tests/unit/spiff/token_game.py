"""The token game of BPMN 2.0, played as plainly as the standard tells it: the judge of the engine's joins.

Tokens lie on sequence flows. It knows nothing of the engine and is far too slow for anything but judging.
"""

from __future__ import annotations

from collections import Counter

from tests.unit.spiff.generating import Arc, Graph


class Ambiguous(Exception):
    """Two inclusive gateways could fire at once; the standard does not say which comes first."""


class TooMany(Exception):
    """More tokens than the engine would move in one step."""


class TokenGame:
    """One instance of a graph without sub-processes."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.on: Counter[str] = Counter()
        #: Tokens at user tasks.
        self.tasks: Counter[str] = Counter()
        #: How often each node was activated since the last move.
        self.visits: Counter[str] = Counter()
        self.v = 0

    def start(self, v: int) -> None:
        self.v = v
        self.visits = Counter(["start"])
        self._leave("start")
        self._rest()

    def complete(self, task: str, v: int) -> None:
        self.v = v
        self.visits = Counter()
        self.tasks[task] -= 1
        self._leave(task)
        self._rest()

    @property
    def open(self) -> list[str]:
        return sorted(self.tasks.elements())

    def _rest(self) -> None:
        while True:
            node = next((node for node in self.graph.kinds if self._is_enabled(node)), None)
            if node is None:
                merging = [node for node, kind in self.graph.kinds.items() if kind == "or" and self._may_merge(node)]
                if len(merging) > 1:
                    raise Ambiguous
                if not merging:
                    return
                node = merging[0]
            self._fire(node)
            if self.visits.total() > 400:
                raise TooMany

    def _is_enabled(self, node: str) -> bool:
        held = [self.on[arc.id] for arc in self.graph.entering(node)]
        kind = self.graph.kinds[node]
        if kind == "and":
            return bool(held) and all(held)
        return kind != "or" and any(held)

    def _fire(self, node: str) -> None:
        kind, entering = self.graph.kinds[node], self.graph.entering(node)
        held = [arc for arc in entering if self.on[arc.id]]
        for arc in entering if kind == "and" else held if kind == "or" else held[:1]:
            self.on[arc.id] -= 1
        self.visits[node] += 1
        if kind == "user":
            self.tasks[node] += 1
        else:
            self._leave(node)

    def _leave(self, node: str) -> None:
        for arc in self._taken(node):
            self.on[arc.id] += 1

    def _taken(self, node: str) -> list[Arc]:
        leaving, kind = self.graph.leaving(node), self.graph.kinds[node]
        if kind not in {"xor", "or"} or len(leaving) < 2:
            return leaving
        held = [arc for arc in leaving if arc.above is not None and self.v > arc.above]
        if kind == "xor":
            held = held[:1]
        return held or [arc for arc in leaving if arc.is_default]

    def _may_merge(self, node: str) -> bool:
        entering = self.graph.entering(node)
        full = {arc.id for arc in entering if self.on[arc.id]}
        empty = {arc.id for arc in entering} - full
        if not full:
            return False
        for beginning in self._positions():
            reached = self._flows_from(beginning, node)
            if reached & empty and not reached & full:
                return False
        return True

    def _positions(self) -> list[list[Arc]]:
        """For each token, the flows on which a path that begins with it continues or lies."""
        on_flows = [[arc] for arc in self.graph.arcs if self.on[arc.id]]
        at_tasks = [self.graph.leaving(task) for task, count in self.tasks.items() if count]
        return [*on_flows, *at_tasks]

    def _flows_from(self, beginning: list[Arc], avoiding: str) -> set[str]:
        """Flows on paths that start with the given ones and do not visit a node."""
        seen: set[str] = set()
        waiting = list(beginning)
        while waiting:
            arc = waiting.pop()
            if arc.id not in seen:
                seen.add(arc.id)
                if arc.target != avoiding:
                    waiting.extend(self.graph.leaving(arc.target))
        return seen
