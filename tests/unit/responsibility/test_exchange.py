"""The three lists in and out of files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shapely import LineString, box

from processes.catalogue import KINDS
from processes.catalogue.sample.reading import sample_catalogue
from processes.responsibility import AreaRow, BoundaryRow, FacilityRow, ResponsibilityError, references_to
from processes.responsibility.categories import read_selector
from processes.responsibility.files import (
    area_list_csv,
    area_list_xlsx,
    boundary_list_geojson,
    facility_list_csv,
    facility_list_xlsx,
    read_area_list,
    read_boundary_list,
    read_facility_list,
)
from processes.responsibility.sample import sample_lists, sample_units
from processes.territory.sample import sample_components, sample_divisions, sample_grids
from tests.unit.responsibility.lists import GRATE, GRIDS, KNOWN, WASTE, WEST_STREET

AREA_HEADER = "行号,网格或区划,类别,责任单位,备注"
FACILITY_HEADER = "行号,类别,部件标识码,网格或区划,权属单位,主管部门,养护单位,备注"


def area_sheet(*rows: str) -> bytes:
    return "\n".join((AREA_HEADER, *rows)).encode()


def facility_sheet(*rows: str) -> bytes:
    return "\n".join((FACILITY_HEADER, *rows)).encode()


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("component-0104", "component-0104"),
        ("部件0104", "component-0104"),
        ("部件 0104", "component-0104"),
        ("C01", "component-01"),
        ("事件", "incident"),
        ("event", "incident"),
        ("全部", "*"),
        ("*", "*"),
    ],
)
def test_a_category_is_read_in_every_usual_spelling(text: str, selector: str) -> None:
    assert read_selector(text, KINDS) == selector


@pytest.mark.parametrize("text", ["", "井盖", "部件1", "部件010", "部件-", "=1"])
def test_what_means_no_category_is_refused(text: str) -> None:
    with pytest.raises(ResponsibilityError) as refused:
        read_selector(text, KINDS)
    assert refused.value.code == "bad_category"


def test_an_area_list_is_read() -> None:
    imported = read_area_list(area_sheet(f",{WEST_STREET},事件0110,clean,", f"7,{GRIDS[0].code},*,west,注"), KNOWN)
    assert imported.report.findings == ()
    assert imported.rows.rows == (
        AreaRow(f"{WEST_STREET}/{WASTE}", WEST_STREET, WASTE, "clean"),
        AreaRow("7", GRIDS[0].code, "*", "west", "注"),
    )


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (",152201009000,事件0110,clean,", "unknown_place", "place"),
        (f",{WEST_STREET},事件0110,nobody,", "unknown_unit", "unit"),
        (f",{WEST_STREET},事件0199,clean,", "unknown_category", "category"),
        (f",{WEST_STREET},井盖,clean,", "bad_category", "category"),
        (f",{WEST_STREET},事件0110,,", "empty_cell", "unit"),
        (f",{WEST_STREET},事件,east,", "duplicate_key", "key"),
        (f",{WEST_STREET},事件0110,cl\x00ean,", "bad_character", "unit"),
    ],
)
def test_a_bad_area_row_is_refused_by_column(row: str, code: str, column: str) -> None:
    imported = read_area_list(area_sheet(f",{WEST_STREET},事件,west,", row), KNOWN)
    assert [(finding.code, finding.row, finding.column) for finding in imported.report.refused] == [(code, 3, column)]
    assert len(imported.rows) == 1


def test_a_facility_list_is_read_and_bad_rows_are_refused() -> None:
    imported = read_facility_list(
        facility_sheet(
            ",部件0104,,,water,,water,",
            f",部件0104,1522010104000007,{WEST_STREET},water,,,",
            ",部件0104,12,,water,,,",
            ",部件,,,,,,",
            ",部件,,,nobody,,,",
        ),
        KNOWN,
    )
    assert imported.rows.rows == (
        FacilityRow(GRATE, GRATE, owner="water", maintainer="water"),
        FacilityRow("1522010104000007", GRATE, "1522010104000007", WEST_STREET, owner="water"),
    )
    assert [(finding.code, finding.row) for finding in imported.report.refused] == [
        ("bad_code", 4),
        ("no_unit", 5),
        ("unknown_unit", 6),
    ]


def boundary(geometry: dict[str, Any], **properties: object) -> bytes:
    one = {"type": "Feature", "geometry": geometry, "properties": {"category": "事件", "unit": "west", **properties}}
    return json.dumps({"type": "FeatureCollection", "features": [one]}).encode()


LINE = {"type": "LineString", "coordinates": [[122.01, 46.0], [122.01, 46.01]]}


def test_a_boundary_line_is_read_with_its_reach() -> None:
    imported = read_boundary_list(boundary(LINE, reach_metres=30, against="east; clean"), KNOWN)
    (row,) = imported.rows
    assert (row.key, row.unit, row.against, row.reach_metres) == ("B1", "west", ("east", "clean"), 30.0)
    assert row.shape.equals(LineString([(122.01, 46.0), (122.01, 46.01)]))


@pytest.mark.parametrize(
    ("geometry", "properties", "code", "pointer"),
    [
        (LINE, {}, "no_reach", "/properties/reach_metres"),
        (LINE, {"reach_metres": -1}, "bad_reach", "/properties/reach_metres"),
        (LINE, {"reach_metres": 1e9}, "bad_reach", "/properties/reach_metres"),
        (LINE, {"reach_metres": "30"}, "bad_reach", "/properties/reach_metres"),
        (LINE, {"reach_metres": 30, "unit": "nobody"}, "unknown_unit", "/properties/unit"),
        (LINE, {"reach_metres": 30, "category": 5}, "bad_category", "/properties/category"),
        ({"type": "LineString", "coordinates": [[122, 46]]}, {}, "invalid_ring", "/geometry/coordinates"),
        ({"type": "LineString", "coordinates": [[122, 46]] * 2}, {}, "malformed_geometry", "/geometry/coordinates"),
        ({"type": "Point", "coordinates": [122, 46]}, {}, "malformed_geometry", "/geometry/type"),
    ],
)
def test_a_bad_boundary_is_refused_with_its_place(
    geometry: dict[str, Any], properties: dict[str, object], code: str, pointer: str
) -> None:
    imported = read_boundary_list(boundary(geometry, **properties), KNOWN)
    assert [(finding.code, finding.pointer) for finding in imported.report.refused] == [(code, f"/features/0{pointer}")]
    assert len(imported.rows) == 0


def test_lists_survive_export_and_import() -> None:
    area = (AreaRow("=1", WEST_STREET, "*", "west", "+注"), AreaRow("2", GRIDS[0].code, WASTE, "clean"))
    facility = (FacilityRow("1", GRATE, owner="water"), FacilityRow("2", "*", place=WEST_STREET, manager="west"))
    zones = (
        BoundaryRow("a", box(122, 46, 122.01, 46.01), WASTE, "west", ("east", "clean"), note="注"),
        BoundaryRow("b", LineString([(122.01, 46.0), (122.01, 46.01)]), "*", "east", (), 25.0),
    )
    for exported in (area_list_csv(area), area_list_xlsx(area)):
        assert read_area_list(exported, KNOWN).rows.rows == area
    for exported in (facility_list_csv(facility), facility_list_xlsx(facility)):
        assert read_facility_list(exported, KNOWN).rows.rows == facility
    back = read_boundary_list(boundary_list_geojson(zones), KNOWN).rows.rows
    assert [(row.key, row.category, row.unit, row.against, row.reach_metres, row.note) for row in back] == [
        (row.key, row.category, row.unit, row.against, row.reach_metres, row.note) for row in zones
    ]
    assert all(one.shape.equals(other.shape) for one, other in zip(back, zones, strict=True))


def test_the_sample_lists_pass_their_own_import() -> None:
    catalogue, divisions, grids = sample_catalogue(), sample_divisions(), sample_grids()
    sample = sample_lists(catalogue, divisions, sample_components(grids))
    known = references_to(
        units={unit.code for unit in sample_units(divisions)}, catalogue=catalogue, divisions=divisions, grids=grids
    )
    area = read_area_list(area_list_xlsx(sample.area), known)
    facility = read_facility_list(facility_list_csv(sample.facility), known)
    assert (area.rows, area.report.findings) == (sample.area, ())
    assert (facility.rows, facility.report.findings) == (sample.facility, ())
