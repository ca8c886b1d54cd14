"""Those of a process who look for work when something was committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

#: Seconds of rest after a call. Commits come in crowds and few of them bring work, but each look costs a statement.
INTERVAL = 0.1


class Hearers:
    """Called at once when it was quiet, else once for all that came during the rest."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []
        self._rest: asyncio.TimerHandle | None = None
        self._was_told = False

    def add(self, callback: Callable[[], None]) -> None:
        """Call back from now on."""
        self._callbacks.append(callback)

    def tell(self) -> None:
        """Something was committed."""
        if self._rest is None:
            self._call()
        else:
            self._was_told = True

    def stop(self) -> None:
        """Call nobody any more; safe to call twice."""
        if self._rest is not None:
            self._rest.cancel()

    def _call(self) -> None:
        self._was_told = False
        self._rest = asyncio.get_running_loop().call_later(INTERVAL, self._rested)
        for callback in self._callbacks:
            callback()

    def _rested(self) -> None:
        self._rest = None
        if self._was_told:
            self._call()
