"""A spatial index: which of many areas holds a point, crosses a shape or lies nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

Item = TypeVar("Item")


class AreaIndex(Generic[Item]):
    """Items by their shape, all in one coordinate system. Answers keep the order in which the items were given."""

    def __init__(self, shaped_items: Iterable[tuple[BaseGeometry, Item]]) -> None:
        pairs = tuple(shaped_items)
        self._items = tuple(item for _, item in pairs)
        self._shapes = [shape for shape, _ in pairs]
        self._tree = STRtree(self._shapes)

    def __len__(self) -> int:
        return len(self._items)

    def at(self, x: float, y: float) -> tuple[Item, ...]:
        """The items whose shape holds the position; one on a shared edge is held by both sides."""
        return self.crossing(shapely.points((x, y)))

    def crossing(self, shape: BaseGeometry) -> tuple[Item, ...]:
        """The items whose shape has a point in common with `shape`."""
        return self._in_order(self._tree.query(shape, predicate="intersects"))

    def within(self, x: float, y: float, distance: float) -> tuple[Item, ...]:
        """The items at most `distance` away, in units of the coordinate system."""
        found = self._tree.query(shapely.points((x, y)), predicate="dwithin", distance=distance)
        return self._in_order(found)

    def overlapping(self) -> Iterator[tuple[Item, Item, BaseGeometry]]:
        """Each two items that share ground, the earlier first, with the shape of what they share."""
        if not self._shapes:
            return
        firsts, seconds = self._tree.query(self._shapes, predicate="intersects")
        for one, other in zip(firsts.tolist(), seconds.tolist(), strict=True):
            if one < other:
                shared = self._shapes[one].intersection(self._shapes[other])
                if shared.area > 0:
                    yield self._items[one], self._items[other], shared

    def _in_order(self, found: Iterable[int]) -> tuple[Item, ...]:
        return tuple(self._items[position] for position in sorted(found))
