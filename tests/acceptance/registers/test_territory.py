"""Territory and responsibility over HTTP: look-ups, proposals with their reasons, the review, the picture."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from processes.territory import Crs, Point
from tests.acceptance.city import City
from tests.acceptance.registers.exchanges import GRID, INSIDE, SAMPLES, applied, geojson, grid_file, put, square, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = {"lon": 122.0705, "lat": 46.0801}
SEA = {"lon": 130.0, "lat": 30.0}
GRIDS = next(sample for sample in SAMPLES if sample.path == "/grids")
DUTY = next(sample for sample in SAMPLES if sample.path == "/duty-grids")
BOUNDARY = next(sample for sample in SAMPLES if sample.path == "/responsibilities/boundary")


async def test_the_sample_city_has_duty_and_evaluation_grids_over_all_its_unit_grids(city: City) -> None:
    clerk = await city.person("clerk")
    duty = (await clerk.get("/duty-grids", limit=200)).body
    evaluation = await clerk.get("/evaluation-grids", limit=200)
    places = (await clerk.get("/evaluation-grids/at", lon=INSIDE[0], lat=INSIDE[1])).body["items"]
    assert duty["count"] > 50
    assert all("样例" in item["name"] for item in (*duty["items"], *evaluation.body["items"]))
    assert "inspector" in {name for item in duty["items"] for shift in item["shifts"] for name in shift["inspectors"]}
    assert [place["code"] for place in places] == [f"E{GRID[:9]}000"]
    assert evaluation.headers["etag"] == f'"{evaluation.body["version"]}"'


async def test_a_point_lies_in_a_grid_a_community_and_a_street(city: City) -> None:
    place = (await (await city.person("inspector")).get("/grids/at", **HERE)).body
    assert place["grid"].startswith(place["community"])
    assert place["street_name"].endswith("街道")
    assert place["county_name"] == "乌兰浩特市"


async def test_a_point_of_a_web_map_is_the_same_place(city: City) -> None:
    inspector = await city.person("inspector")
    shifted = Point(**HERE).to(Crs.GCJ02)
    place = await inspector.get("/grids/at", lon=shifted.lon, lat=shifted.lat, crs="GCJ-02")
    assert place.body["grid"] == (await inspector.get("/grids/at", **HERE)).body["grid"]


async def test_a_point_outside_all_grids_is_not_found(city: City) -> None:
    refused = await (await city.person("inspector")).get("/grids/at", **SEA)
    assert (refused.status, refused.code) == (404, "outside_grids")


@pytest.mark.parametrize("change", [{"lat": 91}, {"lon": "nan"}, {"lon": "1e400"}, {"crs": "EPSG:4326"}, {"lat": ""}])
async def test_what_is_no_position_is_refused(city: City, change: dict[str, Any]) -> None:
    refused = await (await city.person("inspector")).get("/grids/at", **{**HERE, **change})
    assert (refused.status, refused.body["parameter"]) == (422, *change)


async def test_grids_are_listed_by_street_and_shown_with_their_boundary(city: City) -> None:
    inspector = await city.person("inspector")
    place = (await inspector.get("/grids/at", **HERE)).body
    listed = (await inspector.get("/grids", street=place["street"], limit=200)).body["items"]
    grid = (await inspector.get(f"/grids/{place['grid']}")).body
    assert place["grid"] in [item["code"] for item in listed]
    assert {item["street"] for item in listed} == {place["street"]}
    assert (grid["geometry"]["type"], 20_000 < grid["square_metres"] < 60_000) == ("Polygon", True)
    assert (await inspector.get("/grids/152201999999999")).status == 404


async def test_duty_grids_are_listed_by_grid_and_by_who_walks_them(city: City) -> None:
    designer = await city.person("designer")
    await applied(designer, DUTY, await staged(designer, DUTY, DUTY.good))
    (found,) = (await designer.get("/duty-grids", grid=f"{GRID}001", inspector="inspector")).body["items"]
    assert (found["code"], found["shifts"][0]["start"], found["shifts"][0]["weekdays"]) == (
        "Z1",
        "08:00:00",
        [1, 2, 3, 4, 5],
    )
    assert (await designer.get("/duty-grids", inspector="nobody")).body["items"] == []


async def test_an_imported_grid_is_looked_up_at_once(city: City) -> None:
    designer = await city.person("designer")
    await applied(designer, GRIDS, await staged(designer, GRIDS, grid_file(930)))
    place = await designer.get("/grids/at", lon=122.5 + 9.301, lat=46.501)
    assert place.body["grid"] == f"{GRID}930"
    again = await staged(designer, GRIDS, grid_file(930))
    assert again.body["findings"][0]["code"] == "code_taken"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "malformed_geojson"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "malformed_geojson"),
        (b"[" * 20_000, "malformed_geojson"),
        (geojson(({"code": "1"}, square(0))).replace(b"}]}", b'}], "crs": 7}'), "unknown_crs"),
    ],
)
async def test_a_document_that_is_none_is_refused_as_a_whole(city: City, content: bytes, code: str) -> None:
    refused = await staged(await city.person("designer"), GRIDS, content)
    assert (refused.status, refused.code) == (422, code)


async def test_divisions_are_listed_by_level(city: City) -> None:
    body = (await (await city.person("inspector")).get("/divisions", level="county")).body
    assert [item["name"] for item in body["items"]] == ["乌兰浩特市"]


async def test_the_nearest_components_come_first(city: City) -> None:
    inspector = await city.person("inspector")
    near = (await inspector.get("/components/nearest", **HERE, within_metres=600, most=5)).body["items"]
    metres = [item["metres"] for item in near]
    assert len(near) == 5
    assert metres == sorted(metres)
    lamps = await inspector.get("/components/nearest", **HERE, within_metres=2000, subcategory="component-0137")
    assert {item["subcategory"] for item in lamps.body["items"]} == {"component-0137"}
    shown = (await inspector.get(f"/components/{near[0]['code']}")).body
    assert {**shown, "metres": metres[0]} == near[0]
    assert (await inspector.get("/components/9999999999999999")).status == 404


async def test_components_and_cameras_are_listed_by_grid(city: City) -> None:
    inspector = await city.person("inspector")
    first = (await inspector.get("/cameras", limit=1)).body["items"][0]
    here = await inspector.get("/cameras/nearest", lon=first["lon"], lat=first["lat"])
    assert here.body["items"][0] == {**first, "metres": 0.0}
    of_grid = (await inspector.get("/components", grid=first["grid"])).body
    assert {item["grid"] for item in of_grid["items"]} == {first["grid"]}


async def test_a_proposal_names_its_row_and_why_the_others_lost(city: City) -> None:
    dispatcher = await city.person("dispatcher")
    body = (await dispatcher.post("/responsibilities/proposal", {"point": HERE, "subcategory": "component-0104"})).body
    assert (body["unit"], body["is_known_unit"]) == ("drainage_company", True)
    assert (body["chosen"]["step"], body["chosen"]["row"]) == ("owner", "component-0104")
    assert body["lost"][-1]["step"] == "subdistrict"
    assert all(claim["message_zh"] and claim["message_en"] for claim in body["lost"])
    assert body["versions"]["area-list"] >= 1


async def test_a_component_says_where_and_what_by_itself(city: City) -> None:
    dispatcher = await city.person("dispatcher")
    near = (await dispatcher.get("/components/nearest", **HERE, within_metres=600)).body["items"][0]
    body = (await dispatcher.post("/responsibilities/proposal", {"component": near["code"]})).body
    assert (body["unit"], body["subcategory"], body["place"]["grid"]) == (
        near["owner"],
        near["subcategory"],
        near["grid"],
    )
    assert body["chosen"]["row"] == near["code"]


async def test_a_boundary_row_goes_before_the_area(city: City) -> None:
    designer = await city.person("designer")
    place = (await designer.get("/grids/at", **HERE)).body
    shape = (await designer.get(f"/grids/{place['grid']}")).body["geometry"]
    row = {"key": "settled", "category": "incident", "unit": "forestry", "against": "urban_management"}
    await applied(designer, BOUNDARY, await staged(designer, BOUNDARY, geojson((row, shape))))
    asked = {"grid": place["grid"], "subcategory": "incident-0401"}
    body = (await designer.post("/responsibilities/proposal", asked)).body
    assert (body["unit"], body["chosen"]["row"]) == ("forestry", "settled")
    listed = (await designer.get("/responsibilities/boundary", unit="forestry")).body["items"]
    assert listed[0]["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"subcategory": "component-0104"}, "/point"),
        ({"subcategory": "component-0104", "point": SEA}, "/point"),
        ({"subcategory": "component-0104", "grid": "152201999999999"}, "/grid"),
        ({"subcategory": "component-9999", "point": HERE}, "/subcategory"),
        ({"point": HERE}, "/subcategory"),
        ({"component": "9999999999999999"}, "/component"),
        ({"subcategory": "component-0104", "point": {"lon": 1, "lat": 91}}, "/point/lat"),
    ],
)
async def test_a_question_that_cannot_be_answered_names_its_place(
    city: City, asked: dict[str, Any], pointer: str
) -> None:
    refused = await (await city.person("dispatcher")).post("/responsibilities/proposal", asked)
    assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_rows_are_found_by_unit_and_category(city: City) -> None:
    dispatcher = await city.person("dispatcher")
    area = (await dispatcher.get("/responsibilities/area", unit="urban_management")).body
    facility = await dispatcher.get("/responsibilities/facility", category="component-0104", unit="drainage_company")
    assert {item["unit"] for item in area["items"]} == {"urban_management"}
    assert {item["category"] for item in facility.body["items"]} == {"component-0104"}


async def test_the_review_draws_what_is_silent(city: City) -> None:
    designer = await city.person("designer")
    before = (await designer.get("/responsibilities/review")).body
    area = next(sample for sample in SAMPLES if sample.path == "/responsibilities/area")
    await applied(designer, area, await staged(designer, area, area.good, mode="replace"))
    after = (await designer.get("/responsibilities/review")).body
    assert before["gap_count"] < after["gap_count"]
    assert len(after["gaps"]) == 200
    assert after["gaps"][0]["geometry"]["type"] == "Polygon"


async def test_the_picture_is_a_picture_and_names_the_unit(city: City) -> None:
    answer = await (await city.person("dispatcher")).get(
        "/grids/picture", **HERE, subcategory="component-0104", metres=500
    )
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")
    svg = etree.fromstring(answer.body)
    unit = (await (await city.person("dispatcher")).get("/units/drainage_company")).body
    assert f"component-0104 → {unit['name']}" in list(svg.itertext())
    assert len(svg.findall(".//{*}path")) > 10
    assert (await (await city.person("dispatcher")).get("/grids/picture", **SEA)).status == 404


async def test_a_drawn_area_is_named_by_the_area_list_and_goes_before_the_grid(city: City) -> None:
    designer = await city.person("designer")
    lon, lat = (float(degrees) for degrees in INSIDE)
    around = [[lon - 1e-4, lat - 1e-4], [lon + 1e-4, lat - 1e-4], [lon + 1e-4, lat + 1e-4], [lon - 1e-4, lat + 1e-4]]
    shape = {"type": "Polygon", "coordinates": [[*around, around[0]]]}
    drawn = next(sample for sample in SAMPLES if sample.path == "/drawn-areas")
    await applied(designer, drawn, await staged(designer, drawn, geojson(({"code": "fair", "name": "集市"}, shape))))
    version = (await designer.get("/responsibilities/area")).headers["etag"]
    row = {"place": "fair", "category": "incident-0406", "unit": "forestry"}
    made = await put(designer, "/responsibilities/area/fair", row, if_match=version)
    asked = {"subcategory": "incident-0406", "point": {"lon": lon, "lat": lat}}
    answer = await designer.post("/responsibilities/proposal", asked)
    assert (made.status, answer.status) == (200, 200), answer
    assert answer.body["unit"] == "forestry"
