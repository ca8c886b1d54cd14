"""Positions as they are asked with: degrees in the query or in a body, each with its coordinate system."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.errors import Invalid
from processes.territory import Crs, Point, TerritoryError

Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]


class Position(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A position in degrees."""

    lon: Longitude
    lat: Latitude
    crs: Crs = Crs.CGCS2000

    def point(self) -> Point:
        """The position as a point. Raises ``Invalid``."""
        try:
            return Point(self.lon, self.lat, self.crs)
        except TerritoryError as error:
            raise Invalid(error.code, error.message_zh, error.message_en, pointer=error.pointer) from error
