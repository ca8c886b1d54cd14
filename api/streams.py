"""Event streams: what was committed, sent on as server-sent events to those who may see the case.

A stream tells that something happened and where, never the content: pages ask again for what they show, through the
same door and the same scope as always. A reader too slow for its queue is cut off and returns with ``Last-Event-ID``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import msgspec

from api.answers import encode
from api.ports import FeedEvent, Platform, Subscription
from engine.actors import Actor
from engine.errors import Unavailable

HEARTBEAT_SECONDS = 15.0
#: Browsers come back after so long.
RETRY_MILLISECONDS = 2000
MOST_STREAMS = 500


class CaseEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That something happened in a case."""

    case: int
    seq: int
    type: str
    at: datetime


class EventStreams:
    """The open streams of one server process."""

    def __init__(self, most: int = MOST_STREAMS, heartbeat: float = HEARTBEAT_SECONDS) -> None:
        self._most = most
        self._heartbeat = heartbeat
        self._open = 0
        self._closing = asyncio.Event()

    @property
    def open(self) -> int:
        """How many streams there are."""
        return self._open

    def close(self) -> None:
        """End every stream at its next breath and begin no other: the server is about to stop."""
        self._closing.set()

    def pieces(self, platform: Platform, actor: Actor, after: str | None) -> AsyncIterator[bytes]:
        """The pieces of one stream, beginning after a position. Raises ``Unavailable`` when there are too many."""
        if self._closing.is_set() or self._open >= self._most:
            raise Unavailable(
                "too_many_streams",
                "实时连接过多，请稍后重试",
                f"Expected fewer than {self._most} event streams, but so many are open; try again later",
                details={"retry_after": 5},
            )
        # Counted here and not at the first piece, so that a burst of requests cannot slip through together.
        self._open += 1
        return self._pieces(platform, actor, after)

    async def _pieces(self, platform: Platform, actor: Actor, after: str | None) -> AsyncIterator[bytes]:
        try:
            yield b"retry: %d\n\n" % RETRY_MILLISECONDS
            async with platform.feed.subscribe(after) as subscription:
                async for events in self._batches(subscription):
                    yield await _visible(platform, actor, events)
        finally:
            self._open -= 1

    async def _batches(self, subscription: Subscription) -> AsyncIterator[Sequence[FeedEvent]]:
        """What was committed, and nothing at each heartbeat, until the server stops or the reader was too slow."""
        closing = asyncio.ensure_future(self._closing.wait())
        coming = asyncio.ensure_future(subscription.next())
        try:
            while not closing.done():
                await asyncio.wait((coming, closing), timeout=self._heartbeat, return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    yield ()
                    continue
                if not (events := coming.result()):
                    return
                coming = asyncio.ensure_future(subscription.next())
                yield events
        finally:
            coming.cancel()
            closing.cancel()


async def _visible(platform: Platform, actor: Actor, events: Sequence[FeedEvent]) -> bytes:
    """The events whose case the actor may see, as text; a comment when there are none, to keep the line alive."""
    seen = await platform.cases.visible(actor, {event.tree for event in events}) if events else frozenset()
    return b"".join(_text(event) for event in events if event.tree in seen) or b":\n\n"


def _text(event: FeedEvent) -> bytes:
    told = CaseEvent(case=event.tree, seq=event.seq, type=event.type, at=event.at)
    return b"id: %b\ndata: %b\n\n" % (event.position.encode(), encode(told))
