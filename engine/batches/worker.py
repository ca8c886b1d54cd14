"""The worker of batches: feeds running batches to PgQueuer and runs the jobs it gives out."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import asyncpg
from pgqueuer import AsyncpgDriver, Job, PgQueuer, Queries

from engine.batches.queries import BatchQueries
from engine.batches.runner import BatchRunner
from engine.errors import Unavailable
from engine.storage.failures import storage_seam

ENTRYPOINT = "batch"
#: Seconds between two looks for batches without a job.
INTERVAL = 1.0
#: A job whose worker has not been heard of for this long is given to another.
HEARTBEAT = timedelta(seconds=15)
#: Batches that one worker runs at a time.
CONCURRENCY = 2


class BatchWorker:
    """Runs until it is stopped; several may run, on several machines."""

    def __init__(self, url: str, runner: BatchRunner, queries: BatchQueries) -> None:
        self._url = url
        self._runner = runner
        self._queries = queries
        self._shutdown = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start; returns at once."""
        self._shutdown.clear()
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the item at hand and stop; safe to call twice."""
        self._shutdown.set()
        if self._running is not None:
            await self._running
            self._running = None

    async def _run(self) -> None:
        while not self._shutdown.is_set():
            with contextlib.suppress(Unavailable):
                await self._serve()
            await self._pause()

    async def _serve(self) -> None:
        with storage_seam("batch worker"):
            connection = await asyncpg.connect(self._url, timeout=HEARTBEAT.total_seconds())
            try:
                jobs = Queries(AsyncpgDriver(connection))
                queue = PgQueuer(jobs.driver, queries=jobs)
                queue.shutdown = queue.qm.shutdown = queue.sm.shutdown = self._shutdown
                queue.entrypoint(ENTRYPOINT, concurrency_limit=CONCURRENCY)(self._job)
                await asyncio.gather(self._feed(jobs), queue.run(heartbeat_timeout=HEARTBEAT))
            finally:
                await connection.close()

    async def _feed(self, jobs: Queries) -> None:
        while not self._shutdown.is_set():
            for batch in await self._queries.running():
                await jobs.enqueue(ENTRYPOINT, str(batch).encode(), dedupe_key=f"batch:{batch}", on_conflict="skip")
            await self._pause()

    async def _job(self, job: Job) -> None:
        with contextlib.suppress(Unavailable):
            # Left as it is: the feeder enqueues the batch again.
            await self._runner.run(int((job.payload or b"0").decode()), self._shutdown.is_set)

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._shutdown.wait(), INTERVAL)
