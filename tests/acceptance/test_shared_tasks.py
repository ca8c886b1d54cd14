"""Tasks done with others over HTTP: lent and given back, split and completed after their parts."""

from __future__ import annotations

import pytest

from engine.commands import ResolveTask
from engine.jsontext import json_value
from guiliu.platform import Platform
from processes.organisation import AssignPosts, PostHeld, SaveAccount
from tests.acceptance.city import SEED, UNIT, City

pytestmark = pytest.mark.asyncio(loop_scope="module")

DONE = {"result": "fixed", "measures": "补装井盖"}


async def disposing(city: City) -> tuple[int, str]:
    """A case whose disposal the clerk has claimed."""
    case, task = await city.walk(until="dispose")
    assert (await (await city.person("clerk")).post(f"/tasks/{task}/claim")).status == 200
    return case, task


async def test_a_task_is_completed_after_the_parts_that_others_do(city: City) -> None:
    case, task = await disposing(city)
    clerk, inspector, verifier = [await city.person(name) for name in ("clerk", "inspector", "verifier")]
    asked = {
        "subtasks": [
            {"name": "围挡现场", "groups": [f"clerk@{UNIT}"], "priority": 80},
            {"name": "现场拍照", "assignee": inspector.id},
        ]
    }
    split = await clerk.post(f"/tasks/{task}/subtasks", asked)
    assert [part["groups"] for part in split.body["opened"]] == [[f"clerk@{UNIT}"], []]
    fence, photo = [part["id"] for part in split.body["opened"]]
    shown = (await clerk.get(f"/tasks/{task}")).body
    assert [(part["id"], part["state"]) for part in shown["subtasks"]] == [(fence, "open"), (photo, "open")]
    verbs = {verb["verb"]: verb["allowed"] for verb in shown["verbs"]}
    assert (verbs["complete"], verbs["subtasks"], verbs["resolve"]) == (False, True, False)
    refused = await clerk.post(f"/tasks/{task}/complete", {"data": DONE})
    assert (refused.status, refused.code) == (409, "subtasks_open")
    listed = (await clerk.get("/tasks")).body["items"]
    assert {item["id"]: item["parent"] for item in listed}[fence] == task
    assert (await inspector.get(f"/tasks/{photo}")).body["due_at"] == shown["due_at"]
    waits = (await clerk.get(f"/cases/{case}/waits")).body["items"]
    assert {fence, photo, task} <= {wait.get("task") for wait in waits}
    assert (await verifier.post(f"/tasks/{fence}/claim")).status in (403, 404)
    assert (await clerk.perform(fence, {})).status == 200
    assert (await inspector.post(f"/tasks/{photo}/complete", {"data": {}, "comment": "已拍"})).status == 200
    assert (await clerk.post(f"/tasks/{task}/complete", {"data": DONE})).status == 200
    tasks = (await clerk.get(f"/cases/{case}/tasks")).body["items"]
    assert [each["performer"] for each in tasks if each["parent"] == task] == [clerk.id, inspector.id]
    history = (await clerk.get(f"/cases/{case}/history", limit="200")).body["items"]
    assert "已拍" in [each["payload"].get("comment") for each in history if each["type"] == "TaskCompleted"]


async def test_who_may_help_is_told_by_name(city: City) -> None:
    _, task = await city.walk(until="accept")
    acceptor, lead = await city.person("acceptor"), await city.person("shift-lead")
    told = (await lead.get(f"/tasks/{task}/helpers")).body
    assert [person["id"] for person in told["people"]] == [acceptor.id]
    assert {group["group"] for group in told["groups"]} >= {"dispatcher", f"clerk@{UNIT}"}
    assert "designer" not in {group["group"] for group in told["groups"]}
    assert (await acceptor.get(f"/tasks/{task}/helpers")).body["people"] == []


async def test_a_part_is_withdrawn_by_who_holds_the_task_and_not_split_further(city: City) -> None:
    _, task = await disposing(city)
    clerk, lead = await city.person("clerk"), await city.person("shift-lead")
    parts = {"subtasks": [{"name": "甲", "groups": ["clerk"]}, {"name": "乙", "groups": ["clerk"]}]}
    first, second = [part["id"] for part in (await clerk.post(f"/tasks/{task}/subtasks", parts)).body["opened"]]
    assert (await lead.post(f"/tasks/{first}/withdraw")).code == "task_of_another"
    assert (await clerk.post(f"/tasks/{first}/withdraw")).body["task"] == first
    assert (await clerk.post(f"/tasks/{task}/withdraw")).code == "not_a_subtask"
    assert (await clerk.post(f"/tasks/{second}/claim")).status == 200
    again = await clerk.post(f"/tasks/{second}/subtasks", parts)
    assert (again.status, again.code) == (409, "subtask_not_split")


@pytest.mark.parametrize(
    ("part", "pointer"),
    [
        ({"name": "x"}, "/subtasks/0"),
        ({"name": "", "groups": ["clerk"]}, "/subtasks/0/name"),
        ({"name": "x", "groups": ["nobody"]}, "/subtasks/0/groups"),
        ({"name": "x", "groups": ["clerk@nowhere"]}, "/subtasks/0/groups"),
        ({"name": "x", "assignee": "user:99999"}, "/subtasks/0/assignee"),
        ({"name": "x", "assignee": "user:1; drop"}, "/subtasks/0/assignee"),
    ],
)
async def test_a_part_for_nobody_is_refused_with_its_place(city: City, part: object, pointer: str) -> None:
    _, task = await disposing(city)
    refused = await (await city.person("clerk")).post(f"/tasks/{task}/subtasks", {"subtasks": [part]})
    assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_a_task_is_lent_and_comes_back_before_it_is_completed(city: City, platform: Platform) -> None:
    _, task = await disposing(city)
    clerk, inspector = await city.person("clerk"), await city.person("inspector")
    colleague = await _colleague(platform)
    assert (await clerk.post(f"/tasks/{task}/delegate", {"assignee": inspector.id})).code == "assignee_unfit"
    assert (await clerk.post(f"/tasks/{task}/delegate", {"assignee": clerk.id})).code == "delegated_to_oneself"
    lent = await clerk.post(f"/tasks/{task}/delegate", {"assignee": colleague})
    assert (lent.status, lent.body["assignee"]) == (200, colleague)
    shown = (await clerk.get(f"/tasks/{task}")).body
    assert (shown["owner"], shown["assignee"]) == (clerk.id, colleague)
    assert (await clerk.post(f"/tasks/{task}/complete", {"data": DONE})).code == "task_of_another"
    assert (await clerk.post(f"/tasks/{task}/resolve", {})).code == "task_of_another"
    await platform.bus.handle(_back(platform, colleague, task))
    shown = (await clerk.get(f"/tasks/{task}")).body
    assert (shown["owner"], shown["assignee"]) == (None, clerk.id)
    assert (await clerk.post(f"/tasks/{task}/resolve", {})).code == "task_not_delegated"
    assert (await clerk.post(f"/tasks/{task}/complete", {"data": DONE})).status == 200


async def _colleague(platform: Platform) -> str:
    """Another clerk of the same unit."""
    made = await platform.bus.handle(SaveAccount(actor=SEED, expected=0, username="colleague", name="同事"))
    held = (PostHeld(post="clerk", unit=UNIT),)
    await platform.bus.handle(AssignPosts(actor=SEED, expected=0, username="colleague", posts=held))
    await platform.snapshot.refresh()
    return f"user:{json_value(made.body)['id']}"


def _back(platform: Platform, colleague: str, task: str) -> ResolveTask:
    actor = platform.people.actor_named(colleague)
    assert actor is not None
    tree, number = task.split(".")
    return ResolveTask(actor=actor, tree=int(tree), task=int(number), comment="量好了")
