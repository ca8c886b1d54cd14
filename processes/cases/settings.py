"""What each city sets for its cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class CaseSettings:
    """One city's choices; the defaults are Ulanhot's."""

    #: Six digits of the county, the beginning of every case number.
    county: str = "152201"
    #: Key of the diagram that a reported case starts where no decision says which.
    process: str = "case"
    #: The city's time zone: the date in a case number, moments among the facts.
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
