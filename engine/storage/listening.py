"""One connection of its own that listens to notifications and comes back when it is lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import asyncpg

from engine.errors import Unavailable
from engine.storage.failures import storage_seam

#: Seconds between attempts to connect.
PAUSE = 1.0
#: Seconds that connecting may take.
PATIENCE = 3.0


class Listener:
    """Calls back for each notification. One may be lost while the connection is away: look by yourself as well."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._listening: asyncio.Task[None] | None = None

    def start(self, channels: Mapping[str, Callable[[], None]]) -> None:
        """Listen to each channel from now on."""
        self._listening = asyncio.create_task(self._listen(channels))

    async def stop(self) -> None:
        """Stop listening; safe to call twice."""
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
            self._listening = None

    async def _listen(self, channels: Mapping[str, Callable[[], None]]) -> None:
        while True:
            with contextlib.suppress(Unavailable):
                await self._listen_once(channels)
            await asyncio.sleep(PAUSE)

    async def _listen_once(self, channels: Mapping[str, Callable[[], None]]) -> None:
        lost = asyncio.Event()
        with storage_seam("listen"):
            connection = await asyncpg.connect(self._url, timeout=PATIENCE)
            try:
                connection.add_termination_listener(lambda _: lost.set())
                for channel, callback in channels.items():
                    await connection.add_listener(channel, partial(_call, callback))
                    # What was notified while nobody listened.
                    callback()
                await lost.wait()
            finally:
                connection.terminate()


def _call(callback: Callable[[], None], *_: Any) -> None:
    callback()
