"""Metres. Degrees are projected to a Gauss-Krüger plane where lengths and areas are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from processes.territory.gauss_krueger import degrees_of, plane_of
from processes.territory.points import Crs, Point

Shape = TypeVar("Shape", bound=BaseGeometry)

#: The 3-degree zones of CGCS2000 by central meridian.
_FIRST_MERIDIAN, _LAST_MERIDIAN, _ZONE_WIDTH = 75, 135, 3


class Plane:
    """A plane in metres around one central meridian.

    Within a zone (1.5° either side) lengths are true to 1/3000; x is east with the zone's false easting, y is north.
    """

    def __init__(self, lon: float) -> None:
        nearest = round(lon / _ZONE_WIDTH) * _ZONE_WIDTH
        self.meridian = min(max(nearest, _FIRST_MERIDIAN), _LAST_MERIDIAN)

    @classmethod
    def around(cls, shape: BaseGeometry) -> Plane:
        """The plane of the zone that a shape in degrees has its middle in."""
        west, _, east, _ = shape.bounds
        return cls((west + east) / 2)

    def position(self, point: Point) -> tuple[float, float]:
        """A point as (x, y) in metres."""
        return self.positions([point])[0]

    def positions(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """Many points at once, which is far faster than one by one."""
        stored = [point.to(Crs.CGCS2000) for point in points]
        easts, norths = plane_of(self.meridian, [point.lon for point in stored], [point.lat for point in stored])
        return list(zip(easts.tolist(), norths.tolist(), strict=True))

    def point(self, x: float, y: float) -> Point:
        """The CGCS2000 point of a position in metres."""
        lon, lat = degrees_of(self.meridian, x, y)
        return Point(float(lon), float(lat))

    def flat(self, shape: Shape) -> Shape:
        """A shape in degrees laid into the plane."""

        def project(degrees: NDArray[np.float64]) -> NDArray[Any]:
            return np.column_stack(plane_of(self.meridian, degrees[:, 0], degrees[:, 1]))

        flat: Shape = shapely.transform(shape, project)
        return flat

    def degrees(self, flat: Shape) -> Shape:
        """A shape of the plane back in degrees."""

        def unproject(metres: NDArray[np.float64]) -> NDArray[Any]:
            return np.column_stack(degrees_of(self.meridian, metres[:, 0], metres[:, 1]))

        shape: Shape = shapely.transform(flat, unproject)
        return shape

    def area(self, shape: BaseGeometry) -> float:
        """The area of a shape in degrees, in square metres."""
        return float(self.flat(shape).area)
