"""Outside systems answer and send by themselves: believed by their signature alone, and once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from api import Surface
from connectors import signed
from engine.clock import machine_time
from engine.storage.invariant_queries import ENGINE_LAWS
from guiliu.platform import Platform
from tests.acceptance.city import DIAGRAM, City
from tests.acceptance.outside import OUTSIDE, SECRET, asking_city, configure, delivery_of, send_all
from tests.integration.connectors.bad_servers import Receiver, hanging, receiving
from tests.web_server import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: The receiver takes it over and answers later.
CALLBACK = OUTSIDE.replace(
    b'<zeebe:header key="target" value="sewers" />',
    b'<zeebe:header key="target" value="sewers" /><zeebe:header key="callback" value="true" />',
)
ASKING = DIAGRAM.replace(b"</bpmn:process>", CALLBACK)


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def asking(city: City, platform: Platform) -> None:
    await asking_city(city, platform, ASKING)


@dataclass
class Sewers:
    """The outside system as a client of the exchange zone."""

    session: aiohttp.ClientSession
    count: int = field(default=0)

    async def send(
        self,
        content: Any,
        *,
        identity: str = "",
        secret: str = SECRET,
        late: timedelta = timedelta(),
        source: str = "sewers",
        headers: Mapping[str, str] | None = None,
        sent: bytes | None = None,
    ) -> tuple[int, Any]:
        """Sign and send; ``headers`` in place of the right ones, ``sent`` in place of what was signed."""
        self.count += 1
        body = json.dumps(content).encode()
        named = identity or f"evt-{self.count}"
        right = signed(secret.encode(), named, machine_time() - late, body)
        return await self.send_raw(body if sent is None else sent, right if headers is None else headers, source)

    async def send_raw(self, body: bytes, headers: Mapping[str, str], source: str = "sewers") -> tuple[int, Any]:
        sent = {"content-type": "application/json", **headers}
        async with self.session.post(f"/api/v1/inbound/{source}", data=body, headers=sent) as answer:
            return answer.status, await answer.json()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sewers(platform: Platform) -> AsyncIterator[Sewers]:
    async with serving(platform, Surface.EXCHANGE) as address, aiohttp.ClientSession(address) as session:
        yield Sewers(session)


async def taken_over(city: City, platform: Platform, receiver: Receiver) -> dict[str, Any]:
    """A delivery that the outside system has taken over."""
    await configure(city, receiver.url)
    case = (await city.report())["case"]
    await send_all(platform)
    delivery = await delivery_of(city, case)
    assert delivery["state"] == "accepted"
    return delivery


def answer(delivery: str) -> dict[str, Any]:
    return {"answer": {"delivery": delivery, "result": {"response": {"ticket": "T-1"}}}}


async def endings(platform: Platform, delivery: str) -> int:
    tree = int(delivery.split(".")[0])
    found = await platform.database.fetchval(
        "select count(*) from event where tree = $1 and type = 'DeliveryCompleted'", tree
    )
    return int(found)


async def test_a_signed_answer_moves_the_case_once_however_often_it_comes(
    city: City, platform: Platform, sewers: Sewers
) -> None:
    async with receiving() as receiver:
        delivery = await taken_over(city, platform, receiver)
        right = answer(delivery["id"])
        replies = await asyncio.gather(*(sewers.send(right, identity="evt-once") for _ in range(5)))
        replies.append(await sewers.send(right, identity="evt-once", late=timedelta(minutes=2)))
        assert replies == [(200, {"taken": True})] * 6
        assert await endings(platform, delivery["id"]) == 1
        assert (await delivery_of(city, delivery["case"]))["state"] == "done"
        # Another id is another answer, and too late.
        assert await sewers.send(right) == (200, {"taken": False})
        status, problem = await sewers.send({"answer": {"delivery": delivery["id"]}}, identity="evt-once")
        assert (status, problem["code"]) == (409, "idempotency_key_reused")
        history = await platform.database.fetchval(
            "select actor from event where tree = $1 and type = 'DeliveryCompleted'", delivery["case"]
        )
        assert history == "source:sewers"


async def test_what_is_not_signed_rightly_and_lately_has_no_effect(
    city: City, platform: Platform, sewers: Sewers
) -> None:
    async with receiving() as receiver:
        delivery = await taken_over(city, platform, receiver)
        right = answer(delivery["id"])
        body = json.dumps(right).encode()
        other = signed(SECRET.encode(), "evt-a", machine_time(), body)
        replies = [
            await sewers.send(right, headers={}),
            await sewers.send(right, secret="not-the-secret-of-the-sewers"),
            await sewers.send(right, late=timedelta(minutes=6)),
            await sewers.send(right, late=-timedelta(minutes=6)),
            await sewers.send(right, headers={**other, "webhook-id": "evt-b"}),
            await sewers.send(right, headers={**other, "webhook-signature": "v1,"}),
            # The same value, written differently.
            await sewers.send(right, sent=json.dumps(right, separators=(",", ":")).encode()),
            await sewers.send(right, source="nobody"),
        ]
        assert [(status, problem["code"]) for status, problem in replies] == [(401, "signature_invalid")] * 8
        assert await endings(platform, delivery["id"]) == 0
        assert await sewers.send(right) == (200, {"taken": True})


async def test_secrets_are_rotated_without_losing_an_answer(city: City, platform: Platform, sewers: Sewers) -> None:
    new, file = "the-next-secret-of-the-sewers", platform.settings.home / "secrets" / "sewers"
    async with receiving() as receiver:
        first, second = [await taken_over(city, platform, receiver) for _ in range(2)]
        file.write_text(f"{new}\n{SECRET}\n")
        assert await sewers.send(answer(first["id"])) == (200, {"taken": True})
        # Both at once, as a sender does in the days between.
        body = json.dumps(answer(second["id"])).encode()
        now = machine_time()
        old_one, new_one = (signed(secret.encode(), "evt-both", now, body) for secret in (SECRET, new))
        file.write_text(f"{new}\n")
        both = f"{old_one['webhook-signature']} {new_one['webhook-signature']}"
        assert (await sewers.send_raw(body, old_one))[0] == 401
        assert await sewers.send_raw(body, {**new_one, "webhook-signature": both}) == (200, {"taken": True})
        file.write_text(SECRET)


async def test_an_answer_may_come_before_its_request_is_answered(
    city: City, platform: Platform, sewers: Sewers
) -> None:
    async with receiving(hanging) as receiver:
        await configure(city, receiver.url)
        case = (await city.report())["case"]
        sending = asyncio.create_task(send_all(platform))
        async with asyncio.timeout(60):
            while not receiver.requests:  # noqa: ASYNC110 - what is waited for happens in the server
                await asyncio.sleep(0.02)
        delivery = await delivery_of(city, case)
        assert delivery["state"] == "open"
        assert await sewers.send(answer(delivery["id"])) == (200, {"taken": True})
        receiver.released.set()
        await sending
        assert await endings(platform, delivery["id"]) == 1
        assert (await delivery_of(city, case))["state"] == "done"


async def test_only_the_one_who_was_asked_may_answer(city: City, platform: Platform, sewers: Sewers) -> None:
    async with receiving() as receiver:
        delivery = await taken_over(city, platform, receiver)
        await configure(city, receiver.url, "lamps")
        status, problem = await sewers.send(answer(delivery["id"]), source="lamps")
        assert (status, problem["code"]) == (403, "delivery_of_another")
        assert (await sewers.send(answer("999999999.1")))[0] == 404
        assert await endings(platform, delivery["id"]) == 0


async def test_a_message_is_handed_on_and_kept_until_somebody_waits(platform: Platform, sewers: Sewers) -> None:
    message = {"message": {"name": "water_low", "correlation_key": "k-1", "variables": {"level": 3}}}
    first = await sewers.send(message, identity="evt-message")
    assert first == await sewers.send(message, identity="evt-message") == (200, {"taken": True})
    kept = await platform.database.fetch("select sender, source, state from message where name = 'water_low'")
    assert [tuple(row) for row in kept] == [("source:sewers", "evt-message", "open")]


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ({}, None),
        ({"answer": {"delivery": "1.1"}, "message": {"name": "a", "correlation_key": "b"}}, None),
        ({"answer": {"delivery": "one"}}, "/answer/delivery"),
        ({"answer": {"delivery": "1.1", "more": 1}}, "/answer/more"),
        ({"message": {"name": "a", "correlation_key": "b", "time_to_live": "P99D"}}, "/message/time_to_live"),
    ],
)
async def test_what_is_signed_is_still_checked(sewers: Sewers, content: Any, pointer: str | None) -> None:
    status, problem = await sewers.send(content)
    assert (status, problem.get("pointer")) == (422, pointer)


async def test_the_public_zone_does_not_listen(platform: Platform) -> None:
    async with serving(platform, Surface.PUBLIC) as address, aiohttp.ClientSession(address) as session:
        assert (await Sewers(session).send({}))[0] == 404


async def test_after_all_this_every_law_of_the_stored_data_holds(platform: Platform) -> None:
    broken = {law: await platform.database.fetch(query) for law, query in ENGINE_LAWS.items()}
    assert {law: rows for law, rows in broken.items() if rows} == {}
