"""Calendars over HTTP: saved by version, previewed before, and due times that say why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.city import City
from tests.acceptance.registers.exchanges import put

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMIT = {"started_at": "2026-02-13T15:00:00+08:00", "amount": 2, "unit": "work_day"}


async def rows_of(city: City, key: str = "standard") -> tuple[dict[str, Any], str]:
    answer = await (await city.person("designer")).get(f"/calendars/{key}")
    return answer.body, answer.headers["etag"]


async def test_the_sample_calendars_are_listed(city: City) -> None:
    items = (await (await city.person("clerk")).get("/calendars")).body["items"]
    assert [item["key"] for item in items] == ["seasonal", "standard"]


async def test_a_due_time_is_explained_line_by_line(city: City) -> None:
    answer = await (await city.person("clerk")).post("/calendars/standard/due", LIMIT)
    body = answer.body
    assert (answer.status, body["due_at"]) == (200, "2026-02-24T15:00:00+08:00")
    skipped = [line["message_zh"] for line in body["lines"] if line["kind"] == "skipped"]
    assert any("春节" in text for text in skipped)
    assert body["lines"][-1]["kind"] == "due"
    assert not body["is_provisional"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"amount": 0}, "/amount"),
        ({"amount": 10**9}, "/amount"),
        ({"amount": 0.5, "unit": "work_day_from_next"}, "/amount"),
        ({"unit": "fortnight"}, "/unit"),
        ({"started_at": "2026-02-13T15:00:00"}, "/started_at"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "/started_at"),
        ({"started_at": "9999-12-31T23:59:59Z"}, "/started_at"),
    ],
)
async def test_a_limit_that_cannot_be_counted_names_its_place(city: City, change: dict[str, Any], pointer: str) -> None:
    refused = await (await city.person("clerk")).post("/calendars/standard/due", {**LIMIT, **change})
    assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_dates_say_what_they_are(city: City) -> None:
    query = {"since": "2026-02-13", "until": "2026-02-16"}
    days = (await (await city.person("clerk")).get("/calendars/standard/days", **query)).body["items"]
    assert [(day["on"], day["is_work_day"], day["kind"]) for day in days] == [
        ("2026-02-13", True, None),
        ("2026-02-14", True, "make_up_work_day"),
        ("2026-02-15", False, "holiday"),
        ("2026-02-16", False, "holiday"),
    ]


@pytest.mark.parametrize("until", ["2026-02-12", "2028-01-01"])
async def test_a_period_is_neither_empty_nor_endless(city: City, until: str) -> None:
    refused = await (await city.person("clerk")).get("/calendars/standard/days", since="2026-02-13", until=until)
    assert (refused.status, refused.code) == (422, "period_unfit")


async def test_a_calendar_is_saved_over_the_version_that_was_seen(city: City) -> None:
    designer = await city.person("designer")
    rows, tag = await rows_of(city)
    day_off = {"kind": "local_day_off", "begins": "2026-05-20", "name_zh": "停电", "name_en": "power cut"}
    changed = {**rows, "local_days": [day_off]}
    without = await put(designer, "/calendars/standard", changed)
    saved = await put(designer, "/calendars/standard", changed, if_match=tag)
    behind = await put(designer, "/calendars/standard", rows, if_match=tag)
    assert (without.status, without.code) == (428, "if_match_missing")
    assert (saved.status, saved.headers["etag"]) == (200, '"2"')
    assert (behind.status, behind.code) == (412, "stale_version")
    days = await designer.get("/calendars/standard/days", since="2026-05-20", until="2026-05-20")
    assert days.body["items"][0]["name_zh"] == "停电"


async def test_every_version_stays_readable(city: City) -> None:
    designer = await city.person("designer")
    rows, tag = await rows_of(city, "seasonal")
    await put(designer, "/calendars/seasonal", {**rows, "name_en": "another name"}, if_match=tag)
    versions = (await designer.get("/calendars/seasonal/versions")).body["items"]
    first = await designer.get("/calendars/seasonal/versions/1")
    assert [version["number"] for version in versions] == [2, 1]
    assert first.body == rows


async def test_a_new_calendar_begins_with_version_0(city: City) -> None:
    designer = await city.person("designer")
    rows, _ = await rows_of(city)
    made = await put(designer, "/calendars/night-shift", rows, if_match='"0"')
    again = await put(designer, "/calendars/night-shift", rows, if_match='"0"')
    assert (made.status, again.status) == (201, 412)
    assert (await designer.get("/calendars/night-shift")).body == rows


async def test_rows_that_make_no_calendar_are_refused_with_every_place(city: City) -> None:
    rows, tag = await rows_of(city)
    wrong = {**rows, "working_weekdays": [9], "zone": "Mars/Olympus"}
    refused = await put(await city.person("designer"), "/calendars/standard", wrong, if_match=tag)
    assert refused.status == 422
    assert {error["pointer"] for error in refused.body["errors"]} >= {"/zone", "/working_weekdays/0"}


async def test_a_preview_tells_what_would_move_and_keeps_nothing(city: City) -> None:
    designer = await city.person("designer")
    rows, tag = await rows_of(city)
    day_off = {"kind": "local_day_off", "begins": "2026-03-03", "name_zh": "停电", "name_en": "power cut"}
    clocks = [
        {"name": "moves", "started_at": "2026-03-02T10:00:00+08:00", "amount": 1, "unit": "work_day"},
        {"name": "stays", "started_at": "2026-03-09T10:00:00+08:00", "amount": 1, "unit": "work_day"},
    ]
    body = {"rows": {**rows, "local_days": [day_off]}, "at": "2026-03-03T12:00:00+08:00", "clocks": clocks}
    told = (await designer.post("/calendars/standard/preview", body)).body
    assert [move["name"] for move in told["moves"]] == ["moves"]
    assert (told["clocks"], told["examined"], told["rescued"], told["newly_overdue"]) == ("given", 2, 1, 0)
    assert (await rows_of(city))[1] == tag


async def test_without_clocks_a_preview_tries_samples(city: City) -> None:
    rows, _ = await rows_of(city)
    body = {"rows": {**rows, "working_weekdays": [1, 2, 3, 4]}, "at": "2026-03-03T12:00:00+08:00"}
    told = (await (await city.person("designer")).post("/calendars/standard/preview", body)).body
    assert (told["clocks"], told["examined"]) == ("sample", 112)
    assert told["moves"]


async def test_previewed_rows_are_judged_where_they_stand(city: City) -> None:
    rows, _ = await rows_of(city)
    body = {"rows": {**rows, "zone": "Mars/Olympus"}, "at": "2026-03-03T12:00:00+08:00"}
    refused = await (await city.person("designer")).post("/calendars/standard/preview", body)
    assert (refused.status, refused.body["pointer"]) == (422, "/rows/zone")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
async def test_a_preview_far_from_our_time_is_refused(city: City, at: str) -> None:
    rows, _ = await rows_of(city)
    refused = await (await city.person("designer")).post("/calendars/standard/preview", {"rows": rows, "at": at})
    assert (refused.status, refused.body["pointer"]) == (422, "/at")


async def test_a_calendar_that_is_not_there_is_not_found(city: City) -> None:
    designer = await city.person("designer")
    for path in ("/calendars/none", "/calendars/none/versions", "/calendars/standard/versions/77"):
        assert (await designer.get(path)).status == 404
    assert (await designer.post("/calendars/none/due", LIMIT)).status == 404
