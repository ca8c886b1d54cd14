"""The feed: every event once, in order, none skipped by a late commit."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import asyncpg
import pytest

from engine.errors import Malformed, Unavailable
from engine.feed import CommitNotifier, EventFeed, FeedEvent, FeedPosition, SlowSubscriber, Subscription, horizon_age
from engine.feed.subscription import CAPACITY
from engine.storage.database import Database
from engine.storage.event_log import EventLog
from engine.storage.feed_pages import waits_for_horizon
from engine.storage.listening import Listener
from tests.integration.engine.conftest import WRITER, House

PATIENCE = 60


@pytest.fixture
async def feed(house: House, database_url: str) -> AsyncIterator[EventFeed]:
    opened = EventFeed(house.database, EventLog(house.database, house.catalogue), Listener(database_url))
    await opened.start()
    yield opened
    await opened.stop()


async def take(subscription: Subscription[FeedEvent], count: int) -> list[FeedEvent]:
    return [await asyncio.wait_for(anext(subscription), PATIENCE) for _ in range(count)]


async def events_stored(database: Database) -> int:
    count: int = await database.fetchval("select count(*) from event")
    return count


async def test_a_subscriber_gets_every_event_once_and_in_order(house: House, feed: EventFeed) -> None:
    subscription = await feed.subscribe()
    await asyncio.gather(*(house.report(tree) for tree in range(1, 9)))
    events = await take(subscription, await events_stored(house.database))
    positions = [event.position for event in events]
    assert positions == sorted(set(positions))
    for tree in range(1, 9):
        seqs = [event.recorded.seq for event in events if event.recorded.tree == tree]
        assert seqs == list(range(1, len(seqs) + 1))


async def test_an_open_transaction_holds_the_feed_back_and_is_not_skipped(
    house: House, feed: EventFeed, database_url: str
) -> None:
    subscription = await feed.subscribe()
    late = await asyncpg.connect(database_url)
    transaction = late.transaction()
    await transaction.start()
    await late.execute(
        "insert into event (tree, seq, type, version, at, actor, payload, hash, closes) "
        "values (99, 1, 'NoteReported', 1, now(), 'user:1', '{\"title\":\"late\"}', '', 1)"
    )
    await house.report(1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(subscription), 0.3)
    assert (await horizon_age(house.database)).total_seconds() > 0
    await transaction.commit()
    await late.close()
    events = await take(subscription, await events_stored(house.database))
    assert next(event.recorded.tree for event in events) == 99
    assert {event.recorded.tree for event in events} == {1, 99}


async def test_a_client_goes_on_after_its_last_position(house: House, feed: EventFeed) -> None:
    first = await feed.subscribe()
    await house.report(1)
    seen = await take(first, 3)
    feed.unsubscribe(first)
    await house.report(2)
    again = await feed.subscribe(FeedPosition.parse(str(seen[-1].position)))
    rest = await take(again, await events_stored(house.database) - 3)
    assert not again.must_reload
    assert [event.position for event in [*seen, *rest]] == sorted(event.position for event in [*seen, *rest])


async def test_what_nobody_listened_to_is_read_only_by_who_asks_for_it(house: House, feed: EventFeed) -> None:
    begin = feed.position
    await house.report(1)
    # Long enough for a reader that follows to have moved on.
    await asyncio.sleep(0.1)
    # Any older transaction of the cluster holds the horizon back, before which a newcomer begins.
    while await waits_for_horizon(house.database):  # noqa: ASYNC110 - what is waited for happens in the database
        await asyncio.sleep(0.01)
    assert feed.position == begin
    newcomer = await feed.subscribe()
    await house.report(2)
    assert {event.recorded.tree for event in await take(newcomer, 3)} == {2}
    returned = await feed.subscribe(begin)
    assert [event.recorded.tree for event in await take(returned, 3)] == [1, 1, 1]


async def test_a_position_of_another_life_of_the_cluster_asks_for_a_reload(feed: EventFeed) -> None:
    old = FeedPosition(feed.position.epoch + 1, 1, 1, 1)
    assert (await feed.subscribe(old)).must_reload


async def test_a_commit_is_passed_on_to_another_process(house: House, feed: EventFeed) -> None:
    notifier = CommitNotifier(house.database)
    notifier.start()
    try:
        subscription = await feed.subscribe()
        await house.report(1)
        notifier.committed()
        assert (await take(subscription, 1))[0].recorded.actor == WRITER.id
    finally:
        await notifier.stop()


async def repeated_until_available(house: House) -> None:
    for _ in range(10):
        with contextlib.suppress(Unavailable):
            await house.report(1)
            return
    raise AssertionError("the pool never came back")


async def test_the_reader_comes_back_after_losing_its_connections(house: House, feed: EventFeed, server: str) -> None:
    subscription = await feed.subscribe()
    name = await house.database.fetchval("select current_database()")
    killer = await asyncpg.connect(server)
    await killer.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", name)
    await killer.close()
    # A killed connection of the pool answers one request with "unavailable" before it is replaced.
    await repeated_until_available(house)
    assert len(await take(subscription, 3)) == 3


async def test_stopping_the_feed_ends_every_subscription(feed: EventFeed) -> None:
    subscription = await feed.subscribe()
    await feed.stop()
    assert [event async for event in subscription] == []


async def test_a_subscriber_that_is_too_slow_is_dropped() -> None:
    subscription: Subscription[int] = Subscription()
    assert subscription.offer(range(CAPACITY))
    assert not subscription.offer([1])
    with pytest.raises(SlowSubscriber):
        await anext(subscription)


@pytest.mark.parametrize("text", ["", "1-2-3", "1-2-3-4-5", "a-1-1-1", "1-1-1--1", "1-٣-1-1", "1-1-1-1\n"])
def test_a_position_that_is_none_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        FeedPosition.parse(text)
