"""Looking for work round by round: at once while there is some, else when the next is due or somebody says so."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from engine.errors import Unavailable

_LOG = logging.getLogger(__name__)

#: Seconds between two rounds when nothing is known to be due.
LONGEST_PAUSE = 0.5
#: The same while another worker is just claiming what is due.
SHORTEST_PAUSE = 0.005


class Rounds:
    """Goes on until it is stopped; a round that fails is logged, and the next one comes after the longest pause."""

    def __init__(
        self, name: str, work: Callable[[], Awaitable[bool]], pause: Callable[[], Awaitable[timedelta | None]]
    ) -> None:
        """``work`` is one round and says whether there may be more to do; ``pause`` says when the next will be due,
        ``None`` when that is not known. Both may raise ``Unavailable``."""
        self._name = name
        self._work = work
        self._pause = pause
        self._woken = asyncio.Event()
        self._stopping = False
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start; returns at once."""
        self._stopping = False
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the round at hand and stop; safe to call twice."""
        self._stopping = True
        self.wake()
        if self._running is not None:
            await self._running
            self._running = None

    def wake(self) -> None:
        """Begin the next round at once."""
        self._woken.set()

    async def _run(self) -> None:
        while not self._stopping:
            # Before the round: what wakes it while it works is not missed.
            self._woken.clear()
            if seconds := await self._round():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), seconds)

    async def _round(self) -> float:
        """One round; seconds until the next."""
        try:
            return 0.0 if await self._work() else _within_limits(await self._pause())
        except Unavailable:
            return LONGEST_PAUSE
        except Exception:
            # Whatever it was, what comes round must not stand still for it.
            _LOG.exception("round_failed", extra={"round": self._name})
            return LONGEST_PAUSE


async def whenever() -> None:
    """The pause of work of which nobody knows when the next will be due."""


def _within_limits(wait: timedelta | None) -> float:
    return LONGEST_PAUSE if wait is None else min(max(wait.total_seconds(), SHORTEST_PAUSE), LONGEST_PAUSE)
