"""Changes may be repeated: one effect, the same bytes; and nobody overwrites what he has not seen."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from engine.bus import Bus
from engine.commands import Command
from engine.store import Answer
from tests.acceptance.city import REPORT, City, Client, new_key

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def key() -> dict[str, str]:
    """The key that all attempts of a test share."""
    return new_key()


def report_of(key: dict[str, str]) -> dict[str, Any]:
    """A report that can be found again by its description."""
    return {**REPORT, "description": key["idempotency-key"]}


async def found(person: Client, key: dict[str, str]) -> int:
    """How many cases there are of ``report_of``."""
    count: int = (await person.get("/cases", text=key["idempotency-key"])).body["count"]
    return count


async def sent(person: Client, path: str, body: Any, key: dict[str, str]) -> tuple[int, bytes]:
    async with person.session.post(f"/api/v1{path}", json=body, headers=key) as answer:
        return answer.status, await answer.read()


async def test_twenty_at_once_with_one_key_are_one_report(city: City, key: dict[str, str]) -> None:
    inspector = await city.person("inspector")
    answers = await asyncio.gather(*(sent(inspector, "/cases", report_of(key), key) for _ in range(20)))
    assert set(answers) == {answers[0]}
    assert answers[0][0] == 201
    assert await found(inspector, key) == 1


async def test_twenty_at_once_with_one_key_are_one_completion(city: City, key: dict[str, str]) -> None:
    case, task = await city.walk(until="accept")
    acceptor = await city.person("acceptor")
    await acceptor.post(f"/tasks/{task}/claim")
    body = {"data": {"decision": "accept"}}
    answers = await asyncio.gather(*(sent(acceptor, f"/tasks/{task}/complete", body, key) for _ in range(20)))
    assert set(answers) == {answers[0]}
    assert answers[0][0] == 200
    history = await acceptor.get(f"/cases/{case}/history")
    assert [entry["type"] for entry in history.body["items"]].count("TaskCompleted") == 1


async def test_another_body_under_the_same_key_is_refused(city: City, key: dict[str, str]) -> None:
    inspector = await city.person("inspector")
    await sent(inspector, "/cases", report_of(key), key)
    status, body = await sent(inspector, "/cases", {**report_of(key), "channel": "video"}, key)
    assert (status, b'"code":"idempotency_key_reused"' in body) == (409, True)
    assert await found(inspector, key) == 1


async def test_the_same_key_of_another_person_is_another_key(city: City, key: dict[str, str]) -> None:
    await sent(await city.person("inspector"), "/cases", report_of(key), key)
    assert (await sent(await city.person("acceptor"), "/cases", report_of(key), key))[0] == 201


async def test_a_refusal_is_repeated_to_the_letter_although_it_would_pass_now(city: City, key: dict[str, str]) -> None:
    _, task = await city.walk(until="accept")
    acceptor = await city.person("acceptor")
    body = {"data": {"decision": "accept"}}
    refused = await sent(acceptor, f"/tasks/{task}/complete", body, key)
    await acceptor.post(f"/tasks/{task}/claim")
    assert await sent(acceptor, f"/tasks/{task}/complete", body, key) == refused
    assert refused[0] == 409
    assert (await acceptor.post(f"/tasks/{task}/complete", body)).status == 200


async def test_a_command_is_carried_out_although_its_client_left(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    _, task = await city.walk(until="accept")
    acceptor = await city.person("acceptor")
    await acceptor.post(f"/tasks/{task}/claim")
    begun = asyncio.Event()
    handle = Bus.handle

    async def handle_noticed(bus: Bus, command: Command) -> Answer:
        begun.set()
        return await handle(bus, command)

    monkeypatch.setattr(Bus, "handle", handle_noticed)
    asking = asyncio.create_task(sent(acceptor, f"/tasks/{task}/complete", {"data": {"decision": "accept"}}, new_key()))
    await begun.wait()
    asking.cancel()
    await asyncio.wait([asking])
    await city.platform.bus.drain()
    assert (await acceptor.get(f"/tasks/{task}")).body["state"] == "completed"


@pytest.mark.parametrize("verb", ["claim", "release", "assign", "unassign", "complete"])
async def test_a_version_that_is_behind_is_refused(city: City, verb: str) -> None:
    _, task = await city.walk(until="accept")
    lead = await city.person("shift-lead")
    acceptor = await city.person("acceptor")
    await acceptor.post(f"/tasks/{task}/claim")
    bodies = {"assign": {"assignee": acceptor.id}, "complete": {"data": {"decision": "accept"}}}
    person = lead if verb in ("assign", "unassign") else acceptor
    stale = await person.post(f"/tasks/{task}/{verb}", bodies.get(verb), if_match='"1"')
    assert (stale.status, stale.code) == (412, "stale_version")
    assert (await acceptor.get(f"/tasks/{task}")).body["version"] == 2


async def test_of_two_people_claiming_at_once_one_has_the_task(city: City) -> None:
    _, task = await city.walk(until="verify")
    inspector, verifier = await city.person("inspector"), await city.person("verifier")
    answers = await asyncio.gather(*(person.post(f"/tasks/{task}/claim") for person in (inspector, verifier)))
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert next(answer for answer in answers if answer.status == 409).code == "task_already_claimed"


async def test_drafts_of_a_task_are_kept_by_version(city: City) -> None:
    _, task = await city.walk(until="accept")
    acceptor = await city.person("acceptor")
    await acceptor.post(f"/tasks/{task}/claim")
    first = await acceptor.post(f"/tasks/{task}/draft", {"data": {"note": "一"}}, if_match='"0"')
    behind = await acceptor.post(f"/tasks/{task}/draft", {"data": {"note": "二"}}, if_match='"0"')
    assert (first.body["version"], behind.status) == (1, 412)
    draft = (await acceptor.get(f"/tasks/{task}")).body["draft"]
    assert (draft["data"], draft["version"], draft["editor"]) == ({"note": "一"}, 1, acceptor.id)
