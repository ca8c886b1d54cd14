"""The row of a case: what lists, searches and the scope look at, and the facts that its diagram has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

#: A tree has one case; its rows are known under this key.
ONLY = 0


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case; a struct, because it is changed several times by every command."""

    number: str
    subcategory: str
    condition: str | None
    channel: str
    description: str
    address: str
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    #: Coordinate system in which the position was given.
    given_crs: str
    #: Codes; empty outside all grids.
    grid: str
    community: str
    street: str
    #: References such as ``media:12``.
    media: tuple[str, ...]
    #: Code of the responsible unit, once there is one.
    unit: str | None = None
    #: The stage last entered; empty before the first.
    stage: str = ""
    is_open: bool = True
    reported_at: datetime
    filed_at: datetime | None = None
    closed_at: datetime | None = None
    #: When the case's own instance ended, however it did.
    ended_at: datetime | None = None
    #: Id of the end event that was reached; empty while it is open.
    end: str = ""
    #: The case's own instance; others in the tree serve it.
    instance: int | None = None
    #: Keys of those who may see it, sorted; keys are only ever added.
    audience: tuple[str, ...] = ()
    #: Facts that output mappings have set, as JSON values.
    facts: Mapping[str, Any] = {}
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonalRow:
    """One field about the reporter, outside the log so that it can be erased."""

    value: str
    salt: bytes
