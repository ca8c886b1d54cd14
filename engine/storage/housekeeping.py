"""What has to be done to the database now and then; a worker calls it, each step is a short transaction."""

from __future__ import annotations

from engine.storage.database import Database


async def prepare_months(database: Database, ahead: int) -> list[str]:
    """Make the log's partitions of this month and those ahead; names of the new ones."""
    async with database.unit_of_work() as uow:
        return [row[0] for row in await uow.fetch("select prepare_event_partitions($1)", ahead)]


async def rows_without_month(database: Database) -> int:
    """Events for which no partition was ready; anything but 0 is an alarm."""
    count: int = await database.fetchval("select count(*) from event_default")
    return count


async def forget_old_keys(database: Database, at_a_time: int = 1_000) -> int:
    """Delete idempotency keys older than seven days; how many."""
    forgotten = 0
    while True:
        async with database.unit_of_work() as uow:
            count: int = await uow.fetchval("select purge_keys($1)", at_a_time)
        forgotten += count
        if count < at_a_time:
            return forgotten
