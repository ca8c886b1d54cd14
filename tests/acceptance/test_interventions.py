"""An operator acts on a case by hand: looks inside, sees what follows, gives a reason that is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.city import City, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

WHY = {"reason": "现场通信中断"}


async def instance_of(person: Client, case: int) -> str:
    """The case's own instance."""
    items = (await person.get(f"/cases/{case}/diagram")).body["items"]
    name: str = items[0]["instance"]
    return name


async def tokens(person: Client, instance: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await person.get(f"/instances/{instance}/tokens")).body["items"]
    return items


async def history(person: Client, case: int) -> list[dict[str, Any]]:
    return [
        entry
        for entry in (await person.get(f"/cases/{case}/history?limit=200")).body["items"]
        if entry["type"] in {"Intervened", "InstancePaused", "InstanceResumed", "TokenAdded", "InstanceCancelled"}
    ]


async def test_a_pause_keeps_what_is_done_meanwhile_and_says_what_resuming_leads_to(city: City) -> None:
    case, task = await city.walk(until="accept")
    admin, acceptor = await city.person("admin"), await city.person("acceptor")
    instance = await instance_of(admin, case)
    foreseen = await admin.post(f"/instances/{instance}/pause?preview=true", WHY)
    assert (foreseen.status, foreseen.body["follows"]) == (200, [])
    assert (await admin.get(f"/instances/{instance}")).body["paused_at"] is None

    assert (await admin.post(f"/instances/{instance}/pause", WHY)).status == 200
    assert (await admin.get(f"/instances/{instance}")).body["paused_at"] is not None
    (wait,) = [each for each in (await admin.get(f"/cases/{case}/waits")).body["items"] if each["kind"] == "pause"]
    assert (wait["name"], wait["instance"]) == (WHY["reason"], instance)
    done = await acceptor.perform(task, {"decision": "accept"})
    assert (done.status, done.body["opened"]) == (200, [])
    assert any(token["is_held"] for token in await tokens(admin, instance)) or await held_below(admin, case)

    foreseen = await admin.post(f"/instances/{instance}/resume?preview=true", WHY)
    assert "TaskOpened" in {follow["kind"] for follow in foreseen.body["follows"]}
    assert all(follow["zh"] and follow["en"] for follow in foreseen.body["follows"])
    resumed = await admin.post(f"/instances/{instance}/resume", WHY)
    assert (resumed.status, len(resumed.body["opened"])) == (200, 1)
    told = [(entry["type"], entry["payload"].get("reason", "")) for entry in await history(admin, case)]
    assert told == [
        ("Intervened", WHY["reason"]),
        ("InstancePaused", ""),
        ("Intervened", WHY["reason"]),
        ("InstanceResumed", ""),
    ]


async def held_below(person: Client, case: int) -> bool:
    """Whether something is held in an instance that the case's own one calls."""
    items = (await person.get(f"/cases/{case}/diagram")).body["items"]
    return any([token["is_held"] for item in items for token in await tokens(person, item["instance"])])


async def test_a_token_is_moved_after_a_look_at_what_follows_and_not_into_nowhere(city: City) -> None:
    case, task = await city.walk(until="accept")
    admin = await city.person("admin")
    (instance, token), *_ = [
        (item["instance"], token)
        for item in (await admin.get(f"/cases/{case}/diagram")).body["items"]
        for token in await tokens(admin, item["instance"])
        if token["element"] == "accept"
    ]
    assert token["id"] == task
    nowhere = await admin.post(f"/instances/{instance}/move", {**WHY, "token": token["id"], "to": "nowhere"})
    assert (nowhere.status, nowhere.body["code"]) == (409, "move_target_missing")
    empty = await admin.post(f"/instances/{instance}/move", WHY)
    assert (empty.status, empty.body["pointer"]) == (422, "/token")
    again = {**WHY, "token": token["id"], "to": "accept"}
    foreseen = (await admin.post(f"/instances/{instance}/move?preview=true", again)).body
    said = {follow["kind"]: (follow["zh"], follow["en"]) for follow in foreseen["follows"]}
    assert said["TaskWithdrawn"] == ("撤回待办“受理”", 'The task "Acceptance" is withdrawn')
    assert said["TaskOpened"] == ("产生待办“受理”", 'The task "Acceptance" is opened')
    assert [each["id"] for each in await tokens(admin, instance) if each["element"] == "accept"] == [task]
    moved = await admin.post(f"/instances/{instance}/move", again)
    assert (moved.status, [each["element"] for each in moved.body["opened"]]) == (200, ["accept"])
    assert (await admin.get(f"/tasks/{task}")).body["state"] == "withdrawn"
    last = await admin.post(f"/instances/{instance}/move", {**WHY, "token": moved.body["opened"][0]["id"]})
    assert (last.status, last.body["code"]) == (409, "token_is_last")


async def test_a_variable_is_corrected_and_a_case_is_ended_by_hand(city: City) -> None:
    case, _ = await city.walk(until="accept")
    admin = await city.person("admin")
    instance = await instance_of(admin, case)
    corrected = await admin.post(f"/instances/{instance}/variables", {**WHY, "values": {"note": "改正"}})
    assert (corrected.status, corrected.body["opened"]) == (200, [])
    scopes = (await admin.get(f"/instances/{instance}/variables")).body["items"]
    assert scopes[0]["variables"]["note"] == "改正"
    reserved = await admin.post(f"/instances/{instance}/variables", {**WHY, "values": {"case": 1}})
    assert (reserved.status, reserved.body["code"]) == (422, "reserved_name")
    foreseen = (await admin.post(f"/instances/{instance}/cancel?preview=true", WHY)).body["follows"]
    assert {"TaskWithdrawn", "InstanceCancelled"} <= {follow["kind"] for follow in foreseen}
    assert (await admin.post(f"/instances/{instance}/cancel", WHY)).status == 200
    assert (await admin.get(f"/instances/{instance}")).body["state"] == "cancelled"
    assert await tokens(admin, instance) == []


async def test_only_who_may_intervene_looks_inside(city: City) -> None:
    case, _ = await city.walk(until="accept")
    lead = await city.person("verifier")
    instance = await instance_of(await city.person("admin"), case)
    seen = (await lead.get(f"/instances/{instance}")).status
    refused = 403 if seen == 200 else 404
    assert (await lead.get(f"/instances/{instance}/variables")).status == refused
    assert (await lead.post(f"/instances/{instance}/pause", WHY)).status == refused
