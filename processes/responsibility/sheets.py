"""The area and the facility list as sheets: columns, reading, writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic

from processes.responsibility.checked import checked_area_row, checked_facility_row
from processes.responsibility.errors import ResponsibilityError
from processes.responsibility.references import References
from processes.responsibility.rows import AreaRow, FacilityRow, Row, RowList
from processes.sheets import (
    Column,
    Finding,
    ImportReport,
    SheetError,
    in_column,
    read_rows,
    write_csv,
    write_xlsx,
)
from processes.sheets import Row as SheetRow
from processes.territory import TerritoryError

AREA_COLUMNS = (
    Column("key", "行号", other_names=("编号",)),
    Column("place", "网格或区划", True, ("网格", "区域", "责任网格")),
    Column("category", "类别", True, ("小类",)),
    Column("unit", "责任单位", True),
    Column("note", "备注"),
)
FACILITY_COLUMNS = (
    Column("key", "行号", other_names=("编号",)),
    Column("category", "类别", True, ("小类",)),
    Column("component", "部件标识码", other_names=("ObjID",)),
    Column("place", "网格或区划"),
    Column("owner", "权属单位", True),
    Column("manager", "主管部门"),
    Column("maintainer", "养护单位"),
    Column("note", "备注"),
)


@dataclass(frozen=True, slots=True)
class ListImport(Generic[Row]):
    """What a file would make of a list. Nothing has been changed yet."""

    report: ImportReport
    #: All rows that were taken, as the whole next version.
    rows: RowList[Row]


def read_area_list(data: bytes, known: References) -> ListImport[AreaRow]:
    """The area list in a CSV or XLSX file; rows that cannot be read or name unknown things are reported."""

    def row_of(row: SheetRow) -> AreaRow:
        said = AreaRow(row.text("key"), row.required("place"), row.required("category"), row.required("unit"))
        checked = checked_area_row(said, known)
        key = checked.key or f"{checked.place}/{checked.category}"
        return replace(checked, key=key, note=row.text("note"))

    return _read(data, AREA_COLUMNS, row_of)


def read_facility_list(data: bytes, known: References) -> ListImport[FacilityRow]:
    """The facility list in a CSV or XLSX file; rows that cannot be read or name unknown things are reported."""

    return _read(data, FACILITY_COLUMNS, lambda row: _facility_row(row, known))


def area_list_csv(rows: Iterable[AreaRow]) -> bytes:
    """The area list as CSV."""
    return write_csv(_header(AREA_COLUMNS), _cells(rows, AREA_COLUMNS))


def area_list_xlsx(rows: Iterable[AreaRow]) -> bytes:
    """The area list as a workbook."""
    return write_xlsx(_header(AREA_COLUMNS), _cells(rows, AREA_COLUMNS), sheet_name="地域责任清单")


def facility_list_csv(rows: Iterable[FacilityRow]) -> bytes:
    """The facility list as CSV."""
    return write_csv(_header(FACILITY_COLUMNS), _cells(rows, FACILITY_COLUMNS))


def facility_list_xlsx(rows: Iterable[FacilityRow]) -> bytes:
    """The facility list as a workbook."""
    return write_xlsx(_header(FACILITY_COLUMNS), _cells(rows, FACILITY_COLUMNS), sheet_name="设施责任清单")


def _facility_row(row: SheetRow, known: References) -> FacilityRow:
    said = {column.key: row.text(column.key) for column in FACILITY_COLUMNS}
    row.required("category")
    checked = checked_facility_row(FacilityRow(**said), known)
    key = checked.key or checked.component or "/".join(filter(None, (checked.place, checked.category)))
    return replace(checked, key=key)


def _read(data: bytes, columns: tuple[Column, ...], row_of: Callable[[SheetRow], Row]) -> ListImport[Row]:
    taken: dict[str, Row] = {}

    def take(sheet_row: SheetRow) -> tuple[Finding, ...]:
        try:
            row = row_of(sheet_row)
        except (ResponsibilityError, TerritoryError) as error:
            raise in_column(error) from None
        if row.key in taken:
            raise _duplicate(row.key)
        taken[row.key] = row
        return ()

    report = read_rows(data, columns, take)
    return ListImport(report, RowList(tuple(taken.values())))


def _header(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(column.name_zh for column in columns)


def _cells(rows: Iterable[AreaRow | FacilityRow], columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    return [tuple(str(getattr(row, column.key)) for column in columns) for row in rows]


def _duplicate(key: str) -> SheetError:
    zh = f"行“{key}”重复：同一范围同一类别只写一行，确有争议请写不同行号"
    en = f"the row {key!r} stands twice; where two units claim the same, give the rows different numbers"
    return SheetError("duplicate_key", zh, en, column="key")
