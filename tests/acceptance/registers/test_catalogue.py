"""The catalogue over HTTP: what is in force, entry by entry, and what changed."""

from __future__ import annotations

import pytest

from tests.acceptance.city import CONDITION, SUBCATEGORY, City
from tests.acceptance.registers.exchanges import CATALOGUE_HEADER, GRATE, SAMPLES, applied, csv, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")
CATALOGUE = SAMPLES[0]


async def test_the_catalogue_tells_its_kinds_units_and_classes(city: City) -> None:
    answer = await (await city.person("inspector")).get("/catalogue")
    body = answer.body
    assert answer.headers["etag"] == f'"{body["version"]}"'
    assert [kind["code"] for kind in body["kinds"]] == ["component", "incident", "service"]
    assert "work_day" in [unit["code"] for unit in body["limit_units"]]
    assert sum(entry["subcategories"] for entry in body["classes"]) == body["subcategories"] == 107


async def test_subcategories_are_found_by_class_and_by_name(city: City) -> None:
    inspector = await city.person("inspector")
    of_class = await inspector.get("/catalogue/subcategories", category_class="component-01", limit=200)
    named = await inspector.get("/catalogue/subcategories", text="雨水箅")
    assert {item["class_key"] for item in of_class.body["items"]} == {"component-01"}
    assert [item["key"] for item in named.body["items"]] == ["component-0104"]


async def test_a_list_goes_on_where_its_page_ended(city: City) -> None:
    inspector = await city.person("inspector")
    keys, cursor = [], {}
    while True:
        page = (await inspector.get("/catalogue/subcategories", limit=50, **cursor)).body
        keys += [item["key"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert (len(keys), keys) == (page["count"], sorted(keys))


async def test_a_subcategory_comes_with_its_conditions(city: City) -> None:
    body = (await (await city.person("inspector")).get(f"/catalogue/subcategories/{SUBCATEGORY}")).body
    condition = next(entry for entry in body["conditions"] if entry["key"] == CONDITION)
    assert condition["limit"] == {"amount": 2, "unit": "urgent_hour"}
    assert {"usage": "report", "medium": "photo", "least": 2, "same_view": False} in condition["required_evidence"]


async def test_conditions_are_listed_and_shown_one_by_one(city: City) -> None:
    inspector = await city.person("inspector")
    listed = (await inspector.get("/catalogue/conditions", subcategory=SUBCATEGORY)).body["items"]
    shown = (await inspector.get(f"/catalogue/conditions/{CONDITION}")).body
    assert shown in listed


@pytest.mark.parametrize(
    "path",
    ["/catalogue/subcategories/component-9999", "/catalogue/conditions/component-0101-99", "/catalogue/conditions/x"],
)
async def test_what_the_catalogue_does_not_have_is_not_found(city: City, path: str) -> None:
    assert (await (await city.person("inspector")).get(path)).status == 404


async def test_a_new_version_is_in_force_at_once_and_tells_what_changed(city: City) -> None:
    designer = await city.person("designer")
    before = (await designer.get("/catalogue")).body["version"]
    report = await staged(designer, CATALOGUE, CATALOGUE.good)
    (added,) = [each for each in report.body["differences"] if each["action"] == "added"]
    assert (added["sort"], added["title"]) == ("condition", "破损露筋")
    others = [each["key"] for each in report.body["differences"] if each["sort"] != "class"]
    assert all(key.startswith("component-0104") for key in others)
    published = await applied(designer, CATALOGUE, report)
    assert published.body["number"] == before + 1
    found = await (await city.person("inspector")).get("/catalogue/conditions", text="破损露筋")
    assert found.body["count"] == 1
    told = await designer.get(f"/catalogue/versions/{before + 1}/differences")
    assert told.body["differences"] == report.body["differences"]
    everything = await designer.get(f"/catalogue/versions/{before + 1}/differences", against=0)
    assert {each["action"] for each in everything.body["differences"]} == {"added"}


async def test_a_case_keeps_the_version_that_it_was_reported_under(city: City) -> None:
    version = (await (await city.person("leader")).get("/catalogue")).body["version"]
    case = (await city.report())["case"]
    history = await (await city.person("leader")).get(f"/cases/{case}/history")
    assert history.body["items"][0]["payload"]["catalogue_version"] == version


async def test_of_two_imports_compared_with_one_version_the_second_is_behind(city: City) -> None:
    designer = await city.person("designer")
    files = [csv(CATALOGUE_HEADER, GRATE.format(condition=text)) for text in ("甲", "乙")]
    first, second = [await staged(designer, CATALOGUE, file) for file in files]
    assert (await applied(designer, CATALOGUE, first)).status == 200
    behind = await applied(designer, CATALOGUE, second)
    assert (behind.status, behind.code) == (412, "stale_version")


async def test_publishing_is_in_the_audit(city: City) -> None:
    lines = (await (await city.person("supervisor")).get("/audit", type="register_published")).body["items"]
    assert lines[0]["payload"]["register"] == "catalogue"
    assert lines[0]["payload"]["rows"] > 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04 not a workbook at all", "broken_workbook"),
        (b"\xd0\xcf\x11\xe0 old", "old_or_encrypted"),
        (b"a,b\n1,2\n", "no_header"),
        ("类型\x00".encode(), "no_header"),
        (b"\xff\xfe" + "类型".encode("utf-16-le"), "wrong_encoding"),
    ],
)
async def test_a_hostile_or_foreign_file_is_refused_as_a_whole(city: City, content: bytes, code: str) -> None:
    refused = await staged(await city.person("designer"), CATALOGUE, content)
    assert (refused.status, refused.code) == (422, code)
    assert refused.body["message_zh"]
