"""Where a case is: what a reporter says and what a diagram corrects, both in the one system that is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from processes.cases.commands import Location
from processes.territory import Crs, PlaceOf, Point, TerritoryError

_SYSTEMS = {crs.replace("-", "").casefold(): crs for crs in Crs}


def point_of(location: Location) -> Point:
    """The point, in the system it was given in. Raises ``Invalid`` below ``/location``."""
    crs = _SYSTEMS.get(location.crs.replace("-", "").casefold())
    if crs is None:
        raise Invalid(
            "crs_unknown",
            f"坐标系只能是 {'、'.join(Crs)}",
            f"Expected a known crs, but got {location.crs!a:.80}",
            pointer="/location/crs",
        )
    try:
        return Point(location.lon, location.lat, crs)
    except TerritoryError as error:
        pointer = f"/location{error.pointer}"
        raise Invalid(error.code, error.message_zh, error.message_en, pointer=pointer) from error


def situated(location: Location, place_of: PlaceOf) -> Mapping[str, Any]:
    """The members that say where a case is, as events keep them: CGCS2000, codes empty outside all grids."""
    point = point_of(location)
    place = place_of(point)
    stored = point.to(Crs.CGCS2000)
    return {
        "lon": stored.lon,
        "lat": stored.lat,
        "given_crs": point.crs,
        "address": location.address,
        "grid": place.grid if place else "",
        "community": place.community if place else "",
        "street": place.street if place else "",
    }
