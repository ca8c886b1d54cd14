"""Batches over HTTP: many tasks at once, each with its own answer, worked off after the commit by whoever works."""

from __future__ import annotations

import pytest

from guiliu.platform import Platform
from tests.acceptance.city import City

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_many_tasks_are_claimed_each_with_its_own_answer(city: City, platform: Platform) -> None:
    (_, mine), (_, taken) = await city.walk(until="accept"), await city.walk(until="accept")
    _, not_mine = await city.walk(until="dispose")
    acceptor = await city.person("acceptor")
    await acceptor.post(f"/tasks/{taken}/claim")
    begun = await acceptor.post("/tasks/bulk", {"verb": "claim", "tasks": [mine, not_mine, taken]})
    assert (begun.status, begun.body["total"]) == (202, 3)
    address = f"/batches/{begun.body['batch']}"
    assert (await acceptor.get(address)).body["state"] == "running"
    await platform.batch_runner.run(begun.body["batch"])
    progress = (await acceptor.get(address)).body
    assert (progress["state"], progress["done"], progress["refused"]) == ("done", 2, 1)
    items = (await acceptor.get(f"{address}/items")).body["items"]
    assert [item["state"] for item in items] == ["done", "refused", "done"]
    assert (items[0]["answer"]["assignee"], items[1]["answer"]["code"]) == (acceptor.id, "not_a_candidate")
    assert (await acceptor.get(f"/tasks/{mine}")).body["assignee"] == acceptor.id


async def test_a_batch_is_seen_by_who_asked_and_by_those_who_look_after_instances(city: City) -> None:
    _, task = await city.walk(until="accept")
    lead, clerk, admin = await city.person("shift-lead"), await city.person("clerk"), await city.person("admin")
    asked = {"verb": "assign", "tasks": [task], "assignee": (await city.person("acceptor")).id}
    batch = (await lead.post("/tasks/bulk", asked)).body["batch"]
    assert (await clerk.get(f"/batches/{batch}")).status == 404
    assert (await clerk.get(f"/batches/{batch}/items")).status == 404
    assert (await clerk.get("/batches")).body["items"] == []
    assert (await admin.get("/batches")).body["items"][0]["id"] == batch
    assert (await clerk.post(f"/batches/{batch}/cancel")).status == 404
    assert (await admin.post(f"/batches/{batch}/cancel")).code == "batch_not_running"
    assert (await lead.post(f"/batches/{batch}/cancel")).body["batch"] == batch
    assert (await lead.get(f"/batches/{batch}")).body["state"] == "cancelled"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"verb": "claim", "tasks": []}, "/tasks"),
        ({"verb": "claim", "tasks": ["1.1", "one"]}, "/tasks/1"),
        ({"verb": "claim", "tasks": ["1.1", "1.1"]}, "/tasks/1"),
        ({"verb": "assign", "tasks": ["1.1"]}, "/assignee"),
        ({"verb": "claim", "tasks": ["1.1"], "assignee": "user:1"}, "/assignee"),
        ({"verb": "complete", "tasks": ["1.1"]}, "/verb"),
    ],
)
async def test_what_cannot_be_done_to_many_is_refused_whole(city: City, body: object, pointer: str) -> None:
    refused = await (await city.person("acceptor")).post("/tasks/bulk", body)
    assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_a_batch_may_do_no_more_than_whoever_asked_for_it_was_permitted(city: City, platform: Platform) -> None:
    """A program with a narrow key does not become its whole account by asking for a batch."""
    lead = await city.person("shift-lead")
    actor = await platform.batch_runner.actor_of(lead.id, frozenset({"task.perform"}))
    assert actor.permissions == {"task.perform"}
