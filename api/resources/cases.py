"""Cases: reported, found, followed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from api.lists import Paging, Word
from api.parameters import LARGEST_ID

Id = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)]


class CaseFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cases."""

    stage: Word | None = None
    #: Code of a class or sub-category.
    category: Word | None = None
    #: Code of the responsible unit.
    unit: Word | None = None
    grid: Word | None = None
    channel: Word | None = None
    #: In number, description and address, taken literally.
    text: Word | None = None
    #: Reported from this moment on, and before that one.
    reported_from: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    reported_before: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    open: bool | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where it is."""

    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    #: The coordinate system the numbers are in, such as ``cgcs2000`` or ``gcj02``.
    crs: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    address: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Reporter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who told of it; kept apart from the case and out of the log."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=30)] = ""


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is the matter."""

    subcategory: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    condition: Annotated[str, msgspec.Meta(min_length=1, max_length=50)] | None = None
    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    location: Location
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
    reporter: Reporter | None = None
    #: Ids of media that the caller uploaded.
    media: Annotated[list[Id], msgspec.Meta(max_length=50)] = []


class CaseSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A case as lists show it."""

    id: int
    number: str
