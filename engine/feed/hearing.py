"""Those of a process who look for work when something was committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf

#: Seconds between two calls. Commits come in crowds and few of them bring work, but each look costs a statement.
INTERVAL = 0.1


class Hearers:
    """Called at once when it was quiet, else as soon as the last call is long enough ago."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []
        self._called_at = -inf
        self._next: asyncio.TimerHandle | None = None

    def add(self, callback: Callable[[], None]) -> None:
        """Call back from now on."""
        self._callbacks.append(callback)

    def tell(self) -> None:
        """Something was committed."""
        if self._next is None:
            loop = asyncio.get_running_loop()
            self._next = loop.call_at(max(loop.time(), self._called_at + INTERVAL), self._call)

    def stop(self) -> None:
        """Call nobody any more; safe to call twice."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _call(self) -> None:
        self._next = None
        self._called_at = asyncio.get_running_loop().time()
        for callback in self._callbacks:
            callback()
