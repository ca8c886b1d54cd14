"""Divisions as sheets."""

from __future__ import annotations

from collections.abc import Iterable

from processes.sheets import Column, Finding, Row, SheetError, in_column, read_rows, write_csv
from processes.territory.divisions import Division
from processes.territory.errors import TerritoryError
from processes.territory.point_sheets import SheetImport

DIVISION_COLUMNS = (Column("code", "代码", True, ("区划代码", "行政区划代码")), Column("name", "名称", True))


def read_divisions(data: bytes) -> SheetImport[Division]:
    """The divisions in a CSV or XLSX file; codes that are none, or stand twice, are refused."""
    divisions: dict[str, Division] = {}

    def take(row: Row) -> tuple[Finding, ...]:
        try:
            division = Division(row.required("code"), row.required("name"))
        except TerritoryError as error:
            raise in_column(error) from None
        if division.code in divisions:
            code = division.code
            raise SheetError("duplicate_code", f"代码 {code} 重复", f"{code} stands twice", column="code")
        divisions[division.code] = division
        return ()

    report = read_rows(data, DIVISION_COLUMNS, take)
    return SheetImport(report, tuple(divisions.values()))


def divisions_csv(divisions: Iterable[Division]) -> bytes:
    """The divisions as CSV."""
    header = [column.name_zh for column in DIVISION_COLUMNS]
    return write_csv(header, ((each.code, each.name) for each in divisions))
