"""The configuration is loaded also where compiling it takes longer than a transaction may rest."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import asyncpg

from engine.snapshot import Snapshot
from engine.storage.database import Database, PoolSettings


class SlowPart:
    """Compiles longer than the limit between its queries."""

    content = 0

    async def read(self, connection: asyncpg.Connection) -> int:
        """One, after a rest."""
        await asyncio.sleep(0.3)
        one: int = await connection.fetchval("select 1")
        return one

    def replace(self, content: int) -> None:
        """Keep it."""
        self.content = content


async def test_a_part_may_compile_longer_than_a_transaction_may_rest(database_url: str) -> None:
    settings = PoolSettings(least=1, most=1, idle_in_transaction_limit=timedelta(milliseconds=50))
    database = await Database.connect(database_url, settings=settings)
    part = SlowPart()
    await Snapshot(database, [part]).load()
    await database.close()
    assert part.content == 1
