"""Registers of components and cameras in and out of sheets."""

from __future__ import annotations

from datetime import date

import pytest
from shapely import box

from processes.territory import ComponentState, Crs, Locator, Point, UnitGrid
from processes.territory.files import cameras_csv, components_csv, read_cameras, read_components
from processes.territory.sample import sample_cameras, sample_components, sample_grids

GRID = "152201006003001"
LOCATOR = Locator([UnitGrid(GRID, box(122.0, 46.0, 122.01, 46.01))])
HEADER = "ObjID,ObjName,X,Y,BGID,ObjState,DeptCode2,ORDate"
GOOD = "1522010104000001,雨水箅子,122.005,46.005,,完好,water,2025-06-01"


def sheet(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def test_a_register_with_the_usual_column_names_is_read() -> None:
    imported = read_components(sheet(GOOD), LOCATOR)
    (component,) = imported.items
    assert imported.report.findings == ()
    assert (component.grid, component.state, component.owner) == (GRID, ComponentState.INTACT, "water")
    assert component.recorded_on == date(2025, 6, 1)
    assert component.subcategory == "component-0104"


@pytest.mark.parametrize("text", ["2025-06-01", "2025/6/1", "20250601", "2025年6月1日", "2025.6.1"])
def test_days_are_read_in_every_usual_spelling(text: str) -> None:
    (component,) = read_components(sheet(GOOD.replace("2025-06-01", text)), LOCATOR).items
    assert component.recorded_on == date(2025, 6, 1)


def test_positions_of_a_web_map_are_converted() -> None:
    shown = Point(122.005, 46.005).to(Crs.GCJ02)
    row = GOOD.replace("122.005", repr(shown.lon)).replace("46.005", repr(shown.lat))
    (component,) = read_components(sheet(row), LOCATOR, crs=Crs.GCJ02).items
    assert (component.point.lon, component.point.lat) == pytest.approx((122.005, 46.005), abs=1e-9)
    assert component.point.crs is Crs.CGCS2000


def test_another_grid_in_the_file_is_noted_and_the_position_holds() -> None:
    imported = read_components(sheet(GOOD.replace(",,完好", ",152201006003009,完好")), LOCATOR)
    assert [(note.code, note.row, note.column) for note in imported.report.notes] == [("grid_differs", 2, "grid")]
    assert imported.items[0].grid == GRID


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (GOOD.replace("1522010104000001", "15220101"), "bad_code", "code"),
        (GOOD.replace("122.005", "东"), "not_a_number", "lon"),
        (GOOD.replace("46.005", "nan"), "bad_coordinate", "lat"),
        (GOOD.replace("122.005", "1e999"), "bad_coordinate", "lon"),
        (GOOD.replace("122.005", "123.5"), "outside_grids", "lon"),
        (GOOD.replace("完好", "很好"), "unknown_state", "state"),
        (GOOD.replace("2025-06-01", "2025-13-01"), "not_a_day", "recorded_on"),
        (GOOD.replace("2025-06-01", "昨天"), "not_a_day", "recorded_on"),
        (GOOD.replace("雨水箅子", ""), "empty_cell", "name"),
        (GOOD, "duplicate_code", "code"),
    ],
)
def test_a_bad_row_is_refused_by_column(row: str, code: str, column: str) -> None:
    imported = read_components(sheet(GOOD, row), LOCATOR)
    assert [(each.code, each.row, each.column) for each in imported.report.refused] == [(code, 3, column)]
    assert all(each.message_zh and each.message_en for each in imported.report.findings)
    assert len(imported.items) == 1


def test_registers_survive_export_and_import() -> None:
    grids = sample_grids()
    locator, components, cameras = Locator(grids), sample_components(grids), sample_cameras(grids)
    back = read_components(components_csv(components), locator)
    assert (back.items, back.report.findings) == (tuple(components), ())
    assert read_cameras(cameras_csv(cameras), locator).items == tuple(cameras)
