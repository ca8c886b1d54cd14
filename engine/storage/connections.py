"""The connections of one process, lent to one user at a time.

Commands are short: the driver's own pool, with its proxies, timers and a task for each return, would spend more on the
lending than the driver spends on the query.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType

import asyncpg

Connect = Callable[[], Awaitable[asyncpg.Connection]]


class Connections:
    """At most so many connections; made when they are needed, kept until the server or ``close`` ends them."""

    def __init__(self, connect: Connect, *, most: int, patience: float) -> None:
        """``patience`` is how many seconds to wait for a connection that others have."""
        self._connect = connect
        self._most = most
        self._patience = patience
        self._free = asyncio.Semaphore(most)
        #: The one used last is lent first: its caches are warm, on both sides.
        self._idle: list[asyncpg.Connection] = []
        self._is_closed = False

    def lent(self) -> Loan:
        """A connection for the length of an ``async with`` block."""
        return Loan(self)

    async def acquire(self) -> asyncpg.Connection:
        """A connection, to be given back. Raises ``TimeoutError`` and what the driver raises."""
        if self._is_closed:
            raise asyncpg.InterfaceError("the connections are closed")
        if self._free.locked():
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        else:
            await self._free.acquire()
        try:
            return self._idle_one() or await self._connect()
        except BaseException:
            self._free.release()
            raise

    async def release(self, connection: asyncpg.Connection) -> None:
        """Take a connection back after an orderly end; one that is still in a transaction is thrown away."""
        if connection.is_closed() or connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)
        self._free.release()

    def throw_away(self, connection: asyncpg.Connection) -> None:
        """Close a connection of which nobody knows what it is doing."""
        connection.terminate()
        self._free.release()

    async def warm_up(self, number: int) -> None:
        """Have so many connections ready. Raises what connecting raises."""
        for _ in range(number):
            self._idle.append(await self._connect())

    async def close(self) -> None:
        """Wait until everything lent is back, and close all."""
        self._is_closed = True
        for _ in range(self._most):
            await self._free.acquire()
        while self._idle:
            await self._idle.pop().close()

    def _idle_one(self) -> asyncpg.Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None


class Loan:
    """One loan of a connection."""

    __slots__ = ("_connection", "_connections")

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def __aenter__(self) -> asyncpg.Connection:
        self._connection = await self._connections.acquire()
        return self._connection

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        # Broken off in the middle, a statement may still run, or a transaction may just have begun.
        if isinstance(error, (asyncio.CancelledError, TimeoutError)):
            self._connections.throw_away(self._connection)
        else:
            await self._connections.release(self._connection)
