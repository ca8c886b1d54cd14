"""Points that can be asked for the nearest, in metres."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import hypot
from typing import Generic, TypeVar

import shapely
from shapely import STRtree

from processes.territory.plane import Plane
from processes.territory.points import Point

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Near(Generic[Item]):
    """An item and how far away it is."""

    item: Item
    metres: float


def _any(_: object) -> bool:
    return True


class PointIndex(Generic[Item]):
    """Items by their position, projected to the plane of the first one's zone."""

    def __init__(self, placed_items: Iterable[tuple[Point, Item]]) -> None:
        pairs = tuple(placed_items)
        self._items = tuple(item for _, item in pairs)
        self._plane = Plane(pairs[0][0].lon if pairs else 0.0)
        self._positions = self._plane.positions([point for point, _ in pairs])
        self._tree = STRtree(shapely.points(self._positions) if pairs else [])

    def nearest(
        self, point: Point, *, within_metres: float, most: int = 5, where: Callable[[Item], bool] = _any
    ) -> tuple[Near[Item], ...]:
        """At most `most` items no farther than `within_metres`, nearest first; `where` says which count."""
        x, y = self._plane.position(point)
        found = self._tree.query(shapely.points((x, y)), predicate="dwithin", distance=within_metres)
        near = []
        for position in found.tolist():
            if where(self._items[position]):
                east, north = self._positions[position]
                near.append((hypot(east - x, north - y), position))
        return tuple(Near(self._items[position], metres) for metres, position in sorted(near)[:most])
