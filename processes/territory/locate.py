"""From a point to the unit grid, community and street it lies in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from processes.territory.areas import AreaIndex
from processes.territory.codes import community_of, county_of, street_of
from processes.territory.errors import TerritoryError
from processes.territory.grids import GridState, UnitGrid
from processes.territory.points import Crs, Point


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point lies, as codes."""

    #: The point in CGCS2000.
    point: Point
    #: Unit grid, 15 digits.
    grid: str

    @property
    def community(self) -> str:
        """The community, 12 digits."""
        return community_of(self.grid)

    @property
    def street(self) -> str:
        """The subdistrict or town, 12 digits."""
        return street_of(self.grid)

    @property
    def county(self) -> str:
        """The county or city, 12 digits."""
        return county_of(self.grid)

    @property
    def divisions(self) -> tuple[str, ...]:
        """All codes from the smallest to the largest: grid, community, street, county."""
        return (self.grid, self.community, self.street, self.county)


class Locator:
    """Looks up points among the unit grids in use. Built once per change of the grids, read by everyone."""

    def __init__(self, grids: Iterable[UnitGrid]) -> None:
        in_use = sorted((grid for grid in grids if grid.state is GridState.VALID), key=lambda grid: grid.code)
        self._index = AreaIndex((grid.boundary, grid.code) for grid in in_use)

    def place_of(self, point: Point) -> Place | None:
        """The place of a point in any system, or None outside all grids.

        A point on an edge belongs to the grid with the lowest code, so that every look-up gives the same answer.
        """
        stored = point.to(Crs.CGCS2000)
        codes = self._index.at(stored.lon, stored.lat)
        return Place(stored, codes[0]) if codes else None


def placed(point: Point, locator: Locator) -> Place:
    """The place of a point, or TerritoryError `outside_grids`."""
    place = locator.place_of(point)
    if place is None:
        raise TerritoryError(
            "outside_grids", "位置不在任何单元网格内", "the position lies outside all unit grids", pointer="/lon"
        )
    return place
