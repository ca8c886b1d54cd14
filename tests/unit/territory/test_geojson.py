"""GeoJSON in and out: grids and areas, sound and hostile."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from processes.territory import Area, Crs, GridRegister, GridState, TerritoryError, UnitGrid
from processes.territory.files import areas_geojson, grids_geojson, read_areas, read_grids

COMMUNITY = "152201006003"
SQUARE = [[122.0, 46.0], [122.01, 46.0], [122.01, 46.01], [122.0, 46.01], [122.0, 46.0]]
BESIDE = [[lon + 0.01, lat] for lon, lat in SQUARE]
NONE = GridRegister()


def feature(coordinates: Any, *, code: str = f"{COMMUNITY}001", kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": "试验"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def document(*features: object, **members: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def findings_of(data: bytes, register: GridRegister = NONE) -> list[tuple[str, str]]:
    report = read_grids(data, register).report
    assert all(finding.message_zh and finding.message_en for finding in report.findings)
    return [(finding.code, finding.pointer) for finding in report.findings]


def test_sound_grids_are_taken() -> None:
    data = document(feature([SQUARE]), feature([BESIDE], code=f"{COMMUNITY}002"))
    imported = read_grids(data, NONE)
    assert imported.report.findings == ()
    assert [grid.code for grid in imported.register.valid()] == [f"{COMMUNITY}001", f"{COMMUNITY}002"]
    assert imported.grids[0].boundary.equals(box(122.0, 46.0, 122.01, 46.01))
    assert len(NONE) == 0


@pytest.mark.parametrize("name", ["code", "BGCODE", "DYWGCODE", "网格编码"])
def test_the_code_is_found_under_the_names_in_use(name: str) -> None:
    one = feature([SQUARE])
    one["properties"] = {name: f"{COMMUNITY}001"}
    assert read_grids(document(one), NONE).report.rows_taken == 1


@pytest.mark.parametrize(
    ("bad", "code", "pointer"),
    [
        ([SQUARE[:-1]], "invalid_ring", "/geometry/coordinates/0"),
        ([SQUARE[:2]], "invalid_ring", "/geometry/coordinates/0"),
        ([[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]], "invalid_ring", "/geometry/coordinates"),
        ([[SQUARE[0], SQUARE[2], SQUARE[1], [122.002, 46.01], SQUARE[0]]], "invalid_ring", "/geometry/coordinates"),
        ([SQUARE, [*BESIDE[:2], [122.012, 46.001], BESIDE[0]]], "invalid_ring", "/geometry/coordinates"),
        ([[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]], "invalid_ring", "/geometry/coordinates"),
        ([SQUARE, BESIDE], "invalid_ring", "/geometry/coordinates"),
        (SQUARE, "malformed_geometry", "/geometry/coordinates/0/0"),
        ([[SQUARE]], "malformed_geometry", "/geometry/coordinates/0/0"),
        ([], "malformed_geometry", "/geometry/coordinates"),
        ("x", "malformed_geometry", "/geometry/coordinates"),
        ([[["122", 46.0], *SQUARE[1:]]], "malformed_geometry", "/geometry/coordinates/0/0"),
        ([[[True, 46.0], *SQUARE[1:]]], "malformed_geometry", "/geometry/coordinates/0/0"),
        ([[[122.0], *SQUARE[1:]]], "malformed_geometry", "/geometry/coordinates/0/0"),
        ([[SQUARE[0], [1e300, 46.0], *SQUARE[2:]]], "bad_coordinate", "/geometry/coordinates/0/1"),
        ([[SQUARE[0], [10**400, 46.0], *SQUARE[2:]]], "malformed_geometry", "/geometry/coordinates/0/1"),
        ([[SQUARE[0], [46.0, 122.0], *SQUARE[2:]]], "bad_coordinate", "/geometry/coordinates/0/1"),
    ],
)
def test_a_bad_geometry_is_refused_with_its_place_and_the_others_are_taken(bad: Any, code: str, pointer: str) -> None:
    data = document(feature([BESIDE], code=f"{COMMUNITY}002"), feature(bad))
    imported = read_grids(data, NONE)
    assert [(finding.code, finding.pointer) for finding in imported.report.findings] == [
        (code, f"/features/1{pointer}")
    ]
    assert [grid.code for grid in imported.grids] == [f"{COMMUNITY}002"]


def test_an_infinite_coordinate_is_refused() -> None:
    data = document(feature([SQUARE])).replace(b"[122.01, 46.0]", b"[1e999, 46.0]")
    assert findings_of(data) == [("bad_coordinate", "/features/0/geometry/coordinates/0/1")]


@pytest.mark.parametrize("code", ["", "12", "152201006003000", "15220100600300١", "152201006000001"])
def test_a_bad_code_is_refused(code: str) -> None:
    ((found, pointer),) = findings_of(document(feature([SQUARE], code=code)))
    assert found in {"no_code", "bad_code"}
    assert pointer == "/features/0/properties/code"


def test_a_code_that_stands_twice_is_refused() -> None:
    data = document(feature([SQUARE]), feature([BESIDE]))
    assert findings_of(data) == [("duplicate_code", "/features/1/properties/code")]


def test_a_code_of_the_register_is_refused_even_when_void() -> None:
    register = GridRegister([UnitGrid(f"{COMMUNITY}001", box(100, 30, 101, 31))])
    assert findings_of(document(feature([SQUARE])), register) == [("code_taken", "/features/0/properties/code")]


def test_ground_that_is_taken_is_refused_and_a_shared_edge_is_not() -> None:
    register = GridRegister([UnitGrid(f"{COMMUNITY}009", box(122.0, 46.0, 122.01, 46.01))])
    assert findings_of(document(feature([SQUARE])), register) == [("grids_overlap", "/features/0/geometry")]
    assert findings_of(document(feature([BESIDE])), register) == []
    across = [[lon + 0.005, lat] for lon, lat in SQUARE]
    data = document(feature([SQUARE]), feature([across], code=f"{COMMUNITY}002"))
    assert findings_of(data) == [("grids_overlap", "/features/1/geometry")]


def test_a_grid_in_several_parts_is_refused_and_an_area_is_not() -> None:
    far = [[lon + 1, lat] for lon, lat in SQUARE]
    data = document(feature([[SQUARE], [far]], kind="MultiPolygon"))
    assert findings_of(data) == [("several_parts", "/features/0/geometry/type")]
    (area,) = read_areas(data).areas
    assert isinstance(area.boundary, MultiPolygon)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'"x"',
        b"\xff\xfe",
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": {}}',
        b'{"type": "FeatureCollection", "features": [1]}',
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": []}]}',
        b'{"type": "FeatureCollection", "features": [], "features": []}',
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": NaN}]}',
        b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"type": "FeatureCollection", "features": [' + b"9" * 5_000 + b"]}",
    ],
)
def test_what_is_no_feature_collection_is_refused_whole(data: bytes) -> None:
    with pytest.raises(TerritoryError) as refused:
        read_grids(data, NONE)
    assert refused.value.code == "malformed_geojson"
    assert refused.value.message_zh


def test_a_byte_order_mark_is_passed_over() -> None:
    assert findings_of(b"\xef\xbb\xbf" + document(feature([SQUARE]))) == []


def test_control_characters_in_a_name_are_refused() -> None:
    one = feature([SQUARE])
    one["properties"]["name"] = "a\x00b"
    assert findings_of(document(one)) == [("bad_character", "/features/0/properties")]
    one["properties"]["name"] = "\ud800"
    assert findings_of(document(one)) == [("bad_character", "/features/0/properties")]


def test_the_system_that_a_document_names_holds() -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    stored = read_grids(document(feature([SQUARE]), crs=named), NONE, crs=Crs.GCJ02).grids[0]
    shifted = read_grids(document(feature([SQUARE])), NONE, crs=Crs.GCJ02).grids[0]
    assert stored.boundary.bounds[0] == 122.0
    assert 0.004 < 122.0 - shifted.boundary.bounds[0] < 0.008
    with pytest.raises(TerritoryError) as refused:
        read_grids(document(crs={"type": "name", "properties": {"name": "EPSG:3857"}}), NONE)
    assert refused.value.code == "unknown_crs"


@pytest.mark.parametrize("crs", list(Crs))
def test_grids_survive_export_and_import_in_every_system(crs: Crs) -> None:
    grid = UnitGrid(f"{COMMUNITY}001", Polygon(SQUARE, [[[122.002, 46.002], [122.004, 46.002], [122.003, 46.004]]]))
    (back,) = read_grids(grids_geojson([grid], crs=crs), NONE).grids
    assert back.code == grid.code
    assert back.boundary.symmetric_difference(grid.boundary).area < 1e-9


def test_a_void_grid_comes_back_void_with_its_days_and_successors() -> None:
    register = GridRegister([UnitGrid(f"{COMMUNITY}{serial:03d}", Polygon(SQUARE)) for serial in (1, 2)])
    register = register.with_void(f"{COMMUNITY}001", date(2026, 5, 1), replaced_by=(f"{COMMUNITY}002",))
    back = read_grids(grids_geojson(register), NONE)
    assert back.report.findings == ()
    assert [grid.code for grid in back.register.valid()] == [f"{COMMUNITY}002"]
    void = back.register.grid(f"{COMMUNITY}001")
    assert (void.state, void.voided_on) == (GridState.VOID, date(2026, 5, 1))
    assert void.replaced_by == (f"{COMMUNITY}002",)


@pytest.mark.parametrize(
    ("name", "code"), [("state", "unknown_state"), ("since", "not_a_day"), ("voided_on", "not_a_day")]
)
def test_a_senseless_state_or_day_is_refused(name: str, code: str) -> None:
    one = feature([SQUARE])
    one["properties"][name] = "soon"
    assert findings_of(document(one)) == [(code, f"/features/0/properties/{name}")]


def test_an_export_is_the_same_every_time_and_runs_anticlockwise() -> None:
    area = Area("公园", "公园", Polygon(SQUARE[::-1]))
    data = areas_geojson([area])
    assert data == areas_geojson([area])
    (ring,) = json.loads(data)["features"][0]["geometry"]["coordinates"]
    assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0
    assert read_areas(data).areas[0].name == "公园"


junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner),
    max_leaves=12,
)


@given(junk, junk)
def test_whatever_stands_as_geometry_is_a_finding_or_an_area(geometry: Any, coordinates: Any) -> None:
    one, other = feature(coordinates), feature([])
    other["geometry"] = geometry
    try:
        imported = read_areas(document(one, other))
    except TerritoryError:
        return
    assert imported.report.rows_read == 2
    assert len(imported.areas) == imported.report.rows_taken
