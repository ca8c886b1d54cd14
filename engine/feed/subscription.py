"""One listener: what it missed, and a bounded queue that the reader fills and the listener empties."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

#: Events that may wait for one listener.
CAPACITY = 2_000


class SlowSubscriber(Exception):
    """The listener took too long and was dropped; it goes on from its last position."""


class Subscription(Generic[T]):
    """Iterate to receive; ends when the feed is closed. Raises ``SlowSubscriber`` when too much waited."""

    def __init__(self) -> None:
        #: Whether the position asked for cannot be served: the client has to load anew what it shows.
        self.must_reload = False
        self._missed: deque[T] = deque()
        self._waiting: deque[T] = deque()
        self._filled = asyncio.Event()
        self._closed = False
        self._dropped = False

    def catch_up(self, missed: Sequence[T]) -> None:
        """Put what came before everything offered so far in front of it."""
        self._missed.extend(missed)

    def offer(self, items: Sequence[T]) -> bool:
        """Hand over items in order; ``False`` when the listener is too slow and was dropped."""
        if len(self._waiting) + len(items) > CAPACITY:
            self._dropped = True
            self._waiting.clear()
            self.close()
            return False
        self._waiting.extend(items)
        self._filled.set()
        return True

    def close(self) -> None:
        """End the iteration after what is waiting."""
        self._closed = True
        self._filled.set()

    def __aiter__(self) -> Subscription[T]:
        return self

    async def __anext__(self) -> T:
        while not (items := self._missed or self._waiting):
            if self._dropped:
                raise SlowSubscriber
            if self._closed:
                raise StopAsyncIteration
            self._filled.clear()
            await self._filled.wait()
        return items.popleft()
