"""Ids of new trees, fetched in blocks so that a new case costs no round trip of its own."""

from __future__ import annotations

import asyncio
from collections import deque

from engine.storage.database import Database

#: ``increment by`` of the sequence ``tree_id`` in the schema.
BLOCK = 64


class TreeIds:
    """The ids of one process; what is left of a block when it ends stays unused."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._free: deque[int] = deque()
        self._refill = asyncio.Lock()

    async def take(self) -> int:
        """A tree id that nobody else has. Raises ``Unavailable``."""
        while not self._free:
            async with self._refill:
                if not self._free:
                    first = await self._database.fetchval("select nextval('tree_id')")
                    self._free.extend(range(first, first + BLOCK))
        return self._free.popleft()
