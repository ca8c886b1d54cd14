"""Rows that make no sense are refused, naming the row and field in both languages."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.calendars import (
    CalendarError,
    calendar_from_json,
    calendar_to_json,
    compile_calendar,
    defects,
    sample_calendars,
)

SEASONAL = calendar_to_json(sample_calendars()["seasonal"])
FEAST = {"name_zh": "节", "name_en": "feast"}
HOLIDAY = {"kind": "holiday", "begins": "2026-08-18", **FEAST}


def changed(path: str, value: object) -> dict[str, Any]:
    """The seasonal sample with one value put at the pointer; a last step of ``+`` appends."""
    document = copy.deepcopy(SEASONAL)
    *way, last = path.strip("/").split("/")
    target: Any = document
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if last == "+":
        target.append(value)
    elif isinstance(target, list):
        target[int(last)] = value
    else:
        target[last] = value
    return document


def windows(*spans: tuple[str, str]) -> list[dict[str, str]]:
    return [{"opens": opens, "closes": closes} for opens, closes in spans]


DEFECTIVE = [
    ("window_order", "/seasons/0/windows/1", "/seasons/0/windows", windows(("08:30", "12:00"), ("17:30", "14:30"))),
    ("window_order", "/seasons/0/windows/0", "/seasons/0/windows", windows(("12:00", "12:00"))),
    ("window_order", "/seasons/0/windows/0", "/seasons/0/windows", windows(("12:00", "25:00"))),
    ("window_overlap", "/seasons/1/windows/1", "/seasons/1/windows", windows(("08:30", "12:00"), ("11:59", "17:30"))),
    ("window_overlap", "/seasons/0/windows/1", "/seasons/0/windows", windows(("14:30", "17:30"), ("08:30", "12:00"))),
    ("no_window", "/seasons/0/windows", "/seasons/0/windows", []),
    ("season_gap", "/seasons", "/seasons/0/ends", "09-29"),
    ("season_gap", "/seasons", "/seasons/1/ends", "02-28"),
    ("season_gap", "/seasons", "/seasons", []),
    ("season_overlap", "/seasons/1", "/seasons/1/ends", "05-01"),
    ("no_weekday", "/working_weekdays", "/working_weekdays", []),
    ("bad_weekday", "/working_weekdays/1", "/working_weekdays", [1, 8]),
    ("bad_weekday", "/working_weekdays/2", "/working_weekdays", [1, 2, 1]),
    ("unknown_zone", "/zone", "/zone", "Asia/Ulanhot"),
    ("unknown_zone", "/zone", "/zone", "../../etc/passwd"),
    ("unknown_zone", "/zone", "/zone", "Asia"),
    ("span_order", "/local_days/0/ends", "/local_days/+", HOLIDAY | {"ends": "2026-08-17"}),
    ("span_order", "/local_days/0/ends", "/local_days/+", HOLIDAY | {"ends": "9999-12-31"}),
    ("span_windows", "/local_days/0/windows", "/local_days/+", HOLIDAY | {"windows": windows(("08:30", "12:00"))}),
    ("span_windows", "/local_days/0/windows", "/local_days/+", HOLIDAY | {"kind": "special_hours"}),
    ("date_twice", "/announced_years/1/days/13", "/announced_years/1/days/+", HOLIDAY | {"begins": "2026-10-07"}),
    ("day_outside_year", "/announced_years/1/days/13", "/announced_years/1/days/+", HOLIDAY | {"begins": "2027-01-01"}),
    ("day_outside_year", "/announced_years/1/days/13", "/announced_years/1/days/+", HOLIDAY | {"begins": "2025-11-30"}),
    ("year_twice", "/announced_years/1/year", "/announced_years/1/year", 2025),
    ("year_out_of_range", "/announced_years/2/year", "/announced_years/+", {"year": 0, "source": "x", "days": []}),
    (
        "holiday_twice",
        "/fixed_holidays/6/on",
        "/fixed_holidays/+",
        {"on": "10-01", **FEAST},
    ),
    ("work_day_hours", "/work_day_hours", "/work_day_hours", "0"),
    ("work_day_hours", "/work_day_hours", "/work_day_hours", "24.5"),
    ("work_day_hours", "/work_day_hours", "/work_day_hours", "7.99999"),
]


@pytest.mark.parametrize(("code", "pointer", "path", "value"), DEFECTIVE)
def test_rows_that_contradict_each_other_are_found(code: str, pointer: str, path: str, value: object) -> None:
    calendar = calendar_from_json(changed(path, value))
    found = {(defect.code, defect.pointer) for defect in defects(calendar)}
    assert (code, pointer) in found
    with pytest.raises(CalendarError):
        compile_calendar(calendar)


@pytest.mark.parametrize(("code", "pointer", "path", "value"), DEFECTIVE)
def test_a_defect_is_told_in_both_languages_with_its_place(code: str, pointer: str, path: str, value: object) -> None:
    del code
    [defect, *_] = [one for one in defects(calendar_from_json(changed(path, value))) if one.pointer == pointer]
    assert pointer in defect.message_en
    assert pointer in defect.message_zh
    assert any("\u4e00" <= char <= "\u9fff" for char in defect.message_zh)


MISSHAPEN = [
    ("unknown_field", "/colour", "/colour", "red"),
    ("unknown_field", "/seasons/0/extra", "/seasons/0/extra", 1),
    ("wrong_value", "/key", "/key", ""),
    ("wrong_value", "/key", "/key", "a\0b"),
    ("wrong_value", "/name_zh", "/name_zh", "\ud800"),
    ("wrong_value", "/name_zh", "/name_zh", "长" * 201),
    ("wrong_value", "/seasons", "/seasons", "all year"),
    ("wrong_value", "/seasons/0", "/seasons/0", None),
    ("wrong_value", "/seasons/0/begins", "/seasons/0/begins", "13-01"),
    ("wrong_value", "/seasons/0/begins", "/seasons/0/begins", "02-30"),
    ("wrong_value", "/seasons/0/windows/0/opens", "/seasons/0/windows/0/opens", "8:30"),
    ("wrong_value", "/seasons/0/windows/0/opens", "/seasons/0/windows/0/opens", "08:60"),
    ("wrong_value", "/seasons/0/windows/0/opens", "/seasons/0/windows/0/opens", "０８:30"),
    ("wrong_value", "/seasons/0/windows/0/opens", "/seasons/0/windows/0/opens", 830),
    ("wrong_value", "/working_weekdays/0", "/working_weekdays/0", True),
    ("wrong_value", "/working_weekdays/0", "/working_weekdays/0", 1.0),
    ("wrong_value", "/work_day_rule", "/work_day_rule", "whatever"),
    ("wrong_value", "/work_day_hours", "/work_day_hours", "NaN"),
    ("wrong_value", "/work_day_hours", "/work_day_hours", "Infinity"),
    ("wrong_value", "/work_day_hours", "/work_day_hours", 1e400),
    ("wrong_value", "/announced_years/0/days/0/begins", "/announced_years/0/days/0/begins", "2026-02-29"),
    ("wrong_value", "/announced_years/0/days/0/begins", "/announced_years/0/days/0/begins", "10000-01-01"),
    ("wrong_value", "/announced_years/0/days/0/kind", "/announced_years/0/days/0/kind", "feast"),
]


@pytest.mark.parametrize(("code", "pointer", "path", "value"), MISSHAPEN)
def test_a_value_of_the_wrong_shape_is_refused_at_its_place(code: str, pointer: str, path: str, value: object) -> None:
    with pytest.raises(CalendarError) as refused:
        calendar_from_json(changed(path, value))
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_a_missing_field_is_named() -> None:
    document = {name: value for name, value in SEASONAL.items() if name != "zone"}
    with pytest.raises(CalendarError) as refused:
        calendar_from_json(document)
    assert (refused.value.code, refused.value.pointer) == ("missing_field", "/zone")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
PLACES = [path for _, _, path, _ in (*DEFECTIVE, *MISSHAPEN)]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), JSON_VALUES)
def test_whatever_stands_in_a_field_is_read_or_refused(path: str, value: object) -> None:
    try:
        calendar = calendar_from_json(changed(path, value))
    except CalendarError as refused:
        findings = [refused]
    else:
        findings = list(defects(calendar))
    assert all(finding.message_zh and finding.message_en for finding in findings)


def test_hours_of_a_work_day_may_be_broken_where_seconds_stay_whole() -> None:
    calendar = calendar_from_json(changed("/work_day_hours", "7.5"))
    assert calendar.work_day_hours == Decimal("7.5")
    assert not list(defects(calendar))
