"""A process that dies again and again, at one crash point after the other, and is begun anew each time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle

from engine.crash import EXIT_CODE
from tests.acceptance.durability.forked import Forked


@dataclass
class Deaths:
    """How often the process died where; for any other reason than a crash point it must not."""

    at: Counter[str] = field(default_factory=Counter)

    async def in_turn(self, points: Mapping[str, int], process: Forked) -> None:
        """Let it die at each point in turn, round and round until cancelled."""
        for point, times in cycle(points.items()):
            process.begin(f"{point}:{times}")
            assert await process.ended() == EXIT_CODE
            self.at[point] += 1

    def __str__(self) -> str:
        return ", ".join(f"{count} × {point}" for point, count in sorted(self.at.items()))


@asynccontextmanager
async def dying_in_turn(points: Mapping[str, int], process: Forked) -> AsyncIterator[Deaths]:
    """The process dies at one point after the other, each once it was reached so often since the process began."""
    deaths = Deaths()
    async with asyncio.TaskGroup() as group:
        dying = group.create_task(deaths.in_turn(points, process))
        yield deaths
        dying.cancel()
