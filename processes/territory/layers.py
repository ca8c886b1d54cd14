"""Further layers of areas over the city: evaluation grids, parks, control zones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from processes.territory.areas import AreaIndex
from processes.territory.errors import TerritoryError
from processes.territory.points import Crs, Point


@dataclass(frozen=True, slots=True)
class Area:
    """A named area with a boundary in CGCS2000 degrees: a polygon, or several."""

    code: str
    name: str
    boundary: BaseGeometry


class Layer:
    """Areas of one sort. They may overlap; a code stands once (TerritoryError `duplicate_code`)."""

    def __init__(self, key: str, name_zh: str, name_en: str, areas: Iterable[Area]) -> None:
        self.key = key
        self.name_zh = name_zh
        self.name_en = name_en
        self._areas = tuple(sorted(areas, key=lambda area: area.code))
        for before, after in zip(self._areas, self._areas[1:], strict=False):
            if before.code == after.code:
                raise TerritoryError(
                    "duplicate_code",
                    f"图层“{name_zh}”中代码 {after.code} 重复",
                    f"the code {after.code} stands twice in the layer {name_en!r}",
                    pointer=f"/{after.code}",
                )
        self._index = AreaIndex((area.boundary, area) for area in self._areas)

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas)

    def __len__(self) -> int:
        return len(self._areas)

    @property
    def shapes(self) -> Mapping[str, BaseGeometry]:
        """The boundaries by code."""
        return {area.code: area.boundary for area in self._areas}

    def areas_at(self, point: Point) -> tuple[Area, ...]:
        """All areas that hold a point, in order of code."""
        stored = point.to(Crs.CGCS2000)
        return self._index.at(stored.lon, stored.lat)


def evaluation_layer(areas: Iterable[Area]) -> Layer:
    """The grids that a city is evaluated by."""
    return Layer("evaluation", "评价网格", "evaluation grids", areas)


def drawn_layer(areas: Iterable[Area]) -> Layer:
    """Areas drawn for the responsibility lists, which name them by code."""
    return Layer("drawn", "责任区", "drawn areas", areas)
