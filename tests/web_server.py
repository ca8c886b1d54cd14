"""A server of ours on a free port, in the loop of the test that asks for it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from sanic import Sanic

from api import Surface, create_app
from api.ports import Platform

#: For answers that are under way when a test ends.
PATIENCE_SECONDS = 5


@asynccontextmanager
async def serving(house: Platform, surface: Surface = Surface.INTERNAL) -> AsyncIterator[str]:
    """The address of a running server; it is gone, and its name free, when the block ends."""
    app = create_app(house, surface)
    # It rewrites the server's own methods for one configuration and so serves one server in a process.
    app.config.TOUCHUP = False
    listener = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.before_stop()
        await server.close()
        await _drained(server.connections)
        await server.after_stop()
        Sanic.unregister_app(app)


async def _drained(connections: set[Any]) -> None:
    """Answers under way come to their end, as when the real server stops; what hangs is cut off."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            while connections:
                for connection in tuple(connections):
                    connection.close_if_idle()
                await asyncio.sleep(0)
    for connection in tuple(connections):
        connection.abort()
