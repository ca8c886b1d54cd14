"""The database of one process: its connections, reads, and the door to the unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg

from engine.storage.arrays import tell_arrays_by_type
from engine.storage.connections import Connections
from engine.storage.failures import storage_seam
from engine.storage.models import Models
from engine.storage.unit_of_work import UnitOfWork, reading, unit_of_work


@dataclass(frozen=True, kw_only=True)
class PoolSettings:
    """How many connections, and how long anything may take."""

    least: int = 2
    most: int = 10
    #: Waiting for a free connection, and for a new one to be made.
    connect_patience: timedelta = timedelta(seconds=3)
    #: Waiting for an answer; longer than the server's own limits, which therefore speak first.
    answer_patience: timedelta = timedelta(seconds=10)
    statement_limit: timedelta = timedelta(seconds=8)
    lock_limit: timedelta = timedelta(seconds=5)
    idle_in_transaction_limit: timedelta = timedelta(seconds=5)
    application_name: str = "guiliu"

    def server_settings(self) -> dict[str, str]:
        """What every connection tells the server when it is made."""
        return {
            "application_name": self.application_name,
            "timezone": "UTC",
            "jit": "off",
            # A plan made while a table is small would scan it whole, and be kept when it has grown.
            "enable_seqscan": "off",
            # A plan for the values at hand always looks cheaper than one for any, so that statements would be planned
            # anew each time: for the load of a tree that takes thrice as long as the load. Lists ask for it themselves.
            "plan_cache_mode": "force_generic_plan",
            "statement_timeout": _milliseconds(self.statement_limit),
            "lock_timeout": _milliseconds(self.lock_limit),
            "idle_in_transaction_session_timeout": _milliseconds(self.idle_in_transaction_limit),
        }


_POOL = PoolSettings()


class Database:
    """The connections of one process and what is done with them."""

    def __init__(
        self, url: str, *, settings: PoolSettings = _POOL, models: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Nothing is connected before ``open``. Tortoise models (app label → modules) are bound when given."""
        self._url = url
        self._settings = settings
        self._modules = models
        self._opened: Connections | None = None
        self._models: Models | None = None

    @classmethod
    async def connect(
        cls, url: str, *, settings: PoolSettings = _POOL, models: Mapping[str, Sequence[str]] | None = None
    ) -> Database:
        """An open database. Raises ``Unavailable``."""
        database = cls(url, settings=settings, models=models)
        await database.open()
        return database

    @property
    def url(self) -> str:
        """Where it is, for those who need a connection of their own."""
        return self._url

    async def open(self) -> None:
        """Connect and bind the models. Raises ``Unavailable``."""
        tell_arrays_by_type()
        patience = self._settings.connect_patience.total_seconds()
        connections = Connections(self._connect, most=self._settings.most, patience=patience)
        with storage_seam("connect"):
            await connections.warm_up(self._settings.least)
        self._opened = connections
        if self._modules:
            self._models = await Models.on(connections, self._modules)

    async def _connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(
            self._url,
            timeout=self._settings.connect_patience.total_seconds(),
            command_timeout=self._settings.answer_patience.total_seconds(),
            server_settings=self._settings.server_settings(),
        )

    @property
    def _connections(self) -> Connections:
        if self._opened is None:
            raise RuntimeError("the database was not opened")
        return self._opened

    async def close(self) -> None:
        """Wait for what is running and close every connection."""
        if self._models:
            await self._models.close()
        await self._connections.close()

    async def fetch(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """All rows of a query. Raises ``Unavailable``."""
        with storage_seam("fetch"):
            async with self._connections.lent() as connection:
                rows: list[asyncpg.Record] = await connection.fetch(sql, *arguments)
                return rows

    async def fetchrow(self, sql: str, *arguments: Any) -> asyncpg.Record | None:
        """The first row of a query, or ``None``. Raises ``Unavailable``."""
        with storage_seam("fetchrow"):
            async with self._connections.lent() as connection:
                return await connection.fetchrow(sql, *arguments)

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        """The first value of the first row, or ``None``. Raises ``Unavailable``."""
        row = await self.fetchrow(sql, *arguments)
        return None if row is None else row[0]

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction: committed when the block ends, undone when it raises."""
        return unit_of_work(self._connections, self._models)

    def reading(self) -> AbstractAsyncContextManager[asyncpg.Connection]:
        """A read-only transaction in which every query sees the same moment."""
        return reading(self._connections)


def _milliseconds(limit: timedelta) -> str:
    return str(int(limit.total_seconds() * 1000))
