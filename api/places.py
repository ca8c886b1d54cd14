"""Places of the territory as answers show them: codes with their names."""

from __future__ import annotations

import msgspec

from processes.registers import InForce
from processes.territory import Place


class PlaceShown(msgspec.Struct, frozen=True, kw_only=True):
    """Where a point lies."""

    #: Degrees in CGCS2000.
    lon: float
    lat: float
    grid: str
    community: str
    community_name: str
    street: str
    street_name: str
    county: str
    county_name: str


def place_shown(place: Place, in_force: InForce) -> PlaceShown:
    """A place with the names of its divisions; a division without a name shows its code."""
    name_of = in_force.divisions.name_of
    return PlaceShown(
        lon=place.point.lon,
        lat=place.point.lat,
        grid=place.grid,
        community=place.community,
        community_name=name_of(place.community),
        street=place.street,
        street_name=name_of(place.street),
        county=place.county,
        county_name=name_of(place.county),
    )
