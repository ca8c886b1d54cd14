"""Event streams: what was committed, sent on as server-sent events to those who may see the case.

A stream tells that something happened and where, never the content: pages ask again for what they show, through the
same door and the same scope as always. A reader too slow for its queue is cut off and returns with ``Last-Event-ID``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime

import msgspec
from prometheus_client import Gauge

from api.audiences import Audiences
from api.authentication import Caller, is_live
from api.ports import Platform
from engine.errors import Unavailable
from engine.feed import FeedEvent, FeedPosition, SlowSubscriber, Subscription
from engine.jsontext import json_text
from processes.access import may_see

HEARTBEAT_SECONDS = 15.0
#: Browsers come back after so long.
RETRY_MILLISECONDS = 2000
MOST_STREAMS = 500

_HEARTBEAT = b":\n\n"
_RELOAD = b"event: reload\ndata: {}\n\n"


class CaseEvent(msgspec.Struct, frozen=True, kw_only=True):
    """That something happened in a case."""

    case: int
    seq: int
    type: str
    at: datetime


@dataclass(frozen=True)
class _Reader:
    """One stream's side of the feed."""

    platform: Platform
    audiences: Audiences
    caller: Caller
    subscription: Subscription[FeedEvent]


class EventStreams:
    """The open streams of one server process."""

    def __init__(self, platform: Platform, gauge: Gauge) -> None:
        self._platform = platform
        self._audiences = Audiences(platform.cases)
        self._gauge = gauge
        self._open = 0
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream at its next breath and begin no other: the server is about to stop."""
        self._closing.set()

    @property
    def are_closed(self) -> bool:
        """Whether the server is about to stop."""
        return self._closing.is_set()

    async def begin(self, caller: Caller, last: str | None) -> AsyncGenerator[bytes, None]:
        """The pieces of one stream. Raises ``Unavailable`` when there are too many, ``Malformed`` for the position."""
        after = FeedPosition.parse(last) if last else None
        if self.are_closed or self._open >= MOST_STREAMS:
            raise Unavailable(
                "too_many_streams",
                "实时连接过多，请稍后重试",
                f"Expected fewer than {MOST_STREAMS} event streams, but so many are open; try again later",
                details={"retry_after": 5},
            )
        pieces = self._pieces(caller, after)
        # Only a generator that has begun is sure to be told of its end; and what it meets first is still answerable.
        await anext(pieces)
        return pieces

    async def _pieces(self, caller: Caller, after: FeedPosition | None) -> AsyncGenerator[bytes, None]:
        self._count(1)
        try:
            subscription = await self._platform.feed.subscribe(after)
            try:
                yield b""
                yield b"retry: %d\n\n" % RETRY_MILLISECONDS
                if subscription.must_reload:
                    yield _RELOAD
                reader = _Reader(self._platform, self._audiences, caller, subscription)
                async with aclosing(self._told(reader)) as told:
                    async for piece in told:
                        yield piece
            finally:
                self._platform.feed.unsubscribe(subscription)
        finally:
            self._count(-1)

    async def _told(self, reader: _Reader) -> AsyncGenerator[bytes, None]:
        """Events in the caller's scope, and a heartbeat when all is quiet, until either side ends."""
        async with aclosing(self._breaths(reader.subscription)) as breaths:
            async for event in breaths:
                if event is not None:
                    if piece := await _text(reader, event):
                        yield piece
                # A session that ended shows nothing more.
                elif await is_live(reader.caller, reader.platform):
                    yield _HEARTBEAT
                else:
                    return

    async def _breaths(self, subscription: Subscription[FeedEvent]) -> AsyncGenerator[FeedEvent | None, None]:
        """Each event, and ``None`` at each heartbeat without one, until the server stops or the reader was too slow."""
        closing = asyncio.ensure_future(self._closing.wait())
        coming = asyncio.ensure_future(anext(subscription))
        try:
            with suppress(SlowSubscriber, StopAsyncIteration):
                while True:
                    await asyncio.wait((coming, closing), timeout=HEARTBEAT_SECONDS, return_when="FIRST_COMPLETED")
                    if closing.done():
                        return
                    if not coming.done():
                        yield None
                        continue
                    event = coming.result()
                    coming = asyncio.ensure_future(anext(subscription))
                    yield event
        finally:
            coming.cancel()
            closing.cancel()

    def _count(self, change: int) -> None:
        self._open += change
        self._gauge.set(self._open)


async def _text(reader: _Reader, event: FeedEvent) -> bytes:
    """The event for one who may see its case; nothing for others."""
    recorded, actor = event.recorded, reader.caller.actor
    if actor.audience is not None:
        audience = await reader.audiences.as_of(recorded.tree, recorded.seq)
        if not may_see(actor, audience):
            return b""
    told = CaseEvent(case=recorded.tree, seq=recorded.seq, type=type(recorded.event).__name__, at=recorded.at)
    return b"id: %b\ndata: %b\n\n" % (str(event.position).encode(), json_text(told))
