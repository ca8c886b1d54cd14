"""Recording that a clock was moved, so that timers and open tasks which follow it do so too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.handling import Work
from processes.calendars import CompiledCalendar
from processes.deadlines import Deadline
from processes.timekeeping.events import DeadlineMoved
from processes.timekeeping.projection import TABLE
from processes.timekeeping.rows import DeadlineRow

#: The calendar in force of a key. Raises ``CalendarError``.
CalendarOf = Callable[[str], CompiledCalendar]


def members(key: int, row: DeadlineRow, clock: Deadline) -> dict[str, Any]:
    """What every event of a moved clock says."""
    return {
        "deadline": key,
        "instance": row.instance,
        "element": row.element,
        "name": row.name,
        "calendar_version": clock.calendar_version,
        "warn_at": clock.warn_at,
        "due_at": clock.due_at,
    }


def moved(work: Work, key: int, event: DeadlineMoved) -> DeadlineRow:
    """Record the move and let everything follow; the row afterwards."""
    work.record(event)
    work.deadline_moved(event.name)
    row: DeadlineRow = work.rows(TABLE)[key]
    return row
