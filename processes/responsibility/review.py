"""Where the lists are silent or contradict themselves, with the ground it concerns, so that it can be drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from processes.responsibility.categories import EVERYTHING, containing, selectors_of
from processes.responsibility.lookup import zone_of
from processes.responsibility.rows import AreaRow, BoundaryRow, ResponsibilityLists
from processes.territory import AreaIndex, Level, Plane, UnitGrid, division_at

#: Smaller pieces are noise of digitising.
SLIVER_SQUARE_METRES = 1.0

#: Sub-categories with the selectors that reach them.
Reach = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ListGap:
    """Ground in one grid for which no area row names a unit, for some sub-categories."""

    grid: str
    subcategories: tuple[str, ...]
    shape: BaseGeometry
    square_metres: float


@dataclass(frozen=True, slots=True)
class ListOverlap:
    """Ground on which two rows of the same rank name different units.

    Of area rows where no boundary row settles it, or of the boundary rows themselves.
    """

    first: AreaRow | BoundaryRow
    second: AreaRow | BoundaryRow
    shape: BaseGeometry
    square_metres: float


class ListReview:
    """The area list laid over the grids in use."""

    def __init__(
        self,
        lists: ResponsibilityLists,
        grids: Iterable[UnitGrid],
        areas: Mapping[str, BaseGeometry] | None = None,
    ) -> None:
        """`areas` are the drawn areas that rows name by code."""
        self._grids = tuple(sorted(grids, key=lambda grid: grid.code))
        self._areas = areas or {}
        self._rows = tuple(lists.area)
        self._drawn = AreaIndex((self._areas[row.place], row) for row in self._rows if row.place in self._areas)
        self._settled = AreaIndex((zone_of(row), row) for row in lists.boundary)
        self._grids_at: dict[str, list[UnitGrid]] = {}
        for grid in self._grids:
            for place in _places_of(grid):
                self._grids_at.setdefault(place, []).append(grid)
        whole = shapely.union_all([grid.boundary for grid in self._grids])
        self._plane = Plane.around(whole) if self._grids else Plane(0.0)

    def gaps(self, subcategories: Collection[str]) -> tuple[ListGap, ...]:
        """Grids and sub-categories without a unit, in order of grid."""
        reach = {subcategory: frozenset(selectors_of(subcategory)) for subcategory in subcategories}
        by_place: dict[str, set[str]] = {}
        for row in self._rows:
            if row.place not in self._areas:
                by_place.setdefault(row.place, set()).add(row.category)
        return tuple(gap for grid in self._grids for gap in self._gaps_in(grid, _silent(grid, reach, by_place)))

    def overlaps(self) -> tuple[ListOverlap, ...]:
        """Contradictions on the ground, largest first."""
        found = (*self._same_place(), *self._drawn_pairs(), *self._boundary_pairs())
        return tuple(sorted(found, key=lambda overlap: (-overlap.square_metres, overlap.first.key)))

    def _gaps_in(self, grid: UnitGrid, silent: Reach) -> Iterator[ListGap]:
        """What drawn areas leave open, once for each set of areas that reach the same sub-categories."""
        crossing = self._drawn.crossing(grid.boundary) if silent else ()
        groups: dict[tuple[str, ...], list[str]] = {}
        for subcategory, selectors in silent.items():
            reaching = tuple(dict.fromkeys(row.place for row in crossing if row.category in selectors))
            groups.setdefault(reaching, []).append(subcategory)
        for places, subcategories in groups.items():
            drawn = [self._areas[place] for place in places]
            open_ground = grid.boundary.difference(shapely.union_all(drawn)) if drawn else grid.boundary
            size = self._plane.area(open_ground)
            if size > SLIVER_SQUARE_METRES:
                yield ListGap(grid.code, tuple(subcategories), open_ground, size)

    def _same_place(self) -> Iterator[ListOverlap]:
        """Rows that name the same place and category but different units."""
        first_rows: dict[tuple[str, str], AreaRow] = {}
        for row in self._rows:
            first = first_rows.setdefault((row.place, row.category), row)
            if first.unit != row.unit:
                yield from self._overlap(first, row, self._shape_of(row.place))

    def _drawn_pairs(self) -> Iterator[ListOverlap]:
        """Different drawn areas that overlap, under the same category, with different units."""
        for first, second, shared in self._drawn.overlapping():
            same_category = first.place != second.place and first.category == second.category
            if same_category and first.unit != second.unit:
                yield from self._overlap(first, second, shared)

    def _boundary_pairs(self) -> Iterator[ListOverlap]:
        """Boundary rows that hold on the same ground, under the same category, and let different units prevail."""
        for first, second, shared in self._settled.overlapping():
            size = self._plane.area(shared)
            if first.category == second.category and first.unit != second.unit and size > SLIVER_SQUARE_METRES:
                yield ListOverlap(first, second, shared, size)

    def _overlap(self, first: AreaRow, second: AreaRow, shape: BaseGeometry) -> Iterator[ListOverlap]:
        """The overlap, less the ground on which a boundary row decides."""
        reaching = containing(first.category)
        zones = [zone_of(row) for row in self._settled.crossing(shape) if row.category in reaching]
        unsettled = shape.difference(shapely.union_all(zones)) if zones else shape
        size = self._plane.area(unsettled)
        if size > SLIVER_SQUARE_METRES:
            yield ListOverlap(first, second, unsettled, size)

    def _shape_of(self, place: str) -> BaseGeometry:
        if place in self._areas:
            return self._areas[place]
        return shapely.union_all([grid.boundary for grid in self._grids_at.get(place, ())])


def _silent(grid: UnitGrid, reach: Reach, by_place: Mapping[str, set[str]]) -> Reach:
    """The sub-categories that no row by code reaches in a grid."""
    spoken: set[str] = set().union(*(by_place.get(place, ()) for place in _places_of(grid)))
    if EVERYTHING in spoken:
        return {}
    return {each: selectors for each, selectors in reach.items() if spoken.isdisjoint(selectors)}


def _places_of(grid: UnitGrid) -> tuple[str, ...]:
    """The codes under which a row may speak of a grid."""
    levels = (Level.COMMUNITY, Level.STREET, Level.COUNTY)
    return (grid.code, *(division_at(grid.code, level) for level in levels))
