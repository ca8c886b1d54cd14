"""The one reader of a process: follows the feed and fans it out to the subscribers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import asyncpg

from engine.errors import Unavailable
from engine.events import Recorded
from engine.feed.hearing import Hearers
from engine.feed.notifier import CHANNEL
from engine.feed.position import FeedPosition
from engine.feed.subscription import Subscription
from engine.storage.database import Database
from engine.storage.event_log import EventLog
from engine.storage.feed_pages import PAGE, end_of_feed, page_after, waits_for_horizon
from engine.storage.listening import Listener

#: Seconds after which the reader looks without having been told.
POLL = 1.0
#: The same while a transaction that has not ended holds events back.
SHORT_POLL = 0.02
#: A client that is further behind than this reloads, which is cheaper than the events one by one.
LONGEST_BACKLOG = 5_000


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event and the position after it."""

    position: FeedPosition
    recorded: Recorded


class EventFeed:
    """Follows the feed from the moment it is started, as long as somebody listens."""

    def __init__(self, database: Database, log: EventLog, listener: Listener) -> None:
        self._database = database
        self._log = log
        self._listener = listener
        self._wake = asyncio.Event()
        self._is_listened_to = asyncio.Event()
        self._subscribers: set[Subscription[FeedEvent]] = set()
        self._position: FeedPosition | None = None
        self._following: asyncio.Task[None] | None = None
        self._hearers = Hearers()

    @property
    def position(self) -> FeedPosition:
        """Up to where events were delivered. Only after ``start``."""
        if self._position is None:
            raise RuntimeError("the feed was not started")
        return self._position

    @property
    def failure(self) -> BaseException | None:
        """Why the reader ended by itself (an event this program does not know), or ``None`` while it follows."""
        ended = self._following
        return ended.exception() if ended and ended.done() and not ended.cancelled() else None

    def hear(self, callback: Callable[[], None]) -> None:
        """Call back when something was committed, ten times a second at most. Some are lost: look by yourself too."""
        self._hearers.add(callback)

    async def start(self) -> None:
        """Follow from the present end of the feed. Raises ``Unavailable``."""
        await self._skip_to_end()
        self._listener.start({CHANNEL: self._notified})
        self._following = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End all subscriptions; safe to call twice."""
        await self._listener.stop()
        self._hearers.stop()
        if self._following is not None and not self._following.done():
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
        self._close_all()

    async def subscribe(self, after: FeedPosition | None = None) -> Subscription[FeedEvent]:
        """Everything after a position, or from now on. Raises ``Unavailable``."""
        subscription: Subscription[FeedEvent] = Subscription()
        if not self._subscribers:
            await self._skip_to_end()
        joined = self.position
        # Joined first: what the reader delivers while the backlog is read waits in the subscription, in order.
        self._subscribers.add(subscription)
        self._is_listened_to.set()
        if after is not None:
            missed = await self._between(after, joined) if after.epoch == joined.epoch else None
            subscription.must_reload = missed is None
            subscription.catch_up(missed or [])
        return subscription

    async def end(self) -> FeedPosition:
        """Where the feed ends now: whoever reads from here on has seen what lies before. Raises ``Unavailable``."""
        epoch, horizon = await end_of_feed(self._database)
        return FeedPosition(epoch, horizon, 0, 0)

    def unsubscribe(self, subscription: Subscription[FeedEvent]) -> None:
        """Stop delivering to a subscription; safe to call twice."""
        self._subscribers.discard(subscription)

    def _notified(self) -> None:
        self._wake.set()
        self._hearers.tell()

    async def _between(self, after: FeedPosition, until: FeedPosition) -> list[FeedEvent] | None:
        """Events after one position up to another, or ``None`` when they are too many."""
        missed: list[FeedEvent] = []
        while after < until and len(missed) <= LONGEST_BACKLOG:
            page = await self._page(after)
            missed += [event for event in page if event.position <= until]
            if len(page) < PAGE:
                return missed
            after = page[-1].position
        return missed if after >= until else None

    async def _follow(self) -> None:
        try:
            while True:
                await self._follow_until_lost()
                await asyncio.sleep(POLL)
        finally:
            # Also when an unknown event ends the reader: nobody waits for what will not come.
            self._close_all()

    async def _follow_until_lost(self) -> None:
        with contextlib.suppress(Unavailable):
            await self._enter_epoch()
            while True:
                await self._somebody_listens()
                self._wake.clear()
                after = self.position
                page = await self._page(after)
                self._deliver(after, page)
                if len(page) < PAGE:
                    await self._rest()

    async def _somebody_listens(self) -> None:
        if not self._subscribers:
            self._is_listened_to.clear()
            await self._is_listened_to.wait()

    async def _skip_to_end(self) -> None:
        self._position = await self.end()

    async def _enter_epoch(self) -> None:
        end = await self.end()
        if end.epoch != self.position.epoch:
            self._position = end
            self._close_all()

    async def _rest(self) -> None:
        pause = SHORT_POLL if await waits_for_horizon(self._database) else POLL
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), pause)

    async def _page(self, after: FeedPosition) -> list[FeedEvent]:
        rows = await page_after(self._database, after.xid, after.tree, after.seq)
        return [self._event(after.epoch, row) for row in rows]

    def _event(self, epoch: int, row: asyncpg.Record) -> FeedEvent:
        return FeedEvent(FeedPosition(epoch, row["xid"], row["tree"], row["seq"]), self._log.recorded(row))

    def _deliver(self, after: FeedPosition, page: Sequence[FeedEvent]) -> None:
        # A page that was read before the reader skipped to the end is nobody's any more.
        if page and after == self._position:
            self._position = page[-1].position
            self._subscribers -= {each for each in self._subscribers if not each.offer(page)}

    def _close_all(self) -> None:
        for subscription in self._subscribers:
            subscription.close()
        self._subscribers.clear()
