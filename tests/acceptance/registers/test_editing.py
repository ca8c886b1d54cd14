"""Registers changed row by row over HTTP: looked at first, published as a new version, and told apart afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.acceptance.city import REPORT, SUBCATEGORY, Answer, City
from tests.acceptance.registers.exchanges import put, square
from tests.unit.spiff.drawing import chain, document, properties, start, user

pytestmark = pytest.mark.asyncio(loop_scope="module")

CATALOGUE = "/catalogue"
AREA = "/responsibilities/area"
CONDITION = {
    "text": "井盖被占压",
    "limit": {"amount": 3, "unit": "工作日"},
    "closing": "清除占压物",
    "season": "11-15至3-15",
    "evidence": [{"usage": "report", "medium": "photo", "least": 2}],
}


async def version_of(city: City, path: str) -> str:
    answer = await (await city.person("clerk")).get(path)
    assert answer.status == 200, answer
    tag: str = answer.headers["etag"]
    return tag


async def edit(city: City, path: str, body: Any, register: str = CATALOGUE, **headers: str) -> Answer:
    """A row put in its place over the version in force; retired when there is no body."""
    designer = await city.person("designer")
    sent = {"if_match": await version_of(city, register), **headers}
    if body is None:
        return await designer.send("DELETE", path, **sent)
    return await put(designer, path, body, **sent)


async def test_a_preview_tells_what_would_differ_and_keeps_nothing(city: City) -> None:
    before = await version_of(city, CATALOGUE)
    path = f"{CATALOGUE}/conditions/{SUBCATEGORY}-90"
    told = await edit(city, f"{path}?preview=true", CONDITION)
    assert (told.status, told.body["is_preview"], told.headers["etag"]) == (200, True, before)
    assert told.body["changes"] == {"added": 1, "removed": 0, "changed": 0}
    assert [each["title"] for each in told.body["differences"]] == ["井盖被占压"]
    assert await version_of(city, CATALOGUE) == before
    assert (await (await city.person("clerk")).get(path)).status == 404


async def test_a_condition_is_made_changed_and_retired_each_as_a_version(city: City) -> None:
    clerk, path = await city.person("clerk"), f"{CATALOGUE}/conditions/{SUBCATEGORY}-91"
    made = await edit(city, path, CONDITION)
    shown = (await clerk.get(path)).body
    assert (made.status, shown["limit"], shown["season"]) == (200, {"amount": 3, "unit": "work_day"}, "11-15..03-15")
    assert made.body["version"] == int(made.headers["etag"].strip('"'))
    changed = await edit(city, f"{path}?note=缩短", {**CONDITION, "limit": {"amount": 1, "unit": "work_day"}})
    (difference,) = changed.body["differences"]
    assert difference["fields"] == [{"field": "limit", "before": "3 work_day", "after": "1 work_day"}]
    version = changed.body["version"]
    assert (await clerk.get(f"{CATALOGUE}/versions")).body["items"][0]["note"] == "缩短"
    told = (await clerk.get(f"{CATALOGUE}/versions/{version}/differences")).body
    assert (told["count"], told["differences"]) == (1, [difference])
    retired = await edit(city, path, None)
    assert [each["action"] for each in retired.body["differences"]] == ["removed"]
    assert (await clerk.get(path)).status == 404
    again = await edit(city, path, CONDITION)
    assert (again.status, again.code, again.body["pointer"]) == (422, "number_given", "/number")


async def test_a_case_keeps_the_version_that_it_was_filed_under(city: City) -> None:
    case, task = await city.walk(until="dispatch_case")
    before = (await (await city.person("leader")).get(f"/cases/{case}/deadlines")).body
    condition = (await (await city.person("clerk")).get(f"{CATALOGUE}/conditions/{SUBCATEGORY}-01")).body
    body = {
        "text": condition["text"],
        "limit": {"amount": 9, "unit": "work_day"},
        "closing": condition["closing"],
        "limit_class": condition["limit_class"],
    }
    assert (await edit(city, f"{CATALOGUE}/conditions/{SUBCATEGORY}-01", body)).status == 200
    assert (await (await city.person("leader")).get(f"/cases/{case}/deadlines")).body == before
    assert task


async def test_a_class_a_subcategory_and_its_first_condition(city: City) -> None:
    clerk = await city.person("clerk")
    new_class, new = f"{CATALOGUE}/classes/incident-88", f"{CATALOGUE}/subcategories/incident-8801"
    assert (await edit(city, new_class, {"name": "试验大类"})).status == 200
    bare = await edit(city, new, {"name": "试验小类"})
    assert (bare.status, bare.code, bare.body["pointer"]) == (422, "no_condition", "/conditions")
    wrong = await edit(city, new, {"name": "试验小类", "conditions": [{**CONDITION, "season": "13-40..1-1"}]})
    assert (wrong.status, wrong.code) == (422, "bad_season")
    assert (await edit(city, new, {"name": "试验小类", "conditions": [CONDITION]})).status == 200
    assert (await clerk.get(new)).body["conditions"][0]["key"] == "incident-8801-01"
    assert (await edit(city, new, {"name": "试验", "conditions": [CONDITION]})).code == "conditions_stand"
    assert (await edit(city, new, {"name": "试验", "hints": ["看清编号"]})).status == 200
    assert (await edit(city, new_class, None)).code == "class_in_use"
    row = f"{AREA}/" + quote("152201000000/incident-8801", safe="")
    body = {"place": "152201000000", "category": "事件8801", "unit": "urban_management"}
    assert (await edit(city, row, body, AREA)).status == 200
    assert (await edit(city, new, None)).code == "subcategory_in_use"
    assert (await edit(city, row, None, AREA)).status == 200
    assert (await edit(city, new, None)).status == 200
    assert (await edit(city, new_class, None)).status == 200


async def test_a_row_of_each_list_is_made_shown_and_retired(city: City) -> None:
    clerk = await city.person("clerk")
    rows: dict[str, dict[str, Any]] = {
        "area": {"place": "152201000000", "category": "incident-0101", "unit": "urban_management", "note": "试验"},
        "boundary": {"category": "incident", "unit": "urban_management", "geometry": square(0)},
        "facility": {"category": "component-0104", "owner": "water_company"},
    }
    for name, body in rows.items():
        register = f"/responsibilities/{name}"
        path = f"{register}/T%2F1"
        made = await edit(city, path, body, register)
        assert made.status in {200, 201}, made
        assert made.body["differences"][0]["key"] == "T/1"
        shown = await clerk.get(path)
        assert (shown.body["key"], shown.headers["etag"]) == ("T/1", made.headers["etag"])
        assert {name: shown.body[name] for name in body if name != "geometry"} == {
            name: value for name, value in body.items() if name != "geometry"
        }
        other = await edit(city, f"{register}/T2", body, register)
        assert other.status == 200
        retired = await edit(city, path, None, register)
        assert (retired.status, (await clerk.get(path)).status) == (200, 404)


async def test_the_last_row_of_a_list_can_be_taken_out(city: City) -> None:
    clerk, register = await city.person("clerk"), "/responsibilities/boundary"
    body = {"category": "incident", "unit": "urban_management", "geometry": square(0)}
    assert (await edit(city, f"{register}/last", body, register)).status in {200, 201}
    keys = [row["key"] for row in (await clerk.get(register, limit=200)).body["items"]]
    for key in keys:
        assert (await edit(city, f"{register}/{quote(key, safe='')}", None, register)).status == 200
    emptied = (await clerk.get(register)).body
    assert (emptied["count"], emptied["items"]) == (0, [])
    exported = await (await city.person("designer")).get(f"{register}/export")
    assert exported.status == 200
    assert (await edit(city, f"{register}/next", body, register)).status == 200


async def test_a_grid_is_void_and_in_use_again_and_its_code_is_kept(city: City) -> None:
    clerk, grids = await city.person("clerk"), "/grids"
    here = {"lon": 122.0705, "lat": 46.0801}
    code = (await clerk.get("/grids/at", **here)).body["grid"]
    path = f"/grids/{code}/validity"
    told = await edit(city, f"{path}?preview=true", {"state": "void"}, grids)
    assert {field["field"] for field in told.body["differences"][0]["fields"]} == {"state", "voided_on"}
    void = await edit(city, f"{path}?note=并网格", {"state": "void", "voided_on": "2026-05-01"}, grids)
    shown = (await clerk.get(f"/grids/{code}")).body
    assert (void.status, shown["state"], shown["voided_on"]) == (200, "void", "2026-05-01")
    assert (await clerk.get("/grids/at", **here)).code == "outside_grids"
    review = (await (await city.person("designer")).get("/grids/review")).body
    assert (review["gap_count"], review["overlap_count"], review["gaps"][0]["geometry"]["type"]) == (1, 0, "Polygon")
    again = await edit(city, path, {"state": "void"}, grids)
    assert (again.status, again.code, again.body["pointer"]) == (422, "already_void", "/state")
    confused = await edit(city, path, {"state": "valid", "voided_on": "2026-05-01"}, grids)
    assert (confused.status, confused.code, confused.body["pointer"]) == (422, "of_void_grids", "/voided_on")
    assert (await edit(city, path, {"state": "valid"}, grids)).status == 200
    assert (await clerk.get("/grids/at", **here)).body["grid"] == code
    wrong = await edit(city, path, {"state": "void", "replaced_by": ["152201001001999"]}, grids)
    assert (wrong.status, wrong.code, wrong.body["pointer"]) == (422, "no_successor", "/replaced_by/0")
    assert (await edit(city, "/grids/152201001001999/validity", {"state": "void"}, grids)).status == 404


async def test_a_component_is_recorded_and_what_becomes_of_it(city: City) -> None:
    clerk, components = await city.person("clerk"), "/components"
    code = "1522010137900001"
    lamp = {"name": "路灯", "lon": 122.0705, "lat": 46.0801, "owner": "urban_management", "recorded_on": "2026-05-01"}
    assert (await edit(city, f"{components}/{code}", lamp, components)).status == 200
    damaged = {**lamp, "state": "damaged", "maintainer": "street_lighting", "changed_on": "2026-06-02"}
    changed = await edit(city, f"{components}/{code}", damaged, components)
    assert {each["field"]: each["after"] for each in changed.body["differences"][0]["fields"]} == {
        "state": "damaged",
        "maintainer": "street_lighting",
        "changed_on": "2026-06-02",
    }
    shown = (await clerk.get(f"{components}/{code}")).body
    assert (shown["state"], shown["maintainer"]) == ("damaged", "street_lighting")
    assert shown["grid"] == (await clerk.get("/grids/at", lon=lamp["lon"], lat=lamp["lat"])).body["grid"]
    assert (await edit(city, f"{components}/{code}", {**lamp, "state": "removed"}, components)).status == 200
    near = await clerk.get(f"{components}/nearest", lon=lamp["lon"], lat=lamp["lat"], subcategory="component-0137")
    assert code not in {each["code"] for each in near.body["items"]}
    for change, pointer in (({"lon": 130.0}, "/lon"), ({"lat": 99}, "/lat"), ({"state": "stolen"}, "/state")):
        refused = await edit(city, f"{components}/{code}", {**lamp, **change}, components)
        assert (refused.status, refused.body["pointer"]) == (422, pointer)
    assert (await edit(city, f"{components}/77", lamp, components)).status == 404


@pytest.mark.parametrize(
    ("path", "change", "pointer"),
    [
        (f"{AREA}/T9", {"unit": "nobody"}, "/unit"),
        (f"{AREA}/T9", {"place": "15"}, "/place"),
        (f"{AREA}/T9", {"category": "火星"}, "/category"),
        ("/responsibilities/boundary/T9", {"geometry": {"type": "Point", "coordinates": [1, 2]}}, "/geometry/type"),
        ("/responsibilities/boundary/T9", {"against": ["nobody"]}, "/against"),
        ("/responsibilities/facility/T9", {"owner": "nobody"}, "/owner"),
        ("/responsibilities/facility/T9", {"component": "7"}, "/component"),
    ],
)
async def test_what_a_row_cannot_name_is_refused_where_it_stands(
    city: City, path: str, change: dict[str, Any], pointer: str
) -> None:
    register = path.rpartition("/")[0]
    bodies: dict[str, dict[str, Any]] = {
        AREA: {"place": "152201000000", "category": "*", "unit": "urban_management"},
        "/responsibilities/boundary": {"category": "*", "unit": "urban_management", "geometry": square(0)},
        "/responsibilities/facility": {"category": "component", "manager": "urban_management"},
    }
    refused = await edit(city, path, {**bodies[register], **change}, register)
    assert (refused.status, refused.body["pointer"]) == (422, pointer)
    assert refused.body["message_zh"] != refused.body["message_en"]


async def test_a_day_of_a_calendar_is_looked_at_saved_told_and_taken_out(city: City) -> None:
    clerk, register = await city.person("clerk"), "/calendars/standard"
    path = f"{register}/local-days/2027-05-20"
    body = {"kind": "local_day_off", "name_zh": "停电", "name_en": "power cut"}
    before = await version_of(city, register)
    told = await edit(city, f"{path}?preview=true", body, register)
    assert (told.status, told.body["is_preview"], await version_of(city, register)) == (200, True, before)
    assert [each["key"] for each in told.body["differences"]] == ["local_days/2027-05-20"]
    saved = await edit(city, path, body, register)
    days = (await clerk.get(f"{register}/days", since="2027-05-20", until="2027-05-20")).body["items"]
    assert (saved.status, days[0]["is_work_day"]) == (200, False)
    version = saved.body["version"]
    differences = (await clerk.get(f"{register}/versions/{version}/differences")).body["differences"]
    assert differences == saved.body["differences"]
    wrong = await edit(city, path, {**body, "kind": "feast"}, register)
    assert (wrong.status, wrong.body["pointer"]) == (422, "/kind")
    assert (await edit(city, path, None, register)).status == 200
    assert (await edit(city, path, None, register)).status == 404


async def test_a_season_that_leaves_a_date_open_is_refused(city: City) -> None:
    path = "/calendars/seasonal"
    rows = (await (await city.person("clerk")).get(path)).body["seasons"]
    begins = rows[0].pop("begins")
    changed = await edit(city, f"{path}/seasons/{begins}", {**rows[0], "name_en": "hours of summer"}, path)
    open_ = await edit(city, f"{path}/seasons/{begins}", {**rows[0], "ends": begins}, path)
    assert (changed.status, open_.status) == (200, 422)


async def test_a_change_needs_the_version_that_was_seen(city: City) -> None:
    designer, path = await city.person("designer"), f"{CATALOGUE}/classes/incident-87"
    without = await put(designer, path, {"name": "甲"})
    behind = await edit(city, path, {"name": "甲"}, if_match='"0"')
    gone = await edit(city, path, None)
    assert (without.status, behind.status, gone.status) == (428, 412, 404)
    assert behind.code == "stale_version"


async def test_a_condition_out_of_season_is_refused_at_filing_and_in_a_report(city: City) -> None:
    half_a_year_on = f"{datetime.now(UTC) + timedelta(days=180):%m-%d}"
    season = f"{half_a_year_on}..{half_a_year_on}"
    key = f"{SUBCATEGORY}-92"
    made = await edit(city, f"{CATALOGUE}/conditions/{key}", {**CONDITION, "text": "换季", "season": season})
    assert made.status == 200
    _, task = await city.walk(until="file")
    answer = {"decision": "file", "condition": key, "urgency": "normal"}
    refused = await (await city.person("shift-lead")).perform(task, answer)
    (error,) = refused.body["errors"]
    assert (refused.status, error["pointer"], error["code"]) == (422, "/data/condition", "out_of_season")
    reported = await (await city.person("inspector")).post("/cases", {**REPORT, "condition": key})
    assert (reported.status, reported.code, reported.body["pointer"]) == (422, "out_of_season", "/condition")


async def test_who_may_not_change_the_catalogue_may_not_preview_either(city: City) -> None:
    clerk = await city.person("clerk")
    refused = await put(clerk, f"{CATALOGUE}/classes/incident-87?preview=true", {"name": "甲"}, if_match='"1"')
    assert (refused.status, refused.code) == (403, "permission_missing")


async def test_what_a_process_uses_is_told_and_listed(city: City) -> None:
    designer = await city.person("designer")
    reach = (await designer.get("/processes/disposal/reach")).body
    conditions = (await designer.get("/catalogue/conditions", process="disposal", limit=1)).body
    rows = (await designer.get("/responsibilities/area", process="disposal", limit=1)).body
    assert (reach["conditions"], reach["subcategories"] > 0) == (conditions["count"], True)
    assert [(each["element"], each["is_of_condition"]) for each in reach["limits"]] == [("dispose", True)]
    assert [(each["key"], each["elements"]) for each in reach["calendars"]] == [("standard", ["dispose"])]
    assert rows["count"] > 0
    assert rows["items"][0]["unit_name"] != rows["items"][0]["unit"]
    facility = (await designer.get("/responsibilities/facility", process="disposal", limit=1)).body
    named = facility["items"][0]
    assert any(named[f"{role}_name"] not in ("", named[role]) for role in ("owner", "manager", "maintainer"))
    boundary = (await designer.get("/responsibilities/boundary", process="disposal", limit=1)).body
    assert boundary["items"][0]["unit_name"] != boundary["items"][0]["unit"]
    for nothing in ("extension", "nowhere"):
        assert (await designer.get("/catalogue/conditions", process=nothing)).body["count"] == 0
        assert (await designer.get("/responsibilities/facility", process=nothing)).body["count"] == 0
    assert (await designer.get("/processes/nowhere/reach")).status == 404


@pytest.mark.parametrize(
    ("limit", "is_of_condition"),
    [
        ("=filing  limit (case.condition)", True),
        ('=if case.urge_count > 1 then "1 work_day" else filing limit(case.condition)', True),
        ('=string length("filing limit(")', False),
        ("2 work_day", False),
        ("=filing limit(", False),
    ],
)
async def test_a_limit_follows_the_condition_where_it_asks_for_it(
    city: City, limit: str, is_of_condition: bool
) -> None:
    designer, path = await city.person("designer"), "/processes/timed/draft"
    declared = properties(deadline="it", deadlineLimit=limit)
    source = document(start(), user("work", declared), chain("start", "work"), key="timed")
    seen = (await designer.get(path)).headers.get("etag", '"0"')
    await designer.send("PUT", path, source, if_match=seen, content_type="application/xml")
    limits = (await designer.get("/processes/timed/reach")).body["limits"]
    assert [(each["limit"], each["is_of_condition"]) for each in limits] == [(limit, is_of_condition)]


async def test_a_preview_of_a_limit_says_how_many_go_on_as_they_began(city: City) -> None:
    designer = await city.person("designer")
    await city.walk(until="dispose")
    tag = (await designer.get("/catalogue")).headers["etag"]
    before = (await designer.get("/catalogue/conditions/component-0101-01")).body
    limit = {**before["limit"], "amount": before["limit"]["amount"] + 1}
    kept = ("text", "closing", "limit_class", "area_class", "season", "milestones", "source")
    row = {name: before[name] for name in kept} | {"limit": limit, "milestones": []}
    previewed = await put(designer, "/catalogue/conditions/component-0101-01?preview=true", row, if_match=tag)
    assert previewed.status == 200, previewed.body
    assert previewed.body["open_cases"] >= 1
