"""Every due time of the paper table, and the derivation that leads to it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from processes.calendars import CompiledCalendar
from processes.deadlines import LimitUnit, LineKind, explain, is_provisional
from tests.unit.deadlines.paper import (
    PaperRow,
    deadline_of,
    moment,
    moment_or_none,
    paper_calendars,
    paper_rows,
)

ROWS = paper_rows()
EVERY_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)


@pytest.fixture(scope="module")
def calendars() -> dict[str, CompiledCalendar]:
    return paper_calendars()


def test_the_paper_has_enough_rows_and_names_each_once() -> None:
    assert len(ROWS) >= 60
    assert len({row.key for row in ROWS}) == len(ROWS)


@EVERY_ROW
def test_due_and_warning_are_what_the_paper_says(row: PaperRow, calendars: dict[str, CompiledCalendar]) -> None:
    deadline = deadline_of(row, calendars[row.calendar])
    assert deadline.due_at == moment_or_none(row.due), row.steps
    if row.warn != "-":
        assert deadline.warn_at == moment(row.warn), row.steps


@EVERY_ROW
def test_only_what_asks_an_unannounced_year_is_provisional(
    row: PaperRow, calendars: dict[str, CompiledCalendar]
) -> None:
    calendar = calendars[row.calendar]
    deadline = deadline_of(row, calendar)
    assert is_provisional(deadline, calendar) == (row.provisional == "yes")
    kinds = {line.kind for line in explain(deadline, calendar)}
    assert (LineKind.PROVISIONAL in kinds) == (row.provisional == "yes")


@EVERY_ROW
def test_the_steps_of_the_explanation_add_up(row: PaperRow, calendars: dict[str, CompiledCalendar]) -> None:
    calendar = calendars[row.calendar]
    deadline = deadline_of(row, calendar)
    lines = explain(deadline, calendar)
    due_lines = [line.begins for line in lines if line.kind is LineKind.DUE]
    assert due_lines == ([] if row.due == "-" else [moment(row.due)])
    if row.due == "-":
        return
    counted = sum((line.counted for line in lines), start=Fraction(0))
    limit = deadline.whole_limit.quantity
    is_to_closing = deadline.limit.unit is LimitUnit.WORK_DAY_FROM_NEXT
    # A day is rounded up to the second, a statutory day after a pause to its closing.
    most = limit + (1 if is_to_closing else Fraction(1, 12_600))
    assert limit <= counted < most
