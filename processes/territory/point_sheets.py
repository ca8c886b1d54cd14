"""Components and cameras as sheets, with the column names that registers in use have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from processes.sheets import (
    Column,
    Finding,
    ImportReport,
    Row,
    Severity,
    SheetError,
    in_column,
    read_rows,
    write_csv,
)
from processes.territory.cameras import Camera
from processes.territory.components import STATE_NAMES_ZH, Component, ComponentState
from processes.territory.errors import TerritoryError
from processes.territory.locate import Locator
from processes.territory.points import Crs, Point

Item = TypeVar("Item")
#: What has a code of its own and stands in a grid.
Standing = TypeVar("Standing", Component, Camera)

_PLACE = (
    Column("lon", "经度", True, ("x",)),
    Column("lat", "纬度", True, ("y",)),
    Column("grid", "所在单元网格", False, ("BGID", "BGCODE")),
)
COMPONENT_COLUMNS = (
    Column("code", "部件标识码", True, ("ObjID",)),
    Column("name", "部件名称", True, ("ObjName",)),
    *_PLACE,
    Column("state", "部件状态", False, ("ObjState",)),
    Column("owner", "权属单位", False, ("DeptCode2",)),
    Column("manager", "主管部门", False, ("DeptCode1",)),
    Column("maintainer", "养护单位", False, ("DeptCode3",)),
    Column("recorded_on", "初始日期", False, ("ORDate",)),
    Column("changed_on", "变更日期", False, ("CHDate",)),
    Column("source", "数据来源", False, ("DataSource",)),
    Column("note", "备注", False, ("Note",)),
)
CAMERA_COLUMNS = (
    Column("code", "摄像机编号", True),
    Column("name", "摄像机名称", True),
    *_PLACE,
    Column("owner", "权属单位"),
)

_STATES = {name: state for state, name in STATE_NAMES_ZH.items()} | {str(state): state for state in ComponentState}
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class SheetImport(Generic[Item]):
    """The rows of a file that could be read."""

    report: ImportReport
    items: tuple[Item, ...]


def read_components(data: bytes, locator: Locator, *, crs: Crs = Crs.CGCS2000) -> SheetImport[Component]:
    """The components in a CSV or XLSX file with coordinates in `crs`.

    The grid is found from the position; where the file names another one, that is noted. Rows that cannot be read or
    lie outside all grids are refused.
    """
    return _read(data, COMPONENT_COLUMNS, lambda row: _component(row, locator, crs))


def read_cameras(data: bytes, locator: Locator, *, crs: Crs = Crs.CGCS2000) -> SheetImport[Camera]:
    """The cameras in a CSV or XLSX file with coordinates in `crs`; refused as `read_components` refuses."""
    return _read(data, CAMERA_COLUMNS, lambda row: _camera(row, locator, crs))


def components_csv(components: Iterable[Component]) -> bytes:
    """The components as CSV, with coordinates in CGCS2000."""
    return write_csv(_header(COMPONENT_COLUMNS), (_component_cells(component) for component in components))


def cameras_csv(cameras: Iterable[Camera]) -> bytes:
    """The cameras as CSV, with coordinates in CGCS2000."""
    rows = ((each.code, each.name, *_coordinates(each.point), each.grid, each.owner) for each in cameras)
    return write_csv(_header(CAMERA_COLUMNS), rows)


def _read(data: bytes, columns: tuple[Column, ...], item_of: Callable[[Row], Standing]) -> SheetImport[Standing]:
    items: dict[str, Standing] = {}

    def take(row: Row) -> tuple[Finding, ...]:
        try:
            item = item_of(row)
        except TerritoryError as error:
            raise in_column(error) from None
        if item.code in items:
            raise SheetError("duplicate_code", f"编号 {item.code} 重复", f"{item.code} stands twice", column="code")
        items[item.code] = item
        return _note_of_grid(row, item)

    report = read_rows(data, columns, take)
    return SheetImport(report, tuple(items.values()))


def _component(row: Row, locator: Locator, crs: Crs) -> Component:
    point, grid = _place(row, locator, crs)
    return Component(
        row.required("code"),
        row.required("name"),
        point,
        grid,
        _state(row.text("state")),
        owner=row.text("owner"),
        manager=row.text("manager"),
        maintainer=row.text("maintainer"),
        recorded_on=_day(row, "recorded_on"),
        changed_on=_day(row, "changed_on"),
        source=row.text("source"),
        note=row.text("note"),
    )


def _camera(row: Row, locator: Locator, crs: Crs) -> Camera:
    point, grid = _place(row, locator, crs)
    return Camera(row.required("code"), row.required("name"), point, row.text("owner"), grid)


def _place(row: Row, locator: Locator, crs: Crs) -> tuple[Point, str]:
    place = locator.place_of(Point(_degrees(row, "lon"), _degrees(row, "lat"), crs))
    if place is None:
        zh, en = "位置不在任何单元网格内", "the position lies outside all unit grids"
        raise SheetError("outside_grids", zh, en, column="lon")
    return place.point, place.grid


def _degrees(row: Row, column: str) -> float:
    text = row.required(column)
    try:
        return float(text)
    except ValueError:
        raise SheetError(
            "not_a_number", f"“{text[:20]}”不是坐标", f"{text[:20]!r} is no coordinate", column=column
        ) from None


def _state(text: str) -> ComponentState:
    if not text:
        return ComponentState.INTACT
    if text not in _STATES:
        names = "、".join(STATE_NAMES_ZH.values())
        codes = ", ".join(ComponentState)
        raise SheetError(
            "unknown_state",
            f"部件状态“{text[:20]}”不在允许范围内：{names}",
            f"{text[:20]!r} is no state; expected one of: {codes}",
            column="state",
        )
    return _STATES[text]


def _day(row: Row, column: str) -> date | None:
    text = row.text(column)
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match is not None:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise SheetError("not_a_day", f"“{text[:20]}”不是日期", f"{text[:20]!r} is no day", column=column)


def _note_of_grid(row: Row, item: Component | Camera) -> tuple[Finding, ...]:
    named = row.text("grid")
    if not named or named == item.grid:
        return ()
    zh = f"文件所写网格 {named[:20]} 与位置所在网格 {item.grid} 不符，已按位置"
    en = f"the file names grid {named[:20]} but the position lies in {item.grid}, which was taken"
    return (Finding("grid_differs", Severity.NOTE, zh, en, row=row.number, column="grid"),)


def _component_cells(component: Component) -> tuple[str, ...]:
    days = (day.isoformat() if day else "" for day in (component.recorded_on, component.changed_on))
    return (
        component.code,
        component.name,
        *_coordinates(component.point),
        component.grid,
        STATE_NAMES_ZH[component.state],
        component.owner,
        component.manager,
        component.maintainer,
        *days,
        component.source,
        component.note,
    )


def _coordinates(point: Point) -> tuple[str, str]:
    stored = point.to(Crs.CGCS2000)
    return repr(stored.lon), repr(stored.lat)


def _header(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(column.name_zh for column in columns)
