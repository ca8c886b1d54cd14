"""Finds what may be the same thing among the cases that somebody may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from typing import Any

from engine.actors import Actor
from engine.clock import Clock
from engine.errors import NotFound
from engine.storage.database import Database
from processes.cases import scope_of
from processes.duplicates.likeness import (
    FARTHEST_METRES,
    LEAST_SCORE,
    LONGEST_AGO,
    Likeness,
    Sought,
    likeness,
)

#: So many are weighed, and so many told.
_MOST_WEIGHED = 400
MOST_TOLD = 10
_METRES_OF_DEGREE = 111_195.0

_AROUND = f"""
select c.tree as case, c.number, c.subcategory, c.description, c.address, c.unit, c.community, c.street, c.stage,
    c.is_open, c.reported_at, c.lon, c.lat
from case_search s join cases c on c.tree = s.tree
where s.place <@ box(point($2, $3), point($4, $5)) and c.reported_at between $6 and $7 and {{scope}}
order by c.reported_at desc limit {_MOST_WEIGHED}
"""  # noqa: S608 - constants of this module
_SUBJECT = "select c.subcategory, c.lon, c.lat, c.description, c.reported_at from cases c where c.tree = $2 and {scope}"
_NOW = "select coalesce($1::timestamptz, clock_timestamp())"


@dataclass(frozen=True, kw_only=True)
class LikelyCase:
    """A case that may be the same thing, and what speaks for it."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    community: str
    street: str
    stage: str
    is_open: bool
    reported_at: datetime
    likeness: Likeness


class DuplicateQueries:
    """Seeks through the actor's row scope."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of_case(self, actor: Actor, case: int) -> Sequence[LikelyCase]:
        """What may be the same thing as a case. Raises ``NotFound``, ``Unavailable``."""
        scope = scope_of(actor)
        row = await self._database.fetchrow(_SUBJECT.format(scope=scope.condition), scope.keys, case)
        if row is None:
            raise NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
        sought = Sought(
            subcategory=row["subcategory"],
            lon=row["lon"],
            lat=row["lat"],
            text=row["description"],
            at=row["reported_at"],
        )
        return [found for found in await self._likely(actor, sought) if found.case != case][:MOST_TOLD]

    async def of_report(
        self, actor: Actor, *, subcategory: str | None, lon: float, lat: float, text: str
    ) -> Sequence[LikelyCase]:
        """What may be the same thing as what is about to be reported. Raises ``Unavailable``."""
        now = await self._database.fetchval(_NOW, self._clock.moment())
        sought = Sought(subcategory=subcategory, lon=lon, lat=lat, text=text, at=now)
        return (await self._likely(actor, sought))[:MOST_TOLD]

    async def _likely(self, actor: Actor, sought: Sought) -> list[LikelyCase]:
        scope = scope_of(actor)
        sql = _AROUND.format(scope=scope.condition)
        rows = await self._database.fetch(sql, scope.keys, *_box(sought), *_period(sought.at))
        weighed = [_weighed(dict(row), sought) for row in rows]
        likely = [
            found
            for found in weighed
            if found.likeness.score >= LEAST_SCORE and found.likeness.metres <= FARTHEST_METRES
        ]
        return sorted(likely, key=lambda found: (-found.likeness.score, found.likeness.metres, found.case))


def _box(around: Sought) -> tuple[float, float, float, float]:
    north = FARTHEST_METRES / _METRES_OF_DEGREE
    east = north / max(0.01, cos(radians(around.lat)))
    return around.lon - east, around.lat - north, around.lon + east, around.lat + north


def _period(at: datetime) -> tuple[datetime, datetime]:
    # A clock of the reporting device may be a little ahead.
    return at - LONGEST_AGO, at + timedelta(days=1)


def _weighed(row: dict[str, Any], sought: Sought) -> LikelyCase:
    lon, lat = row.pop("lon"), row.pop("lat")
    other = Sought(subcategory=row["subcategory"], lon=lon, lat=lat, text=row["description"], at=row["reported_at"])
    return LikelyCase(**row, likeness=likeness(sought, other))
