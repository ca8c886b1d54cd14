"""Answers are kept for seven days, refusals like successes; then the key is free again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.city import City, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

_AGE = "update idempotency set recorded_at = clock_timestamp() - $2::text::interval where key = $1"
NONSENSE = {"data": {"decision": "no such decision"}}


async def asked(person: Client, path: str, body: Any, key: str) -> tuple[int, bytes]:
    headers = {"idempotency-key": key}
    async with person.session.post(f"/api/v1{path}", json=body, headers=headers) as answer:
        return answer.status, await answer.read()


async def grow_old(city: City, key: str, age: str) -> None:
    """Time passes for a key, and what is too old is cleared."""
    async with city.platform.database.unit_of_work() as uow:
        assert await uow.execute(_AGE, key, age) == "UPDATE 1"
        await uow.fetchval("select purge_keys(1000)")


@pytest.mark.parametrize("mistake", ["not claimed", "nonsense", "not a candidate"])
async def test_a_refusal_is_repeated_for_seven_days_although_it_would_pass_now(city: City, mistake: str) -> None:
    _, task = await city.walk(until="accept")
    acceptor, dispatcher = await city.person("acceptor"), await city.person("dispatcher")
    person = dispatcher if mistake == "not a candidate" else acceptor
    verb, body = ("claim", None) if mistake == "not a candidate" else ("complete", {"data": {"decision": "accept"}})
    if mistake == "nonsense":
        await acceptor.post(f"/tasks/{task}/claim")
        body = NONSENSE
    path, key = f"/tasks/{task}/{verb}", mistake.replace(" ", "-")
    refused = await asked(person, path, body, key)
    assert refused[0] in (403, 409, 422)
    await acceptor.post(f"/tasks/{task}/claim")
    await grow_old(city, key, "6 days 23 hours")
    assert await asked(person, path, body, key) == refused


async def test_after_seven_days_a_key_is_judged_anew(city: City) -> None:
    _, task = await city.walk(until="accept")
    acceptor = await city.person("acceptor")
    path, body = f"/tasks/{task}/complete", {"data": {"decision": "accept"}}
    assert (await asked(acceptor, path, body, "old"))[0] == 409
    await acceptor.post(f"/tasks/{task}/claim")
    await grow_old(city, "old", "7 days 1 hour")
    assert (await asked(acceptor, path, body, "old"))[0] == 200
