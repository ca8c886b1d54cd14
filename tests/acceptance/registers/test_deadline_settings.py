"""The settings of deadlines over HTTP: looked at before, saved by version, and in force for the next case and verb."""

from __future__ import annotations

from typing import Any

import pytest

from guiliu.deadline_changes import rederive_deadlines
from tests.acceptance.city import City
from tests.acceptance.registers.exchanges import put

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATH = "/deadline-settings"
AT = "2030-01-02T10:00:00+08:00"
USUAL = {
    "warn_share": 0.8,
    "after_return": "full",
    "after_rework": "full",
    "most_extensions": 2,
    "extension_amount": "original_limit",
    "extension_window": "before_due",
    "most_suspensions": 1,
    "longest_suspension_days": 365,
}


async def dispatched(city: City, case: int) -> dict[str, Any]:
    answer = await (await city.person("leader")).get(f"/cases/{case}/deadlines")
    return next(each for each in answer.body["items"] if each["name"] == "dispatch")


async def test_they_are_previewed_saved_by_version_and_followed_by_open_deadlines(city: City) -> None:
    designer, leader, admin = [await city.person(name) for name in ("designer", "leader", "admin")]
    case, _ = await city.walk(until="dispatch_case")
    tag = (await designer.get(PATH)).headers["etag"]
    first = int(tag.strip('"')) + 1

    strict = {**USUAL, "warn_share": 0.5, "most_extensions": 0}
    unseen = (await designer.post(f"{PATH}/preview", {"settings": strict, "at": AT})).body
    told = (await admin.post(f"{PATH}/preview", {"settings": strict, "at": AT})).body
    assert unseen["examined"] == 0, "whoever sees no case is told of none"
    assert told["examined"] == told["moved"] > 0
    assert (await designer.get(PATH)).headers["etag"] == tag

    before = await dispatched(city, case)
    saved = await put(designer, PATH, strict, if_match=tag)
    assert (saved.status, saved.headers["etag"]) == (201 if first == 1 else 200, f'"{first}"')
    assert await rederive_deadlines(city.platform) > 0
    after = await dispatched(city, case)
    assert (after["due_at"], after["warn_at"] < before["warn_at"]) == (before["due_at"], True)

    due = {"started_at": "2026-01-05T10:00:00+08:00", "amount": 2, "unit": "work_hour"}
    assert (await leader.post("/calendars/standard/due", due)).body["warn_at"] == "2026-01-05T11:00:00+08:00"

    behind = await put(designer, PATH, USUAL, if_match=tag)
    assert (behind.status, behind.code) == (412, "stale_version")
    assert (await put(designer, PATH, USUAL, if_match=saved.headers["etag"])).status == 200
    versions = (await designer.get(f"{PATH}/versions", limit=2)).body["items"]
    assert [version["number"] for version in versions] == [first + 1, first]
    assert (await designer.get(f"{PATH}/versions/{first}")).body == strict
    (difference,) = (await designer.get(f"{PATH}/versions/{first + 1}/differences")).body["differences"]
    assert {field["field"]: (field["before"], field["after"]) for field in difference["fields"]} == {
        "warn_share": ("0.5", "0.8"),
        "most_extensions": ("0", "2"),
    }


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"warn_share": 0}, "/warn_share"),
        ({"warn_share": 1.01}, "/warn_share"),
        ({"most_extensions": -1}, "/most_extensions"),
        ({"extension_window": "never"}, "/extension_window"),
        ({"longest_suspension_days": 2**63}, "/longest_suspension_days"),
        ({"rounding": 1}, "/rounding"),
    ],
)
async def test_settings_that_make_no_sense_name_their_place(city: City, change: dict[str, Any], pointer: str) -> None:
    refused = await put(await city.person("designer"), PATH, {**USUAL, **change}, if_match='"2"')
    assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_saving_is_for_those_who_may_and_a_line_of_the_security_chain(city: City) -> None:
    tag = (await (await city.person("clerk")).get(PATH)).headers["etag"]
    refused = await put(await city.person("clerk"), PATH, {**USUAL, "warn_share": 0.7}, if_match=tag)
    assert refused.status == 403
    saved = await put(await city.person("designer"), PATH, {**USUAL, "warn_share": 0.7}, if_match=tag)
    lines = (await (await city.person("supervisor")).get("/audit", type="register_published", limit=1)).body["items"]
    assert [line["payload"] for line in lines] == [
        {name: value for name, value in saved.body.items() if name != "version"}
    ]
