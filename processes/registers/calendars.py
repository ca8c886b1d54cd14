"""The rows of a calendar judged, with every defect by its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from processes.calendars import CalendarError, CompiledCalendar, calendar_from_json, compile_calendar, defects

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
