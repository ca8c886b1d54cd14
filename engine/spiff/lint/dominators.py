"""Dominators of a graph: which vertices every way from the root to a vertex leads through.

The algorithm is that of Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm".
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

V = TypeVar("V", bound=Hashable)


class Dominators(Generic[V]):
    """The dominators of every vertex that can be reached from a root."""

    def __init__(self, root: V, after: Mapping[V, Sequence[V]]) -> None:
        order = _postorder(root, after)
        self._number = {vertex: number for number, vertex in enumerate(order)}
        before: dict[V, list[V]] = {vertex: [] for vertex in order}
        for vertex in order:
            for target in after.get(vertex, ()):
                before[target].append(vertex)
        self._nearest: dict[V, V] = {root: root}
        changes = True
        while changes:
            changes = False
            for vertex in reversed(order[:-1]):
                nearest = self._common([one for one in before[vertex] if one in self._nearest])
                changes |= self._nearest.get(vertex) != nearest
                self._nearest[vertex] = nearest

    def __contains__(self, vertex: object) -> bool:
        """Whether a vertex can be reached at all."""
        return vertex in self._nearest

    def dominates(self, first: V, last: V) -> bool:
        """Whether every way to ``last`` leads through ``first``; a vertex dominates itself."""
        while self._number[last] < self._number[first]:
            last = self._nearest[last]
        return first == last

    def _common(self, vertices: Sequence[V]) -> V:
        """The nearest vertex that dominates all of them."""
        found = vertices[0]
        for other in vertices[1:]:
            while found != other:
                if self._number[found] < self._number[other]:
                    found = self._nearest[found]
                else:
                    other = self._nearest[other]
        return found


def _postorder(root: V, after: Mapping[V, Sequence[V]]) -> list[V]:
    seen, order = {root}, []
    walk = [(root, iter(after.get(root, ())))]
    while walk:
        vertex, targets = walk[-1]
        target = next((target for target in targets if target not in seen), None)
        if target is None:
            walk.pop()
            order.append(vertex)
        else:
            seen.add(target)
            walk.append((target, iter(after.get(target, ()))))
    return order
