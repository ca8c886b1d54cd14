"""The event stream: in scope, alive, bounded, and gone when the server stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from api import streams
from engine.feed import FeedEvent, FeedPosition
from engine.feed import subscription as of_feed
from tests.unit.api.stand_in import StandIn, event
from tests.web_server import serving

EVENTS = "/api/v1/events"


@asynccontextmanager
async def stream(session: aiohttp.ClientSession, **headers: str) -> AsyncIterator[aiohttp.ClientResponse]:
    async with session.get(EVENTS, headers=headers) as answer:
        assert answer.status == 200
        yield answer


async def block(answer: aiohttp.ClientResponse) -> str:
    """The text up to the next empty line."""
    async with asyncio.timeout(60):
        return (await answer.content.readuntil(b"\n\n")).decode()


def tell(house: StandIn, *events: FeedEvent) -> None:
    for subscription in house.feed.subscriptions:
        subscription.offer(events)


async def test_a_stream_needs_a_session(client: aiohttp.ClientSession) -> None:
    assert (await client.get(EVENTS)).status == 401


async def test_an_event_says_that_and_where_but_not_what(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    async with stream(acceptor) as answer:
        assert answer.content_type == "text/event-stream"
        assert await block(answer) == "retry: 2000\n\n"
        tell(house, event(tree=1, seq=7))
        assert await block(answer) == (
            'id: 1-7-1-7\ndata: {"case":1,"seq":7,"type":"InstanceCompleted","at":"2027-01-01T00:00:00Z"}\n\n'
        )


async def test_events_of_cases_out_of_sight_are_not_told(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    async with stream(acceptor) as answer:
        await block(answer)
        tell(house, event(tree=2, seq=1), event(tree=9, seq=1), event(tree=1, seq=1))
        assert '"case":1' in await block(answer)


async def test_who_sees_every_case_is_told_every_event(client: aiohttp.ClientSession, house: StandIn) -> None:
    async with stream(client, authorization="Bearer " + house.sessions.token_of("leader")) as answer:
        await block(answer)
        tell(house, event(tree=9, seq=1))
        assert '"case":9' in await block(answer)
    assert house.cases.asked == []


async def test_who_may_see_a_case_is_asked_once_for_all_streams(
    acceptor: aiohttp.ClientSession, house: StandIn
) -> None:
    async with stream(acceptor) as one, stream(acceptor) as other:
        for answer in (one, other):
            await block(answer)
        tell(house, event(tree=1, seq=1), event(tree=1, seq=2))
        for answer in (one, other):
            assert '"seq":1' in await block(answer)
            assert '"seq":2' in await block(answer)
    assert house.cases.asked == [1, 1]


async def test_a_stream_goes_on_after_the_last_event(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    async with stream(acceptor, **{"last-event-id": "1-7-1-7"}):
        assert house.feed.after == [FeedPosition(1, 7, 1, 7)]


async def test_a_stream_goes_on_after_what_the_page_began_with(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    position = (await (await acceptor.get("/api/v1/sessions")).json())["position"]
    async with acceptor.get(EVENTS, params={"after": position}):
        assert house.feed.after == [FeedPosition(1, 7, 0, 0)]


async def test_a_browser_that_comes_back_goes_on_where_it_was(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    async with acceptor.get(EVENTS, params={"after": "1-7-0-0"}, headers={"last-event-id": "1-7-1-7"}):
        assert house.feed.after == [FeedPosition(1, 7, 1, 7)]


async def test_a_position_that_is_none_is_refused(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    answer = await acceptor.get(EVENTS, headers={"last-event-id": "yesterday"})
    assert (answer.status, (await answer.json())["code"]) == (400, "bad_feed_position")


async def test_a_client_that_missed_too_much_is_told_to_reload(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    house.feed.must_reload = True
    async with stream(acceptor, **{"last-event-id": "1-1-1-1"}) as answer:
        await block(answer)
        assert await block(answer) == "event: reload\ndata: {}\n\n"


async def test_a_reader_that_was_too_slow_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, acceptor: aiohttp.ClientSession, house: StandIn
) -> None:
    monkeypatch.setattr(of_feed, "CAPACITY", 0)
    async with stream(acceptor) as answer:
        await block(answer)
        tell(house, event(tree=1, seq=1))
        assert await answer.content.read() == b""


@pytest.fixture
def quick_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.02)


async def test_a_quiet_stream_has_a_heartbeat(quick_heart: None, acceptor: aiohttp.ClientSession) -> None:
    async with stream(acceptor) as answer:
        await block(answer)
        assert [await block(answer) for _ in range(3)] == [":\n\n"] * 3


async def test_a_stream_ends_with_its_session(
    quick_heart: None, acceptor: aiohttp.ClientSession, house: StandIn
) -> None:
    async with stream(acceptor) as answer:
        await block(answer)
        house.sessions.live.clear()
        assert (await answer.content.read()).replace(b":\n\n", b"") == b""


async def test_only_so_many_streams_are_open(
    monkeypatch: pytest.MonkeyPatch, acceptor: aiohttp.ClientSession, house: StandIn
) -> None:
    monkeypatch.setattr(streams, "MOST_STREAMS", 2)
    async with stream(acceptor), stream(acceptor):
        answer = await acceptor.get(EVENTS)
        assert (answer.status, (await answer.json())["code"]) == (503, "too_many_streams")
        assert "guiliu_event_streams 2.0" in await (await acceptor.get("/metrics")).text()


async def test_a_client_that_leaves_leaves_nothing_behind(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    async with stream(acceptor) as answer:
        await block(answer)
    async with asyncio.timeout(60):
        await house.feed.left.wait()
    assert "guiliu_event_streams 0.0" in await (await acceptor.get("/metrics")).text()


async def test_streams_end_before_the_server_stops(house: StandIn) -> None:
    headers = {"authorization": "Bearer " + house.sessions.token_of("acceptor")}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with serving(house) as address:
            answer = await session.get(address + EVENTS)
            await block(answer)
        assert await answer.content.read() == b""
    assert house.feed.subscriptions == []
