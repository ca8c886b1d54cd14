"""What people keep in sight: their own filters, watched cases, and what is new in them."""

from __future__ import annotations

import pytest

from tests.acceptance.city import UNIT, City

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_filter_is_kept_replaced_and_removed_for_its_owner_alone(city: City) -> None:
    acceptor, clerk = await city.person("acceptor"), await city.person("clerk")
    kept = {"page": "inbox", "name": "道北超期", "query": {"queue": "overdue", "stage": "filing"}}
    assert (await acceptor.post("/me/filters", kept)).status in (200, 201)
    assert (await acceptor.post("/me/filters", {**kept, "query": {"queue": "soon"}})).status == 200
    (found,) = (await acceptor.get("/me/filters")).body["items"]
    assert (found["name"], found["query"]) == ("道北超期", {"queue": "soon"})
    assert (await clerk.get("/me/filters")).body["items"] == []
    named = {"page": "inbox", "name": "道北超期"}
    assert (await clerk.post("/me/filters/remove", named)).status == 404
    assert (await acceptor.post("/me/filters/remove", named)).status == 200
    assert (await acceptor.get("/me/filters")).body["items"] == []


async def test_who_keeps_too_many_filters_is_told_so(city: City) -> None:
    verifier = await city.person("verifier")
    for number in range(50):
        assert (await verifier.post("/me/filters", _filter(number))).status in (200, 201)
    refused = await verifier.post("/me/filters", _filter(50))
    assert (refused.status, refused.code) == (422, "too_many_kept")
    assert (await verifier.post("/me/filters", _filter(49))).status == 200


def _filter(number: int) -> dict[str, object]:
    return {"page": "inbox", "name": f"筛选{number}", "query": {}}


async def test_a_watched_case_tells_what_others_do_until_it_was_seen(city: City) -> None:
    case, task = await city.walk(until="file", description="关注：井盖松动")
    leader, lead = await city.person("leader"), await city.person("shift-lead")
    assert (await leader.post(f"/cases/{case}/watch")).body["is_watched"]
    assert (await leader.get(f"/cases/{case}/watch")).body == {"case": case, "is_watched": True}
    assert [each["case"] for each in (await leader.get("/me/watched")).body["items"]] == [case]
    listed = (await leader.get("/tasks", watched="true")).body
    assert ([each["id"] for each in listed["items"]], listed["count"]) == ([task], 1)
    for narrower in ({"mine": "true"}, {"unit": UNIT}, {"group": "clerk"}, {"stage": "disposal"}):
        assert (await leader.get("/tasks", watched="true", **narrower)).body["items"] == []
    assert (await lead.get("/tasks", watched="true")).body["items"] == []
    assert (await leader.get("/me/notices")).body["items"] == []
    decided = {"decision": "file", "condition": "component-0101-01", "urgency": "urgent"}
    assert (await lead.perform(task, decided)).status == 200
    news = (await leader.get("/me/notices")).body["items"]
    assert [(each["type"], each["payload"]["stage"], each["actor_name"]) for each in news] == [
        ("StageEntered", "dispatch", "额尔敦（样例）")
    ]
    assert (await leader.post("/me/notices/seen", {"case": case})).status == 200
    assert (await leader.get("/me/notices")).body["items"] == []
    assert not (await leader.post(f"/cases/{case}/unwatch")).body["is_watched"]
    assert (await leader.post(f"/cases/{case}/unwatch")).status == 404


async def test_nobody_is_told_of_what_he_did_himself(city: City) -> None:
    case, task = await city.walk(until="accept", description="自己办的：井盖松动")
    acceptor = await city.person("acceptor")
    await acceptor.post(f"/cases/{case}/watch")
    assert (await acceptor.perform(task, {"decision": "accept"})).status == 200
    assert (await acceptor.get("/me/notices")).body["items"] == []
