"""Data that is read and understood and wrong: refused with its place, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.city import REPORT, City

pytestmark = pytest.mark.asyncio(loop_scope="module")


def located(**changes: Any) -> dict[str, Any]:
    return {"location": {**REPORT["location"], **changes}}  # type: ignore[dict-item]  # a report is nested


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"subcategory": "component-9999"}, "/subcategory"),
        ({"subcategory": ["component-0101"]}, "/subcategory"),
        ({"subcategory": ""}, "/subcategory"),
        ({"channel": "carrier-pigeon"}, "/channel"),
        ({"condition": "component-0102-01"}, "/condition"),
        ({"condition": 1}, "/condition"),
        ({"description": ""}, "/description"),
        ({"description": "x" * 5001}, "/description"),
        ({"description": None}, "/description"),
        ({"description": {"text": "x"}}, "/description"),
        (located(lat=91), "/location/lat"),
        (located(lon=181), "/location/lon"),
        (located(lon="122.07"), "/location/lon"),
        (located(lat=True), "/location/lat"),
        (located(crs="mars"), "/location/crs"),
        (located(address="x" * 501), "/location/address"),
        (located(altitude=1), "/location/altitude"),
        ({"reporter": {"phone": "1" * 31}}, "/reporter/phone"),
        ({"reporter": {"id": 1}}, "/reporter/id"),
        ({"media": ["1"]}, "/media/0"),
        ({"media": [0]}, "/media/0"),
        ({"media": [1.5]}, "/media/0"),
        ({"media": "1"}, "/media"),
        ({"state": "closed"}, "/state"),
        ({"stage": "closure"}, "/stage"),
        ({"unit": "U12"}, "/unit"),
        ({"number": "1"}, "/number"),
        ({"created_at": "2026-01-01T00:00:00Z"}, "/created_at"),
        ({"actor": "user:1"}, "/actor"),
    ],
)
async def test_a_report_with_wrong_data_is_refused_at_its_place(
    city: City, changes: dict[str, Any], pointer: str
) -> None:
    inspector = await city.person("inspector")
    before = (await inspector.get("/cases")).body["count"]
    answer = await inspector.post("/cases", {**REPORT, **changes})
    assert (answer.status, answer.body["pointer"]) == (422, pointer)
    assert (await inspector.get("/cases")).body["count"] == before


async def test_swapped_coordinates_are_no_place_of_this_city(city: City) -> None:
    answer = await (await city.person("inspector")).post("/cases", {**REPORT, **located(lon=46.08, lat=122.07)})
    assert (answer.status, answer.body["pointer"]) == (422, "/location/lat")


async def test_anothers_media_cannot_be_made_ones_own(city: City) -> None:
    media = await city.photo(await city.person("acceptor"))
    answer = await (await city.person("inspector")).post("/cases", {**REPORT, "media": [media]})
    assert (answer.status, answer.body["pointer"]) == (422, "/media/0")
    case, task = await city.walk(until="verify")
    named = {"result": "passed", "photos": [f"media:{media}"]}
    performed = await (await city.person("verifier")).perform(task, named)
    assert (performed.status, performed.body["pointer"]) == (422, "/data/photos/0")
    assert media not in [
        item["id"] for item in (await (await city.person("leader")).get(f"/cases/{case}/media")).body["items"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1--",
        "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
        "<img src=x onerror=alert(1)>",
        '=cmd|"/c calc"!A1',
        '第一行\r\n{"level":"error"}\x1b[31m',
        "zero\u200bwidth \u202eright-to-left",
        "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ",
        "😀" * 100,
    ],
)
async def test_text_is_kept_to_the_letter_and_means_nothing(city: City, text: str) -> None:
    case = (await city.report(description=text))["case"]
    shown = await (await city.person("leader")).get(f"/cases/{case}")
    assert shown.body["description"] == text
    assert shown.headers["content-type"] == "application/json"


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR '1'='1", "100%"])
async def test_a_search_takes_its_text_literally(city: City, text: str) -> None:
    leader = await city.person("leader")
    await city.report(description="没有特殊字符")
    case = (await city.report(description=f"含有 {text} 这几个字"))["case"]
    found = [item["id"] for item in (await leader.get("/cases", text=f"含有 {text} 这")).body["items"]]
    assert found == [case]


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2027-02-28T12:00:00+14:00", "2026-11-22T00:00:00-12:00"],
)
async def test_moments_at_the_edge_of_the_calendar_are_understood(city: City, moment: str) -> None:
    assert (await (await city.person("leader")).get("/cases", reported_from=moment)).status == 200


@pytest.mark.parametrize(
    "moment", ["2027-02-29T00:00:00Z", "10000-01-01T00:00:00Z", "2026-11-22", "2026-11-22T00:00:00", "now", ""]
)
async def test_what_is_no_moment_is_refused(city: City, moment: str) -> None:
    answer = await (await city.person("leader")).get("/cases", reported_from=moment)
    assert (answer.status, answer.body["parameter"]) == (422, "reported_from")


async def test_a_form_lists_everything_that_is_wrong_with_it(city: City) -> None:
    _, task = await city.walk(until="dispose")
    answer = await (await city.person("clerk")).perform(task, {"result": "vanished", "extra": 1})
    assert (answer.status, answer.code) == (422, "form_invalid")
    assert {"/data/result", "/data/measures", "/data/extra"} <= {error["pointer"] for error in answer.body["errors"]}


async def test_a_unit_that_does_not_exist_is_refused_in_the_form(city: City) -> None:
    _, task = await city.walk(until="dispatch_case")
    data = {"decision": "dispatch", "responsible_unit": "U99-NOT"}
    answer = await (await city.person("dispatcher")).perform(task, data)
    assert (answer.status, answer.body["pointer"]) == (422, "/data/responsible_unit")


async def test_steps_cannot_be_skipped_or_done_twice(city: City) -> None:
    case, task = await city.walk(until="accept")
    acceptor = await city.person("acceptor")
    body = {"data": {"decision": "accept"}}
    verbs = {verb["verb"]: verb for verb in (await acceptor.get(f"/tasks/{task}")).body["verbs"]}
    assert [verbs[name]["allowed"] for name in ("claim", "draft", "complete")] == [True, False, False]
    assert verbs["complete"]["reason_zh"] == "请先签收该待办"
    unclaimed = await acceptor.post(f"/tasks/{task}/complete", body)
    unknown = await acceptor.post(f"/tasks/{case}.999/complete", body)
    await acceptor.perform(task, body["data"])
    again = await acceptor.post(f"/tasks/{task}/complete", body)
    assert (unclaimed.status, unclaimed.code) == (409, "task_not_claimed")
    assert unknown.status == 404
    assert (again.status, again.code) == (409, "task_not_open")


async def test_who_disposed_may_not_verify(city: City) -> None:
    _, task = await city.walk(until="verify")
    clerk = await city.person("clerk")
    shown = await clerk.get(f"/tasks/{task}")
    claim = next(verb for verb in shown.body["verbs"] if verb["verb"] == "claim")
    assert (claim["allowed"], bool(claim["reason_zh"])) == (False, True)
    assert (await clerk.post(f"/tasks/{task}/claim")).status == 403
