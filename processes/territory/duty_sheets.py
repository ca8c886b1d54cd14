"""Duty grids as sheets: a row for each shift; rows of one code are one duty grid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import time

from processes.sheets import Column, Finding, Row, SheetError, read_rows, write_csv
from processes.territory.duty import EVERY_DAY, DutyGrid, Shift
from processes.territory.point_sheets import SheetImport

DUTY_COLUMNS = (
    Column("code", "责任网格编码", True, ("责任网格代码",)),
    Column("name", "责任网格名称", True),
    Column("unit_grids", "单元网格", True),
    Column("shift", "班次", True),
    Column("start", "开始时间", True),
    Column("end", "结束时间", True),
    Column("inspectors", "采集员", True),
    Column("weekdays", "星期"),
)
_BETWEEN_ITEMS = re.compile(r"[;；,，、\s]+")
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]00)?", re.ASCII)
_DAYS = re.compile(r"([1-7])(?:-([1-7]))?", re.ASCII)


def read_duty_grids(data: bytes, unit_grids: Collection[str]) -> SheetImport[DutyGrid]:
    """The duty grids in a CSV or XLSX file.

    Refused are rows that name a unit grid that there is not or that another duty grid has, or that give a code another
    name.
    """
    found: dict[str, DutyGrid] = {}

    def take(row: Row) -> tuple[Finding, ...]:
        read = _duty_grid(row)
        known = found.get(read.code, replace(read, unit_grids=frozenset(), shifts=()))
        _check(read, known, unit_grids, found)
        found[read.code] = replace(
            known, unit_grids=known.unit_grids | read.unit_grids, shifts=(*known.shifts, *read.shifts)
        )
        return ()

    report = read_rows(data, DUTY_COLUMNS, take)
    return SheetImport(report, tuple(found.values()))


def duty_grids_csv(duty_grids: Iterable[DutyGrid]) -> bytes:
    """The duty grids as CSV."""
    return write_csv([column.name_zh for column in DUTY_COLUMNS], _cells(duty_grids))


def _cells(duty_grids: Iterable[DutyGrid]) -> Iterator[tuple[str, ...]]:
    for each in duty_grids:
        unit_grids = "；".join(sorted(each.unit_grids))
        for shift in each.shifts:
            times = (shift.name, f"{shift.start:%H:%M}", f"{shift.end:%H:%M}")
            days = "" if shift.weekdays == EVERY_DAY else "；".join(str(day + 1) for day in sorted(shift.weekdays))
            yield each.code, each.name, unit_grids, *times, "；".join(shift.inspectors), days


def _duty_grid(row: Row) -> DutyGrid:
    shift = Shift(
        row.required("shift"),
        _time(row, "start"),
        _time(row, "end"),
        tuple(_items(row.required("inspectors"))),
        _weekdays(row.text("weekdays")),
    )
    unit_grids = frozenset(_items(row.required("unit_grids")))
    return DutyGrid(row.required("code"), row.required("name"), unit_grids, (shift,))


def _check(read: DutyGrid, known: DutyGrid, unit_grids: Collection[str], found: dict[str, DutyGrid]) -> None:
    if read.name != known.name:
        raise SheetError(
            "name_differs",
            f"责任网格 {read.code} 先前名为“{known.name}”",
            f"duty grid {read.code} was called {known.name!r} before",
            column="name",
        )
    if unknown := min(read.unit_grids - frozenset(unit_grids), default=None):
        raise SheetError("grid_unknown", f"没有单元网格 {unknown}", f"no unit grid {unknown}", column="unit_grids")
    for other in found.values():
        if other.code != read.code and (shared := min(other.unit_grids & read.unit_grids, default=None)):
            raise SheetError(
                "grid_on_two_duties",
                f"单元网格 {shared} 已属于责任网格 {other.code}",
                f"unit grid {shared} is in duty grid {other.code} already",
                column="unit_grids",
            )


def _time(row: Row, key: str) -> time:
    text = row.required(key)
    found = _TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else _refuse_time(text, key)
    except ValueError:
        return _refuse_time(text, key)


def _refuse_time(text: str, key: str) -> time:
    raise SheetError("bad_time", f"“{text[:20]}”应写作 08:30", f"{text[:20]!r} must read like 08:30", column=key)


def _weekdays(text: str) -> frozenset[int]:
    """Days from 1 for Monday to 7, one by one or from one to another; nothing is every day."""
    days: set[int] = set()
    for item in _items(text):
        found = _DAYS.fullmatch(item)
        if found is None or int(found[2] or found[1]) < int(found[1]):
            raise SheetError(
                "bad_weekday",
                f"星期“{item[:20]}”应写作 1-5 或 6",
                f"the weekday {item[:20]!r} must read like 1-5 or 6",
                column="weekdays",
            )
        days.update(range(int(found[1]) - 1, int(found[2] or found[1])))
    return frozenset(days) or EVERY_DAY


def _items(text: str) -> list[str]:
    return list(dict.fromkeys(item for item in _BETWEEN_ITEMS.split(text) if item))
