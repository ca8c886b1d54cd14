"""The lists compiled for questions: what each has to say about a category in a place, best row first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from processes.responsibility.categories import breadth_of, selectors_of
from processes.responsibility.rows import AreaRow, BoundaryRow, FacilityRow
from processes.territory import AreaIndex, Place, Plane

#: Rank of drawn areas among places: drawn for an exception, they go before the grid.
_DRAWN = -1


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row with its rank; lower is better, equal ranks that name different units contradict each other."""

    row: AreaRow | BoundaryRow | FacilityRow
    rank: tuple[int, int]


@dataclass(slots=True)
class _ByPlace:
    """Rows by the code of their place and by category."""

    rows: dict[tuple[str, str], list[AreaRow | FacilityRow]] = field(default_factory=dict)

    def add(self, place: str, category: str, row: AreaRow | FacilityRow) -> None:
        self.rows.setdefault((place, category), []).append(row)

    def ranked(self, places: Sequence[str], selectors: Sequence[str]) -> list[Ranked]:
        return [
            Ranked(row, (breadth, rank))
            for breadth, selector in enumerate(selectors)
            for rank, place in enumerate(places)
            for row in self.rows.get((place, selector), ())
        ]


class AreaLookup:
    """Which area rows reach a category in a place: the narrower category first, then the smaller place."""

    def __init__(self, rows: Iterable[AreaRow], areas: Mapping[str, BaseGeometry]) -> None:
        self._by_place = _ByPlace()
        drawn: list[tuple[BaseGeometry, AreaRow]] = []
        for row in rows:
            if row.place in areas:
                drawn.append((areas[row.place], row))
            else:
                self._by_place.add(row.place, row.category, row)
        self._drawn = AreaIndex(drawn)

    def ranked(self, place: Place, subcategory: str) -> list[Ranked]:
        """The rows, best first."""
        selectors = selectors_of(subcategory)
        found = self._by_place.ranked(place.divisions, selectors)
        for row in self._drawn.at(place.point.lon, place.point.lat):
            if row.category in selectors:
                found.append(Ranked(row, (breadth_of(row.category), _DRAWN)))
        return sorted(found, key=_rank_and_key)


class BoundaryLookup:
    """Which boundary rows hold at a place: the narrower category first, then in order of key."""

    def __init__(self, rows: Iterable[BoundaryRow]) -> None:
        self._index = AreaIndex((zone_of(row), row) for row in rows)

    def ranked(self, place: Place, subcategory: str) -> list[Ranked]:
        """The rows, best first."""
        selectors = selectors_of(subcategory)
        found = self._index.at(place.point.lon, place.point.lat)
        ranked = (Ranked(row, (breadth_of(row.category), 0)) for row in found if row.category in selectors)
        return sorted(ranked, key=_rank_and_key)


class FacilityLookup:
    """Which facility rows reach a component: its own first, then the narrower category, then the smaller place."""

    _ITS_OWN = -1
    _EVERYWHERE = ""

    def __init__(self, rows: Iterable[FacilityRow]) -> None:
        self._by_component: dict[str, list[FacilityRow]] = {}
        self._by_place = _ByPlace()
        for row in rows:
            if row.component:
                self._by_component.setdefault(row.component, []).append(row)
            else:
                self._by_place.add(row.place, row.category, row)

    def ranked(self, place: Place, subcategory: str, component: str) -> list[Ranked]:
        """The rows, best first; `component` is a number of the register or empty."""
        selectors = selectors_of(subcategory)
        own = self._by_component.get(component, ()) if component else ()
        found = [Ranked(row, (self._ITS_OWN, 0)) for row in own if row.category in selectors]
        found += self._by_place.ranked((*place.divisions, self._EVERYWHERE), selectors)
        return sorted(found, key=_rank_and_key)


def zone_of(row: BoundaryRow) -> BaseGeometry:
    """The ground on which a boundary row holds, in degrees: its shape widened by its reach."""
    if not row.reach_metres:
        return row.shape
    plane = Plane.around(row.shape)
    return plane.degrees(plane.flat(row.shape).buffer(row.reach_metres))


def _rank_and_key(ranked: Ranked) -> tuple[tuple[int, int], str]:
    return ranked.rank, ranked.row.key
