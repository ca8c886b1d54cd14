"""Random diagrams: sound blocks, and gateway graphs with nothing sound about them.

Decisions depend on the root variable ``v``, which every answer sets. Loops lead through user tasks only, as the lint
asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.unit.spiff.drawing import (
    again_while,
    boundary,
    document,
    end,
    error,
    exclusive,
    flow,
    for_each,
    inclusive,
    parallel,
    repeated,
    script,
    start,
    sub,
    terminate,
    user,
)


@dataclass
class Arc:
    """A sequence flow; taken when ``v`` is above the threshold, or always, or by default."""

    id: str
    source: str
    target: str
    above: int | None = None
    is_default: bool = False


@dataclass
class Graph:
    """One scope of a diagram."""

    kinds: dict[str, str] = field(default_factory=dict)
    arcs: list[Arc] = field(default_factory=list)
    inner: dict[str, Graph] = field(default_factory=dict)
    #: Sub-process by the event on its border that catches the error thrown inside.
    hosts: dict[str, str] = field(default_factory=dict)
    #: What says how activities are performed several times.
    repeats: dict[str, str] = field(default_factory=dict)

    def connect(self, source: str, target: str, above: int | None = None, *, is_default: bool = False) -> None:
        identity = f"{source}-{target}-{len(self.arcs)}"
        self.arcs.append(Arc(identity, source, target, above, is_default))

    def leaving(self, node: str) -> list[Arc]:
        return [arc for arc in self.arcs if arc.source == node]

    def entering(self, node: str) -> list[Arc]:
        return [arc for arc in self.arcs if arc.target == node]

    def all_kinds(self) -> list[str]:
        return [*self.kinds.values(), *(kind for inner in self.inner.values() for kind in inner.all_kinds())]

    def all_nodes(self) -> list[str]:
        return [*self.kinds, *(node for inner in self.inner.values() for node in inner.all_nodes())]

    def parts(self) -> list[str]:
        """The scope as BPMN text."""
        drawn = [self._repeated(node, self._draw(node, kind)) for node, kind in self.kinds.items()]
        flows = [
            flow(arc.source, arc.target, None if arc.above is None else f"= v > {arc.above}", arc.id)
            for arc in self.arcs
        ]
        return [*drawn, *flows]

    def source(self) -> bytes:
        return document(*self.parts())

    def repeat(self, random: Random, characteristics: Sequence[str]) -> None:
        """Let about half of the activities be repeated."""
        for node, kind in self.kinds.items():
            if kind in {"user", "script", "sub"} and random.random() < 0.5:
                self.repeats[node] = random.choice(characteristics)
        for inner in self.inner.values():
            inner.repeat(random, characteristics)

    def _repeated(self, node: str, drawn: str) -> str:
        return repeated(drawn, self.repeats[node]) if node in self.repeats else drawn

    def _draw(self, node: str, kind: str) -> str:
        default = next((arc.id for arc in self.leaving(node) if arc.is_default), None)
        attributes = {"default": default} if default else {}
        if kind == "sub":
            return sub(node, *self.inner[node].parts())
        if kind == "border":
            return boundary(node, self.hosts[node], error("lost"))
        if kind == "fail":
            return end(node, error("lost"))
        if kind == "script":
            return script(node, '= "s"', f"made_by_{node}")
        if kind in {"xor", "or"}:
            return {"xor": exclusive, "or": inclusive}[kind](node, **attributes)
        return {"start": start, "end": end, "stop": terminate, "user": user, "and": parallel}[kind](node)


class Blocks:
    """Builds diagrams from nested blocks; every one of them is sound."""

    def __init__(self, random: Random, *, may_stop: bool) -> None:
        self._random = random
        self._count = 0
        self._may_stop = may_stop

    def graph(self, depth: int) -> Graph:
        graph = Graph()
        first, last = self._add(graph, "start"), None
        last = self._block(graph, first, depth)
        graph.connect(last, self._add(graph, "end"))
        return graph

    def _add(self, graph: Graph, kind: str) -> str:
        self._count += 1
        name = f"{kind}{self._count}"
        graph.kinds[name] = kind
        return name

    def _block(self, graph: Graph, before: str, depth: int) -> str:
        makers = [self._user, self._script]
        if depth:
            makers += [self._sequence, self._choice, self._fork, self._some, self._loop, self._sub, self._attempt]
        if depth and self._may_stop:
            makers.append(self._stop)
        return self._random.choice(makers)(graph, before, depth - 1)

    def _user(self, graph: Graph, before: str, _depth: int) -> str:
        name = self._add(graph, "user")
        graph.connect(before, name)
        return name

    def _script(self, graph: Graph, before: str, _depth: int) -> str:
        name = self._add(graph, "script")
        graph.connect(before, name)
        return name

    def _sequence(self, graph: Graph, before: str, depth: int) -> str:
        for _ in range(self._random.randint(2, 3)):
            before = self._block(graph, before, depth)
        return before

    def _split(self, graph: Graph, before: str, depth: int, *, kind: str, decides: bool) -> str:
        opening, closing = self._add(graph, kind), self._add(graph, kind)
        graph.connect(before, opening)
        branches = self._random.randint(2, 3)
        for index in range(branches):
            entry = self._add(graph, "script")
            above = self._random.randint(0, 3) if decides and index else None
            graph.connect(opening, entry, above, is_default=decides and not index)
            graph.connect(self._block(graph, entry, depth), closing)
        return closing

    def _choice(self, graph: Graph, before: str, depth: int) -> str:
        return self._split(graph, before, depth, kind="xor", decides=True)

    def _fork(self, graph: Graph, before: str, depth: int) -> str:
        return self._split(graph, before, depth, kind="and", decides=False)

    def _some(self, graph: Graph, before: str, depth: int) -> str:
        return self._split(graph, before, depth, kind="or", decides=True)

    def _loop(self, graph: Graph, before: str, depth: int) -> str:
        opening, closing = self._add(graph, "xor"), self._add(graph, "xor")
        graph.connect(before, opening)
        asked = self._user(graph, self._block(graph, opening, depth), depth)
        graph.connect(asked, closing)
        graph.connect(closing, opening, 1)
        after = self._add(graph, "script")
        graph.connect(closing, after, is_default=True)
        return after

    def _sub(self, graph: Graph, before: str, depth: int) -> str:
        name = self._add(graph, "sub")
        graph.connect(before, name)
        graph.inner[name] = self.graph(depth)
        return name

    def _attempt(self, graph: Graph, before: str, depth: int) -> str:
        """A sub-process that fails for some answers, and goes on from its border then."""
        name, border, closing = (self._add(graph, kind) for kind in ("sub", "border", "xor"))
        graph.connect(before, name)
        graph.connect(name, closing)
        graph.connect(self._block(graph, border, depth), closing)
        graph.hosts[border] = name
        inner = graph.inner[name] = Graph()
        asked = self._user(inner, self._add(inner, "start"), depth)
        gate, fail = self._add(inner, "xor"), self._add(inner, "fail")
        inner.connect(asked, gate)
        inner.connect(gate, fail, self._random.randint(0, 3))
        after = self._add(inner, "script")
        inner.connect(gate, after, is_default=True)
        inner.connect(self._block(inner, after, depth), self._add(inner, "end"))
        return closing

    def _stop(self, graph: Graph, before: str, depth: int) -> str:
        fork, stop = self._add(graph, "and"), self._add(graph, "stop")
        graph.connect(before, fork)
        graph.connect(self._user(graph, fork, depth), stop)
        return self._block(graph, fork, depth)


def structured(seed: int, *, may_stop: bool = True) -> Graph:
    """A sound diagram; with terminate ends unless told otherwise."""
    return Blocks(Random(seed), may_stop=may_stop).graph(3)


def repeating(seed: int) -> Graph:
    """A sound diagram in which activities are repeated up to three times."""
    graph = structured(seed)
    parallel_, sequential = for_each(cardinality="v", until="v = 4"), for_each("= [1, 2, 3]", "n", isSequential="true")
    graph.repeat(Random(seed), [parallel_, sequential, again_while("v > 2", loopMaximum="3")])
    return graph


def performed_once(seed: int) -> Graph:
    """An unstructured graph in which activities are repeated, but performed no more than once."""
    graph = unstructured(seed)
    once = [for_each(cardinality="1"), for_each('= ["x"]', "n", isSequential="true")]
    graph.repeat(Random(seed), [*once, again_while(loopMaximum="1"), again_while("false")])
    return graph


def unstructured(seed: int) -> Graph:
    """A graph of gateways and tasks, connected at random; only user tasks lead backwards."""
    random = Random(seed)
    graph = Graph(kinds={"start": "start"})
    names = ["start"]
    for index in range(random.randint(4, 12)):
        kind = random.choice(["user", "user", "script", "xor", "and", "and", "or"])
        name = f"{kind}{index}"
        graph.kinds[name] = kind
        source = "start" if index == 0 else random.choice(names[max(1, len(names) - 3) :])
        graph.connect(source, name)
        names.append(name)
    for _ in range(random.randint(2, 7)):
        source = random.choice(names[1:])
        later = names[names.index(source) + 1 :]
        targets = names[1:] if graph.kinds[source] == "user" else later
        if targets:
            graph.connect(source, random.choice(targets))
    graph.kinds["end"] = "end"
    graph.connect(random.choice(names[1:]), "end")
    _decide(graph, random)
    return graph


def faulty(seed: int) -> Graph:
    """The same, where some gateways have no default flow and may find no way on."""
    graph, random = unstructured(seed), Random(seed + 1)
    for arc in graph.arcs:
        if arc.is_default and random.random() < 0.5:
            arc.is_default, arc.above = False, 2
    return graph


def _decide(graph: Graph, random: Random) -> None:
    """Give every splitting exclusive or inclusive gateway conditions and a default."""
    for node, kind in graph.kinds.items():
        leaving = graph.leaving(node)
        if kind in {"xor", "or"} and len(leaving) > 1:
            leaving[0].is_default = True
            for arc in leaving[1:]:
                arc.above = random.randint(0, 3)
