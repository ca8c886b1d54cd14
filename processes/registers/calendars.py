"""The rows of a calendar judged, with every defect by its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from processes.calendars import (
    CalendarError,
    CompiledCalendar,
    RowPlace,
    calendar_from_json,
    compile_calendar,
    defects,
    pointer_of_row,
)

MOST_DEFECTS = 100


def judged_calendar(key: str, rows: Mapping[str, Any], *, root: str = "") -> CompiledCalendar:
    """The rows as a calendar that can count. Raises ``Invalid`` with every defect by pointer, below ``root``."""
    try:
        calendar = calendar_from_json({**rows, "key": key})
    except CalendarError as error:
        raise _refused([error], root) from error
    if found := list(defects(calendar)):
        raise _refused(found, root)
    return compile_calendar(calendar)


def judged_calendar_row(key: str, rows: Mapping[str, Any], place: RowPlace | None) -> CompiledCalendar:
    """The same after one row was put in its place: what is wrong with that row is told by its own fields."""
    if place is None:
        return judged_calendar(key, rows)
    try:
        return judged_calendar(key, rows)
    except Invalid as refused:
        row = pointer_of_row(rows, place)
        errors = [{**each, "pointer": _within(each["pointer"], row)} for each in refused.details["errors"]]
        raise Invalid(
            refused.code,
            refused.message_zh,
            refused.message_en,
            pointer=errors[0]["pointer"],
            details={"errors": errors},
        ) from refused


def _within(pointer: str, row: str) -> str:
    return pointer.removeprefix(row) if pointer == row or pointer.startswith(f"{row}/") else pointer


def _refused(found: list[CalendarError], root: str) -> Invalid:
    first = found[0]
    errors = [
        {
            "pointer": root + each.pointer,
            "code": each.code,
            "message_zh": each.message_zh,
            "message_en": each.message_en,
        }
        for each in found[:MOST_DEFECTS]
    ]
    return Invalid(
        first.code, first.message_zh, first.message_en, pointer=root + first.pointer, details={"errors": errors}
    )
