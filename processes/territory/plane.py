"""Metres. Degrees are projected to a Gauss-Krüger plane where lengths and areas are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from processes.territory.points import Crs, Point

Shape = TypeVar("Shape", bound=BaseGeometry)

_GEOGRAPHIC_EPSG = 4490  # CGCS2000, degrees
#: EPSG numbers the 3-degree Gauss-Krüger zones of CGCS2000 by central meridian: 4534 is 75° E, 4549 is 120° E.
_FIRST_PLANE_EPSG, _FIRST_MERIDIAN, _LAST_MERIDIAN, _ZONE_WIDTH = 4534, 75, 135, 3


@lru_cache(maxsize=32)
def _transformer(meridian: int) -> Transformer:
    plane = _FIRST_PLANE_EPSG + (meridian - _FIRST_MERIDIAN) // _ZONE_WIDTH
    return Transformer.from_crs(_GEOGRAPHIC_EPSG, plane, always_xy=True)


class Plane:
    """A plane in metres around one central meridian.

    Within a zone (1.5° either side) lengths are true to 1/3000; x is east with the zone's false easting, y is north.
    """

    def __init__(self, lon: float) -> None:
        nearest = round(lon / _ZONE_WIDTH) * _ZONE_WIDTH
        self.meridian = min(max(nearest, _FIRST_MERIDIAN), _LAST_MERIDIAN)
        self._transformer = _transformer(self.meridian)

    @classmethod
    def around(cls, shape: BaseGeometry) -> Plane:
        """The plane of the zone that a shape in degrees has its middle in."""
        west, _, east, _ = shape.bounds
        return cls((west + east) / 2)

    def position(self, point: Point) -> tuple[float, float]:
        """A point as (x, y) in metres."""
        stored = point.to(Crs.CGCS2000)
        x, y = self._transformer.transform(stored.lon, stored.lat)
        return float(x), float(y)

    def positions(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """Many points at once, which is ten times faster than one by one."""
        stored = [point.to(Crs.CGCS2000) for point in points]
        columns = self._transformer.transform([point.lon for point in stored], [point.lat for point in stored])
        return list(zip(*columns, strict=True))

    def point(self, x: float, y: float) -> Point:
        """The CGCS2000 point of a position in metres."""
        lon, lat = self._transformer.transform(x, y, direction="INVERSE")
        return Point(float(lon), float(lat))

    def flat(self, shape: Shape) -> Shape:
        """A shape in degrees laid into the plane."""

        def project(degrees: NDArray[np.float64]) -> NDArray[Any]:
            return np.column_stack(self._transformer.transform(degrees[:, 0], degrees[:, 1]))

        flat: Shape = shapely.transform(shape, project)
        return flat

    def degrees(self, flat: Shape) -> Shape:
        """A shape of the plane back in degrees."""

        def unproject(metres: NDArray[np.float64]) -> NDArray[Any]:
            columns = self._transformer.transform(metres[:, 0], metres[:, 1], direction="INVERSE")
            return np.column_stack(columns)

        shape: Shape = shapely.transform(flat, unproject)
        return shape

    def area(self, shape: BaseGeometry) -> float:
        """The area of a shape in degrees, in square metres."""
        return float(self.flat(shape).area)
