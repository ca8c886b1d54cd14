"""Tortoise models on the very connections that all else uses, inside the very transaction of the unit of work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.context import TortoiseContext

from engine.storage.connections import Connections

CONNECTION = "default"


class SharedClient(AsyncpgDBClient):
    """Tortoise's client over connections that it neither makes nor closes; it borrows them as from a driver's pool."""

    def __init__(self, connections: Connections, **credentials: Any) -> None:
        super().__init__(**credentials)
        self._pool = connections

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002 - Tortoise's signature
        """The connections are there already."""
        await self._post_connect()

    async def _close(self) -> None:
        self._pool = None


#: Tortoise looks a back end's client up under this name.
client_class = SharedClient


class Models:
    """The models of the house: anywhere in the process for reads, inside a unit of work also to write.

    One database with models may be open per process, because Tortoise finds it through a process-wide context.
    """

    def __init__(self, context: TortoiseContext) -> None:
        self._context = context

    @classmethod
    async def on(cls, connections: Connections, modules: Mapping[str, Sequence[str]]) -> Models:
        """Bind the models of the modules (by app label) to the connections."""
        context = TortoiseContext()
        with context:
            await context.init(
                config={
                    "connections": {CONNECTION: {"engine": __name__, "credentials": {"connections": connections}}},
                    "apps": {
                        label: {"models": list(names), "default_connection": CONNECTION}
                        for label, names in modules.items()
                    },
                },
                use_tz=True,
                timezone="UTC",
                _enable_global_fallback=True,
            )
        return cls(context)

    @asynccontextmanager
    async def joined(self, connection: asyncpg.Connection) -> AsyncIterator[None]:
        """Let models read and write through ``connection``, within its open transaction."""
        client = TransactionWrapper(cast(AsyncpgDBClient, self._context.connections.get(CONNECTION)))
        client._connection = connection
        token = self._context.connections.set(CONNECTION, client)
        try:
            yield
        finally:
            self._context.connections.reset(token)

    async def close(self) -> None:
        """Forget the models' connections; the database's stay open."""
        await self._context.close_connections()
