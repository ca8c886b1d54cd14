"""The configuration as this process has it in memory, all of one epoch.

Each part reads its tables inside one read-only transaction; only when all have read, all are replaced, without a pause
in between: no command ever sees the parts of two epochs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

import asyncpg

from engine.storage.database import Database

#: Diagrams and tables are compiled between the queries, for which a busy machine needs longer than commands may rest.
_UNHURRIED = "set local idle_in_transaction_session_timeout = '60s'"


class Part(Protocol):
    """Something that is kept in memory under the configuration epoch."""

    async def read(self, connection: asyncpg.Connection) -> Any:
        """What the tables say now; no effect."""
        ...

    def replace(self, content: Any) -> None:
        """Use what was read from now on; does not fail and does not wait."""
        ...


class LoadedConfiguration(Protocol):
    """A configuration in memory, as commands ask of it."""

    @property
    def epoch(self) -> int:
        """Epoch of what is loaded."""
        ...

    async def catch_up(self, epoch: int) -> None:
        """Reload unless ``epoch`` or a later one is loaded already. Raises ``Unavailable``."""
        ...


class Snapshot:
    """All parts and the epoch they were read at."""

    def __init__(self, database: Database, parts: Sequence[Part]) -> None:
        self._database = database
        self._parts = parts
        self._reading = asyncio.Lock()
        #: Epoch of the loaded configuration; 0 before the first.
        self.epoch = 0

    async def catch_up(self, epoch: int) -> None:
        """Reload unless ``epoch`` or a later one is loaded already. Raises ``Unavailable``."""
        async with self._reading:
            if self.epoch < epoch:
                await self._reload()

    async def refresh(self) -> None:
        """Reload when the configuration has moved; for processes that only read. Raises ``Unavailable``."""
        await self.catch_up(await self._database.fetchval("select epoch from configuration_epoch"))

    async def load(self) -> None:
        """Load the configuration as it is now. Raises ``Unavailable``."""
        async with self._reading:
            await self._reload()

    async def _reload(self) -> None:
        async with self._database.reading() as connection:
            await connection.execute(_UNHURRIED)
            epoch = await connection.fetchval("select epoch from configuration_epoch")
            contents = [await part.read(connection) for part in self._parts]
        for part, content in zip(self._parts, contents, strict=True):
            part.replace(content)
        self.epoch = epoch
