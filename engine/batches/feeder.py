"""Feeding PgQueuer: every batch that is running and has no job gets one."""

from __future__ import annotations

from pgqueuer import AsyncpgDriver, Queries

from engine.rounds import Rounds, whenever
from engine.storage.database import Database

ENTRYPOINT = "batch"
_WITHOUT_JOB = """
select b.id from batch b where b.state = 'running' and not exists (
    select from pgqueuer j where j.dedupe_key = 'batch:' || b.id and j.status in ('queued', 'picked')
) order by b.id
"""


class BatchFeeder:
    """Runs until it is stopped; several may run, on several machines."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rounds = Rounds("batch", self._feed, whenever)

    def start(self) -> None:
        """Start; returns at once."""
        self._rounds.start()

    async def stop(self) -> None:
        """Stop; safe to call twice."""
        await self._rounds.stop()

    def wake(self) -> None:
        """Look at once: a batch may have begun."""
        self._rounds.wake()

    async def _feed(self) -> bool:
        if batches := [row["id"] for row in await self._database.fetch(_WITHOUT_JOB)]:
            async with self._database.unit_of_work() as uow:
                jobs = Queries(AsyncpgDriver(uow.connection))
                for batch in batches:
                    # Another feeder may be doing the same.
                    await jobs.enqueue(ENTRYPOINT, str(batch).encode(), dedupe_key=f"batch:{batch}", on_conflict="skip")
        return False
