"""Who lacks a permission is refused, by every route that asks for one and by every command behind a route."""

from __future__ import annotations

from typing import Any

import pytest

from api.routes import Route
from api.surfaces import RESOURCES, Surface
from tests.acceptance.city import City, Client, new_key

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROUTES = [route for resource in RESOURCES[Surface.INTERNAL] for route in resource.routes]
GUARDED = [route for route in ROUTES if route.permission]
#: Names that could be there; who may not ask does not learn whether they are.
NAMES = {
    "activity": 1,
    "api_key": "billing",
    "batch": 1,
    "calendar": "standard",
    "case": 1,
    "category_class": "component-01",
    "component": "1522010101000001",
    "condition": "component-0101-01",
    "date": "2026-05-20",
    "decision": "priority",
    "delivery": "1.1",
    "escalation": "1.1",
    "form": "accept",
    "grid": "152201001001001",
    "group": "clerk",
    "instance": "1.1",
    "media": 1,
    "message": 1,
    "month_day": "05-20",
    "order": "1.1",
    "process": "case",
    "row": "T1",
    "scenario": "first",
    "staged": 1,
    "subcategory": "component-0101",
    "target": "sewers",
    "task": "1.1",
    "unit": "forestry",
    "upload": 1,
    "user": 1,
    "version": 1,
    "year": 2026,
}
#: Changes of configuration whose guard is the bus's: sound bodies, so that nothing else can be refused.
COMMANDS: dict[str, Any] = {
    "publish_message": {"name": "paid", "correlation_key": "A"},
    "retry_message": {},
    "drop_message": {"reason": "x"},
    "send_signal": {"name": "alarm"},
    "put_unit": {"name": "x", "kind": "centre"},
    "make_user": {"username": "x", "name": "x"},
    "put_group": {"name_zh": "x", "name_en": "x"},
    "put_group_permissions": {"permissions": []},
    "put_scenarios": {"title": "x", "text": ""},
    "remove_scenarios": None,
    "put_decision_examples": {"items": []},
    "request_publication": {"kind": "form", "key": "accept", "draft_version": 1},
    "refuse_publication": {"kind": "form", "key": "accept", "draft_version": 1, "reason": "x"},
    "withdraw_publication_request": {"kind": "form", "key": "accept"},
}


def path_of(route: Route) -> str:
    return route.path.format(**NAMES)


async def asked(person: Client, route: Route, body: Any = None) -> tuple[int, str]:
    headers = {**(new_key() if route.keyed else {}), "if-match": '"0"'}
    url = f"/api/v1{path_of(route)}"
    async with person.session.request(route.method, url, json=body, headers=headers) as answer:
        return answer.status, (await answer.json())["code"]


async def powerless(city: City) -> Client:
    """The integrator and the verifier between them lack every permission that a route asks for."""
    return await city.person("verifier")


@pytest.mark.parametrize("route", GUARDED, ids=[f"{route.method} {route.path}" for route in GUARDED])
async def test_a_route_with_a_permission_refuses_who_lacks_it(city: City, route: Route) -> None:
    held = (await (await powerless(city)).get("/me")).body["permissions"]
    person = await city.person("integrator") if route.permission in held else await powerless(city)
    assert await asked(person, route) == (403, "permission_missing")


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_refuses_who_lacks_its_permission(city: City, name: str) -> None:
    (route,) = [route for route in ROUTES if route.handler.__name__ == name]
    assert await asked(await powerless(city), route, COMMANDS[name]) == (403, "permission_missing")


async def test_every_change_of_configuration_is_tried_here() -> None:
    """A new one must either ask for a permission at the route or stand among the commands above."""
    registers = ("apply_", "complete_", "claim_", "release_", "assign_", "unassign_", "draft_", "report_", "comment_")
    sharing = ("delegate_", "resolve_", "split_", "withdraw_")
    unguarded = {
        route.handler.__name__ for route in ROUTES if route.changes and not route.permission and not route.is_open
    }
    others = {name for name in unguarded if not name.startswith((*registers, *sharing))} - set(COMMANDS)
    assert others == {
        "sign_out",
        "cancel_batch",
        "change_many_tasks",
        "retry_instance",
        "variables_instance",
        "move_instance",
        "pause_instance",
        "resume_instance",
        "cancel_instance",
        "put_process_draft",
        "publish_process",
        "put_decision_draft",
        "publish_decision",
        "put_form_draft",
        "publish_form",
        "retire_process",
        "retire_decision",
        "retire_form",
        "put_own_password",
        "derive_due_time",
        "propose_unit",
        "use_case_verb",
        "begin_activity",
        "save_filter",
        "remove_filter",
        "watch_case",
        "unwatch_case",
        "see_notices",
        "acknowledge_escalation",
        "answer_order",
        "lift_order",
        "urge_cases",
        "use_verb_on_many",
    }
