"""A server that dies again and again at one crash point, and is begun anew each time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from engine.crash import EXIT_CODE
from tests.acceptance.durability.forked import ForkedServer


@dataclass
class Deaths:
    """How often the server died; for any other reason than the crash point it must not."""

    count: int = 0

    async def begin_anew(self, server: ForkedServer, crash: str) -> None:
        """Watch until cancelled."""
        while True:
            assert await server.ended() == EXIT_CODE
            self.count += 1
            server.begin(crash)


@asynccontextmanager
async def dying_at(point: str, server: ForkedServer, *, stride: int) -> AsyncIterator[Deaths]:
    """The server dies the first time the point is reached, after that every ``stride`` times."""
    deaths = Deaths()
    server.begin(point)
    async with asyncio.TaskGroup() as group:
        watching = group.create_task(deaths.begin_anew(server, f"{point}:{stride}"))
        yield deaths
        watching.cancel()
