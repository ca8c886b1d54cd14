"""Event streams: what was committed, sent on as server-sent events to those who may see the case.

A stream tells that something happened and where, never the content: pages ask again for what they show, through the
same door and the same scope as always. A reader too slow for its queue is cut off and returns with ``Last-Event-ID``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime

import msgspec
from prometheus_client import Gauge

from api.authentication import Caller
from api.ports import FeedEvent, Platform, Subscription
from api.shapes import encode
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

    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge
        self._open = 0
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream at its next breath and begin no other: the server is about to stop."""
        self._closing.set()

    async def begin(self, platform: Platform, caller: Caller, after: str | None) -> AsyncGenerator[bytes, None]:
        """The pieces of one stream, beginning after a position. Raises ``Unavailable`` when there are too many."""
        if self._closing.is_set() or self._open >= MOST_STREAMS:
            raise Unavailable(
                "too_many_streams",
                "实时连接过多，请稍后重试",
                f"Expected fewer than {MOST_STREAMS} event streams, but so many are open; try again later",
                details={"retry_after": 5},
            )
        pieces = self._pieces(platform, caller, after)
        # Only a generator that has begun is sure to be told of its end; and what it meets first is still answerable.
        await anext(pieces)
        return pieces

    async def _pieces(self, platform: Platform, caller: Caller, after: str | None) -> AsyncGenerator[bytes, None]:
        self._count(1)
        try:
            async with platform.feed.subscribe(after) as subscription, aclosing(self._batches(subscription)) as batches:
                yield b""
                yield b"retry: %d\n\n" % RETRY_MILLISECONDS
                async for events in batches:
                    # An open page keeps nobody signed in, and a session that ended shows nothing more.
                    if not events and not await platform.sessions.is_live(caller.token):
                        return
                    yield await _visible(platform, caller.actor, events)
        finally:
            self._count(-1)

    async def _batches(self, subscription: Subscription) -> AsyncGenerator[Sequence[FeedEvent], None]:
        """What was committed, and nothing at each heartbeat, until the server stops or the reader was too slow."""
        closing = asyncio.ensure_future(self._closing.wait())
        coming = asyncio.ensure_future(subscription.next())
        try:
            while True:
                await asyncio.wait((coming, closing), timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if closing.done():
                    return
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

    def _count(self, change: int) -> None:
        self._open += change
        self._gauge.set(self._open)


async def _visible(platform: Platform, actor: Actor, events: Sequence[FeedEvent]) -> bytes:
    """The events whose case the actor may see, as text; a comment when there are none, to keep the line alive."""
    seen = await platform.cases.visible(actor, {event.tree for event in events}) if events else frozenset()
    return b"".join(_text(event) for event in events if event.tree in seen) or b":\n\n"


def _text(event: FeedEvent) -> bytes:
    told = CaseEvent(case=event.tree, seq=event.seq, type=event.type, at=event.at)
    return b"id: %b\ndata: %b\n\n" % (event.position.encode(), encode(told))
