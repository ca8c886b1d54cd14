"""Positions. What is stored is CGCS2000; other systems are converted where data enters or leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from processes.territory.errors import TerritoryError
from processes.territory.gcj02 import gcj02_of, wgs84_of


class Crs(StrEnum):
    """The coordinate systems that are spoken. Every point carries its own."""

    CGCS2000 = "CGCS2000"
    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees of longitude and latitude.

    Refuses what is not a number or not on the globe (TerritoryError `bad_coordinate`).
    """

    lon: float
    lat: float
    crs: Crs = Crs.CGCS2000

    def __post_init__(self) -> None:
        for field, value, bound in (("lon", self.lon, 180.0), ("lat", self.lat, 90.0)):
            if not isfinite(value) or abs(value) > bound:
                raise TerritoryError(
                    "bad_coordinate",
                    f"{field} 的值 {value} 不是有效坐标，应在 ±{bound:.0f} 度以内",
                    f"{field} {value} is no coordinate; expected a number within ±{bound:.0f} degrees",
                    pointer=f"/{field}",
                )

    def to(self, crs: Crs) -> Point:
        """The same place in another system.

        CGCS2000 and WGS-84 differ by centimetres at most, far below the ±0.5 m of the best surveyed component, and
        are taken as equal.
        """
        if crs == self.crs:
            return self
        if self.crs is Crs.GCJ02:
            return Point(*wgs84_of(self.lon, self.lat), crs)
        if crs is Crs.GCJ02:
            return Point(*gcj02_of(self.lon, self.lat), crs)
        return Point(self.lon, self.lat, crs)
