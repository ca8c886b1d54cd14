"""What can be asked of cases beyond the tasks of their diagrams."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from engine.commands import TreeCommand


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where something is, as the reporter says."""

    #: Degrees.
    lon: float
    lat: float
    #: Coordinate system of the numbers, such as ``CGCS2000`` or ``gcj02``.
    crs: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who told of it. Kept apart from the case; the log gets salted hashes."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    #: Made with the command, so that repeating the command gives the same hashes.
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)


@dataclass(frozen=True, kw_only=True)
class ReportCase(TreeCommand):
    """Tell the city of something: a new case, in a tree whose id nobody else has."""

    subcategory: str
    channel: str
    location: Location
    description: str
    condition: str | None = None
    reporter: Reporter | None = None
    #: Ids of media that the actor uploaded.
    media: tuple[int, ...] = ()
    #: Whether the reporter has already put it right.
    self_handled: bool = False
