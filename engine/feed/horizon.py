"""How far the feed's horizon lies behind."""

from __future__ import annotations

from datetime import timedelta

from engine.storage.database import Database

_AGE = """
select coalesce(max(clock_timestamp() - xact_start), interval '0') from pg_stat_activity where backend_xid is not null
"""


async def horizon_age(database: Database) -> timedelta:
    """Age of the oldest transaction that has written and not ended; nothing newer is delivered until it ends."""
    age: timedelta = await database.fetchval(_AGE)
    return age
