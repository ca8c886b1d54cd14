"""Working time in expressions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from engine.feel import STANDARD, Evaluation, Value, compile_expression, from_datetime, to_json
from processes.calendars import CompiledCalendar, compile_calendar, sample_calendars
from processes.deadlines import working_time_functions
from tests.unit.deadlines.paper import SHANGHAI, moment

CALENDARS = {key: compile_calendar(rows) for key, rows in sample_calendars().items()}
FUNCTIONS = working_time_functions(lambda: CALENDARS["standard"])
TABLE = STANDARD.extended(FUNCTIONS)


def evaluated(text: str, names: Mapping[str, Value] | None = None) -> tuple[Value, list[str]]:
    evaluation = Evaluation(now=moment("2026-01-05 10:00"), zone=SHANGHAI)
    value = compile_expression(text, functions=TABLE).evaluate(names or {}, evaluation)
    assert all(warning.message_zh and warning.message_en for warning in evaluation.warnings)
    return value, [warning.code for warning in evaluation.warnings]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_each_function_has_help_in_both_languages_and_a_true_example(function: object) -> None:
    [listed] = [one for one in FUNCTIONS if one is function]
    assert listed.help_zh
    assert listed.help_en
    assert evaluated(listed.example) == (True, [])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('add working time(@"2026-01-05T10:00:00", 1, "work_day")', "2026-01-06T10:00:00+08:00"),
        ('add working time(@"2026-01-05T02:00:00Z", 0.5, "work_day")', "2026-01-05T15:45:00+08:00"),
        ('add working time(@"2026-01-05", 1, "工作日·次日起算")', "2026-01-06T17:30:00+08:00"),
        ('add working time(start: now(), amount: 2, unit: "紧急工作时")', "2026-01-05T12:00:00+08:00"),
        ('working time between(@"2026-01-05T15:30:00+08:00", @"2026-01-05T11:00:00+08:00")', "-PT2H"),
        ('working time between(@"2026-02-14", @"2026-02-25") > @"PT12H"', True),
        ('is working day(@"2026-01-04")', True),
        ('is working day(@"2026-01-09T17:00:00Z")', False),
    ],
)
def test_an_expression_counts_working_time(expression: str, expected: object) -> None:
    value, warnings = evaluated(expression)
    assert (to_json(value), warnings) == (expected, [])


@pytest.mark.parametrize(
    "expression",
    [
        'add working time(@"2026-01-05T10:00:00", 0, "work_day")',
        'add working time(@"2026-01-05T10:00:00", 1, "fortnight")',
        'add working time(@"2026-01-05T10:00:00", "1", "work_day")',
        'add working time("2026-01-05", 1, "work_day")',
        'add working time(@"1999-01-05T10:00:00", 1, "work_day")',
        'add working time(@"99999-01-05T10:00:00", 1, "work_day")',
        'add working time(@"2026-01-05T10:00:00", 1e300, "minute")',
        'add working time(null, 1, "work_day")',
        'working time between(@"2026-01-05T10:00:00", 3)',
        'working time between(@"1999-01-05T10:00:00", @"2026-01-05T10:00:00")',
        "is working day(20260105)",
        'is working day(@"99999-01-05")',
    ],
)
def test_what_cannot_be_counted_is_null_with_a_warning(expression: str) -> None:
    assert evaluated(expression) == (None, ["call.refused"])


def test_a_replaced_calendar_counts_at_the_next_call() -> None:
    current: list[CompiledCalendar] = [CALENDARS["standard"]]
    table = STANDARD.extended(working_time_functions(lambda: current[0]))
    expression = compile_expression('add working time(started, 1, "work_hour")', functions=table)
    names = {"started": from_datetime(datetime(2026, 1, 5, 8, 0, tzinfo=SHANGHAI))}
    evaluation = Evaluation(now=moment("2026-01-05 10:00"), zone=SHANGHAI)
    assert to_json(expression.evaluate(names, evaluation)) == "2026-01-05T09:30:00+08:00"
    current[0] = CALENDARS["seasonal"]
    assert to_json(expression.evaluate(names, evaluation)) == "2026-01-05T10:00:00+08:00"
