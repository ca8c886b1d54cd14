"""The worker of batches: has running batches fed to PgQueuer and runs the jobs it gives out."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import asyncpg
from pgqueuer import AsyncpgDriver, Job, PgQueuer, Queries

from engine.batches.feeder import ENTRYPOINT, BatchFeeder
from engine.batches.runner import BatchRunner
from engine.errors import Unavailable
from engine.storage.database import Database
from engine.storage.failures import storage_seam

#: Seconds until a connection that was lost is made again.
PAUSE = 1.0
#: A job whose worker has not been heard of for this long is given to another.
HEARTBEAT = timedelta(seconds=15)
#: Batches that one worker runs at a time.
CONCURRENCY = 2


class BatchWorker:
    """Runs until it is stopped; several may run, on several machines."""

    def __init__(self, database: Database, runner: BatchRunner) -> None:
        self._url = database.url
        self._runner = runner
        self._feeder = BatchFeeder(database)
        self._shutdown = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start; returns at once."""
        self._shutdown.clear()
        self._feeder.start()
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the item at hand and stop; safe to call twice."""
        self._shutdown.set()
        await self._feeder.stop()
        if self._running is not None:
            await self._running
            self._running = None

    def wake(self) -> None:
        """Look at once: a batch may have begun."""
        self._feeder.wake()

    async def _run(self) -> None:
        while not self._shutdown.is_set():
            with contextlib.suppress(Unavailable):
                await self._serve()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._shutdown.wait(), PAUSE)

    async def _serve(self) -> None:
        with storage_seam("batch worker"):
            connection = await asyncpg.connect(self._url, timeout=HEARTBEAT.total_seconds())
            try:
                jobs = Queries(AsyncpgDriver(connection))
                queue = PgQueuer(jobs.driver, queries=jobs)
                queue.shutdown = queue.qm.shutdown = queue.sm.shutdown = self._shutdown
                queue.entrypoint(ENTRYPOINT, concurrency_limit=CONCURRENCY)(self._job)
                await queue.run(heartbeat_timeout=HEARTBEAT)
            finally:
                await connection.close()

    async def _job(self, job: Job) -> None:
        with contextlib.suppress(Unavailable):
            # Left as it is: the feeder enqueues the batch again.
            await self._runner.run(int((job.payload or b"0").decode()), self._shutdown.is_set)
