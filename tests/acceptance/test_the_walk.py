"""From a report to a closed case, over HTTP, by the people of the city."""

from __future__ import annotations

import pytest

from tests.acceptance.city import STRAIGHT, UNIT, City

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_report_comes_back_as_a_closed_case(city: City) -> None:
    reported = await city.report(reporter={"name": "王五", "phone": "13800000000"})
    case, task = reported["case"], reported["opened"][0]["id"]
    for element, post, data in STRAIGHT:
        person = await city.person(post)
        offered = await person.get("/tasks")
        assert task in [item["id"] for item in offered.body["items"]], (element, offered)
        shown = await person.get(f"/tasks/{task}")
        assert (shown.status, shown.body["element"], shown.headers["etag"]) == (200, element, '"1"')
        assert shown.body["form"]["schema"]["type"] == "object"
        done = await person.perform(task, data)
        assert done.status == 200, done
        task = done.body["opened"][0]["id"] if done.body["opened"] else ""
    leader = await city.person("leader")
    closed = await leader.get(f"/cases/{case}")
    assert (closed.body["is_open"], closed.body["stage"], closed.body["unit"]) == (False, "closed", UNIT)
    assert closed.body["facts"]["disposal_result"] == "fixed"
    assert (await leader.get(f"/cases/{case}/waits")).body == {"items": []}
