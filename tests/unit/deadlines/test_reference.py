"""What the reference promises is what the code does."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

from processes.calendars import calendar_from_json, compile_calendar, sample_calendars
from processes.deadlines import UNITS, DeadlineSettings, LimitUnit, working_time_functions
from tests.unit.deadlines.paper import paper_rows

REFERENCE = Path(__file__).parents[3].joinpath("docs/reference/time-limits.md").read_text()
STANDARD = compile_calendar(sample_calendars()["standard"])


def table_rows(first_cell: str) -> list[list[str]]:
    """The rows of the table whose head begins with the given cell."""
    table = REFERENCE.split(f"| {first_cell} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_unit_is_listed_with_its_name() -> None:
    listed = {code.strip("`"): name for code, name, _ in table_rows("code")}
    assert set(listed) == set(LimitUnit)
    assert all(name.startswith(UNITS[LimitUnit(code)].name_zh) for code, name in listed.items())


def test_every_example_is_one_that_was_checked_by_hand() -> None:
    checked = {row.key: [row.limit, row.start, row.due] for row in paper_rows()}
    examples = table_rows("case")
    assert len(examples) >= 10
    assert all(checked[key] == shown for key, *shown in examples)


def test_the_calendar_shown_can_be_compiled() -> None:
    [shown] = re.findall(r"```json\n(.*?)```", REFERENCE, re.DOTALL)
    assert compile_calendar(calendar_from_json(json.loads(shown))).rows.key == "standard"


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {row[0].strip("`"): row[1] for row in table_rows("setting")}
    for setting in fields(DeadlineSettings):
        assert listed[setting.name].split(":")[0].strip("`") == str(setting.default), setting.name


def test_every_function_is_listed_with_its_example() -> None:
    listed = [example.strip("`") for _, example in table_rows("call")]
    assert listed == [function.example for function in working_time_functions(lambda: STANDARD)]
