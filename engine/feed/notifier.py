"""Telling the other processes that something was committed, after the commit and at most every 20 ms.

A NOTIFY inside the command's transaction would make all commits queue behind one lock.
"""

from __future__ import annotations

import asyncio
import contextlib

from engine.crash import crash_point
from engine.errors import Unavailable
from engine.storage.database import Database

CHANNEL = "guiliu_events"
#: Seconds between two notifications of one process.
INTERVAL = 0.02
#: Seconds to wait before trying again when the database is away; readers look by themselves meanwhile.
PAUSE = 1.0


class CommitNotifier:
    """A flag that commits set, and the task that passes it on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._committed = asyncio.Event()
        self._passing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start passing the flag on."""
        self._passing = asyncio.create_task(self._pass_on())

    async def stop(self) -> None:
        """Stop; safe to call twice."""
        if self._passing is not None:
            self._passing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._passing
            self._passing = None

    def committed(self) -> None:
        """Something was committed; costs nothing."""
        self._committed.set()

    async def _pass_on(self) -> None:
        while True:
            await self._committed.wait()
            self._committed.clear()
            crash_point("feed.before_notify")
            try:
                await self._database.fetchval("select pg_notify($1, '')", CHANNEL)
            except Unavailable:
                self._committed.set()
                await asyncio.sleep(PAUSE)
            await asyncio.sleep(INTERVAL)
