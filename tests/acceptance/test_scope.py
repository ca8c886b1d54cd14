"""What somebody may not see does not exist for him: every route, by every name a foreign thing can be asked under."""

from __future__ import annotations

from typing import Any

import pytest

from api.routes import Route
from api.surfaces import RESOURCES, Surface
from tests.acceptance.city import City, Client, new_key

pytestmark = pytest.mark.asyncio(loop_scope="module")

OF_CASES = ("{case}", "{task}", "{instance}", "{media}", "{escalation}", "{order}")
ROUTES = [
    route
    for resource in RESOURCES[Surface.INTERNAL]
    for route in resource.routes
    if any(name in route.path for name in OF_CASES)
]
BODIES: dict[str, Any] = {
    "complete_task": {"data": {"decision": "accept"}},
    "draft_task": {"data": {}},
    "assign_task": {"assignee": "user:1"},
    "retry_instance": {"fault": 1},
    "variables_instance": {"reason": "x", "values": {"x": 1}},
    "move_instance": {"reason": "x", "to": "accept"},
    "pause_instance": {"reason": "x"},
    "resume_instance": {"reason": "x"},
    "cancel_instance": {"reason": "x"},
    "use_case_verb": {"data": {}},
    "comment_task": {"text": "x"},
    "delegate_task": {"assignee": "user:1"},
    "split_task": {"subtasks": [{"name": "x", "groups": ["clerk"]}]},
}


@pytest.mark.parametrize("route", ROUTES, ids=[f"{route.method} {route.path}" for route in ROUTES])
async def test_a_foreign_case_is_not_found_by_any_route(city: City, route: Route) -> None:
    case, task = await city.walk(until="accept")
    leader, clerk = await city.person("leader"), await city.person("clerk")
    assert (await leader.get(f"/cases/{case}")).status == 200
    instance = (await leader.get(f"/cases/{case}/diagram")).body["items"][0]["instance"]
    media = await city.photo(await city.person("inspector"))
    named = {"escalation": task, "order": instance}
    path = route.path.format(case=case, task=task, instance=instance, media=media, verb="urge", activity=1, **named)
    answer = await asked(clerk, route, path)
    assert answer == (404, "not_found")


COMMANDS = [route for route in ROUTES if "{task}" in route.path and route.method == "POST"]
READS = [route for route in ROUTES if route not in COMMANDS]


@pytest.mark.parametrize("route", COMMANDS, ids=[f"{route.method} {route.path}" for route in COMMANDS])
async def test_a_command_on_what_does_not_exist_is_answered_the_same(city: City, route: Route) -> None:
    assert await asked(await city.person("clerk"), route, route.path.format(task="999999999.1")) == (404, "not_found")


@pytest.mark.parametrize("route", READS, ids=[f"{route.method} {route.path}" for route in READS])
async def test_what_does_not_exist_is_answered_the_same(city: City, route: Route) -> None:
    clerk = await city.person("clerk")
    numbered = dict.fromkeys(("task", "instance", "escalation", "order"), "999999999.1")
    path = route.path.format(case=999999999, media=999999999, verb="urge", activity=1, **numbered)
    assert await asked(clerk, route, path) == (404, "not_found")


async def asked(person: Client, route: Route, path: str) -> tuple[int, str]:
    headers = new_key() if route.keyed else {}
    body = BODIES.get(route.handler.__name__)
    async with person.session.request(route.method, f"/api/v1{path}", json=body, headers=headers) as answer:
        return answer.status, (await answer.json())["code"]


async def test_lists_show_no_foreign_case(city: City) -> None:
    case, _ = await city.walk(until="accept")
    designer, leader = await city.person("designer"), await city.person("leader")
    assert (await leader.get("/cases")).body["items"][0]["id"] == case
    for path in ("/cases", "/tasks"):
        page = (await designer.get(path)).body
        assert (page["items"], page["count"]) == ([], 0)
        assert not any(page["facets"].values())


async def test_a_case_comes_into_sight_with_its_work(city: City) -> None:
    case, _ = await city.walk(until="dispose")
    clerk = await city.person("clerk")
    assert (await clerk.get(f"/cases/{case}")).status == 200
    assert case in [item["case"] for item in (await clerk.get("/tasks")).body["items"]]


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("clerk", "/supervision/board"),
        ("clerk", "/supervision/escalations"),
        ("clerk", "/supervision/orders"),
        ("clerk", "/processes"),
        ("clerk", "/processes/case/draft"),
        ("clerk", "/processes/case/versions/1"),
        ("clerk", "/forms"),
        ("clerk", "/audit"),
        ("designer", "/audit/verify"),
    ],
)
async def test_what_needs_a_permission_is_forbidden_without(city: City, username: str, path: str) -> None:
    answer = await (await city.person(username)).get(path)
    assert (answer.status, answer.code) == (403, "permission_missing")


async def test_nobody_may_do_with_a_task_what_is_anothers(city: City) -> None:
    _, task = await city.walk(until="accept")
    acceptor, dispatcher = await city.person("acceptor"), await city.person("dispatcher")
    not_offered = await dispatcher.post(f"/tasks/{task}/claim")
    await acceptor.post(f"/tasks/{task}/claim")
    of_another = await dispatcher.post(f"/tasks/{task}/complete", {"data": {"decision": "accept"}})
    assert (not_offered.status, not_offered.code) == (403, "not_a_candidate")
    assert (of_another.status, of_another.code) == (403, "task_of_another")


async def test_a_refusal_for_want_of_permission_is_in_the_audit(city: City) -> None:
    _, task = await city.walk(until="accept")
    dispatcher = await city.person("dispatcher")
    await dispatcher.post(f"/tasks/{task}/claim")
    found = await (await city.person("supervisor")).get("/audit", type="refused")
    assert found.body["items"][0]["actor"] == dispatcher.id
    assert found.body["items"][0]["payload"]["command"] == "ClaimTask"
