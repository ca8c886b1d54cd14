"""Events of the city about cases."""

from __future__ import annotations

from engine.event import Event


class CaseReported(Event, frozen=True, kw_only=True):
    """Somebody told the city of something."""

    number: str
    subcategory: str
    #: The version of the catalogue that was in force; 0 where none has a number.
    catalogue_version: int = 0
    #: ``None`` when the reporter named none.
    condition: str | None
    channel: str
    description: str
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    #: Coordinate system in which the position was given.
    given_crs: str
    address: str
    #: Codes; empty outside all grids.
    grid: str
    community: str
    street: str
    #: References such as ``media:12``.
    media: list[str]
    #: Field → hex SHA-256 over salt and value. The salt stands beside the value and is erased with it.
    personal: dict[str, str] = {}


CASE_EVENTS: tuple[type[Event], ...] = (CaseReported,)
