"""Cases whose open deadlines were counted by another calendar version or share than those in force."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.storage.database import Database

_OUTDATED = """
select distinct d.tree from unnest($1::text[], $2::text[]) as known(calendar, version)
join deadline d on d.ending is null and d.calendar = known.calendar
     and (d.calendar_version <> known.version or d.warn_share <> $3)
where d.tree > $4 order by d.tree limit $5
"""


async def outdated_cases(
    database: Database, versions: Mapping[str, str], warn_share: Decimal, *, after: int, limit: int
) -> list[int]:
    """The first of them after a case, in order; ``versions`` by key of the calendar. Raises ``Unavailable``."""
    rows = await database.fetch(_OUTDATED, list(versions), list(versions.values()), warn_share, after, limit)
    return [row["tree"] for row in rows]
