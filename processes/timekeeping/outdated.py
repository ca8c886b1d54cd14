"""Cases whose open deadlines were counted by another version of their calendar than the one in force."""

from __future__ import annotations

from collections.abc import Mapping

from engine.storage.database import Database

_OUTDATED = """
select distinct d.tree from unnest($1::text[], $2::text[]) as known(calendar, version)
join deadline d on d.ending is null and d.calendar = known.calendar and d.calendar_version <> known.version
where d.tree > $3 order by d.tree limit $4
"""


async def outdated_cases(database: Database, versions: Mapping[str, str], after: int, limit: int) -> list[int]:
    """The first of them after a case, in order; ``versions`` by key of the calendar. Raises ``Unavailable``."""
    rows = await database.fetch(_OUTDATED, list(versions), list(versions.values()), after, limit)
    return [row["tree"] for row in rows]
