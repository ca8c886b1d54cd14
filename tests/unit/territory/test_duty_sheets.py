"""Duty grids from sheets and back."""

from __future__ import annotations

import pytest

from processes.contents import coded_lines, rows_of
from processes.territory import DutyGrid, DutyRoster
from processes.territory.files import duty_grids_csv, read_duty_grids

ONE, TWO, THREE = "152201001001001", "152201001001002", "152201001001003"
KNOWN = (ONE, TWO, THREE)
HEADER = "责任网格编码,责任网格名称,单元网格,班次,开始时间,结束时间,采集员,星期\n"


def read(*rows: str) -> tuple[tuple[DutyGrid, ...], list[tuple[str, int | None, str | None]]]:
    imported = read_duty_grids((HEADER + "\n".join(rows)).encode(), KNOWN)
    return imported.items, [(each.code, each.row, each.column) for each in imported.report.findings]


def test_rows_of_one_code_are_one_duty_grid_with_its_shifts() -> None:
    (north, south), findings = read(
        f"Z1,北一组,{ONE}；{TWO},早班,08:00,16:00,chen；wang,1-5",
        f"Z1,北一组,{ONE}；{TWO},夜班,22:00,6:00,li,",
        f"Z2,南一组,{THREE},早班,8:00,16:00,zhao,1-5；7",
    )
    assert findings == []
    assert north.unit_grids == {ONE, TWO}
    assert [(shift.name, shift.inspectors, len(shift.weekdays)) for shift in north.shifts] == [
        ("早班", ("chen", "wang"), 5),
        ("夜班", ("li",), 7),
    ]
    assert south.shifts[0].weekdays == {0, 1, 2, 3, 4, 6}


def test_what_is_exported_or_stored_comes_back_as_it_was() -> None:
    grids, _ = read(f"Z1,北一组,{TWO}；{ONE},早班,08:00,16:00,chen,6", f"Z1,北一组,{ONE},夜班,22:00,06:00,li,")
    again = read_duty_grids(duty_grids_csv(grids), KNOWN).items
    assert again == grids
    assert rows_of(coded_lines(DutyRoster(grids)), DutyGrid) == grids
    assert coded_lines(grids) == coded_lines(again)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (f"Z2,南,{ONE},早班,08:00,16:00,x,", "grid_on_two_duties", "unit_grids"),
        ("Z2,南,152201999999999,早班,08:00,16:00,x,", "grid_unknown", "unit_grids"),
        (f"Z1,别名,{ONE},早班,08:00,16:00,x,", "name_differs", "name"),
        (f"Z2,南,{TWO},早班,25:00,16:00,x,", "bad_time", "start"),
        (f"Z2,南,{TWO},早班,08:00,四点,x,", "bad_time", "end"),
        (f"Z2,南,{TWO},早班,08:00,16:00,x,5-1", "bad_weekday", "weekdays"),
        (f"Z2,南,{TWO},早班,08:00,16:00,x,8", "bad_weekday", "weekdays"),
        (f"Z2,南,{TWO},早班,08:00,16:00,,", "empty_cell", "inspectors"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_at_its_column(row: str, code: str, column: str) -> None:
    items, findings = read(f"Z1,北,{ONE},早班,08:00,16:00,chen,", row)
    assert [item.code for item in items] == ["Z1"]
    assert findings == [(code, 3, column)]
