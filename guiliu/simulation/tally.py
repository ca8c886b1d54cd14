"""What became of the cases of some days: by class, by unit, and day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.storage.database import Database

#: A case that has ended is on time when no unit was late with it, and one is escalated when somebody was told of a
#: unit's deadline; the seats' own minutes are not the unit's.
_BY = """
select {key} as key, count(*) as reported, count(filed_at) as filed, count(closed_at) as closed,
 count(closed_at) filter (where not exists (
   select from deadline d where d.tree = cases.tree and d.unit <> '' and d.ended_at > d.due_at)) as on_time,
 count(*) filter (where is_open) as open,
 count(*) filter (where exists (select from escalation e where e.tree = cases.tree and e.unit <> '')) as escalated,
 count(*) filter (where (facts::jsonb ->> 'return_count')::numeric > 0) as returned,
 count(*) filter (where (facts::jsonb ->> 'rework_count')::numeric > 0) as reworked,
 count(*) filter (where facts::jsonb ->> 'satisfaction' is not null) as rated,
 count(*) filter (where (facts::jsonb ->> 'satisfaction')::numeric >= 3) as satisfied
from cases where reported_at >= $1 and reported_at <= $2 group by 1 order by 2 desc, 1
"""
_CLASS = "substr(subcategory, 1, length(subcategory) - 2)"
_UNIT = "coalesce(unit, '')"
_MOMENTS = """
select reported_at, ended_at from cases where reported_at >= $1 and reported_at <= $2 order by reported_at
"""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The figures of one class or unit."""

    key: str
    reported: int
    filed: int
    closed: int
    #: Closed, and no unit was late with it.
    on_time: int
    open: int
    #: Somebody above was told of a deadline that binds a unit.
    escalated: int
    returned: int
    reworked: int
    #: Those who reported it were reached and said how satisfied they are.
    rated: int
    #: At least fairly.
    satisfied: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The figures of all cases that were reported within a span of time."""

    by_class: Sequence[Line]
    by_unit: Sequence[Line]
    #: When each case was reported and when it ended, if it did.
    moments: Sequence[tuple[datetime, datetime | None]]


async def tally(database: Database, since: datetime, until: datetime) -> Tally:
    """Count the cases reported from ``since`` to ``until``."""
    return Tally(
        by_class=await _lines(database, _CLASS, since, until),
        by_unit=await _lines(database, _UNIT, since, until),
        moments=[(row[0], row[1]) for row in await database.fetch(_MOMENTS, since, until)],
    )


async def _lines(database: Database, key: str, since: datetime, until: datetime) -> Sequence[Line]:
    return [Line(**dict(row)) for row in await database.fetch(_BY.format(key=key), since, until)]
