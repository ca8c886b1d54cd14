"""The one place that commits.

A unit of work is one transaction. Whoever writes takes it as an argument and never ends it. What has to happen last,
because it makes others wait, is collected and done right before the commit: the configuration epoch, then the lines of
the security chain. (The commands on trees commit in one statement of their own, ``engine/storage/tree_store.py``, and
take the same locks in the same order.)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import asyncpg

from engine.crash import crash_point
from engine.jsontext import json_text
from engine.storage.connections import Connections
from engine.storage.failures import storage_seam
from engine.storage.models import Models


class UnitOfWork:
    """One open transaction."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        #: The driver's connection, for COPY and the like; transactions on it are not yours.
        self.connection = connection
        self._lines: list[tuple[str, str, str]] = []
        self._moves_epoch = False

    async def execute(self, sql: str, *arguments: Any) -> str:
        """Run a statement; the command tag such as ``UPDATE 1``."""
        tag: str = await self.connection.execute(sql, *arguments)
        return tag

    async def execute_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for each row."""
        await self.connection.executemany(sql, rows)

    async def fetch(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """All rows."""
        rows: list[asyncpg.Record] = await self.connection.fetch(sql, *arguments)
        return rows

    async def fetchrow(self, sql: str, *arguments: Any) -> asyncpg.Record | None:
        """The first row, or ``None``."""
        return await self.connection.fetchrow(sql, *arguments)

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        """The first value of the first row, or ``None``."""
        return await self.connection.fetchval(sql, *arguments)

    def record(self, type_: str, payload: Mapping[str, Any], *, actor: str) -> None:
        """Append a line to the security chain with this commit; payload of JSON values, no personal data in clear."""
        self._lines.append((actor, type_, json_text(payload).decode()))

    def move_epoch(self) -> None:
        """Make every process reload the configuration before its next command."""
        self._moves_epoch = True

    async def _finish(self) -> None:
        if self._moves_epoch:
            await self.connection.execute("select move_configuration_epoch()")
        if self._lines:
            actors, types, payloads = map(list, zip(*self._lines, strict=True))
            await self.connection.execute("select append_security($1::text[], $2::text[], $3::text[])",
                                          actors, types, payloads)  # fmt: skip


@asynccontextmanager
async def unit_of_work(connections: Connections, models: Models | None) -> AsyncIterator[UnitOfWork]:
    """A transaction that commits when the block ends and is undone when it raises."""
    with storage_seam("unit of work"):
        async with connections.lent() as connection:
            async with connection.transaction(), models.joined(connection) if models else nullcontext():
                uow = UnitOfWork(connection)
                yield uow
                await uow._finish()
                crash_point("unit_of_work.before_commit")
            crash_point("unit_of_work.after_commit")


@asynccontextmanager
async def reading(connections: Connections) -> AsyncIterator[asyncpg.Connection]:
    """A read-only transaction in which every query sees the same moment."""
    with storage_seam("reading"):
        async with (
            connections.lent() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection
