"""When a city works: calendars as plain rows, and the compiled form that counts working time to the second.

Rows go in by ``calendar_from_json`` (or from a database), ``defects`` finds what is wrong with them, and
``compile_calendar`` lays out each year as sorted arrays. A calendar's version is a hash of its rows.
"""

from processes.calendars.checks import defects
from processes.calendars.compiled import CompiledCalendar, Side, compile_calendar
from processes.calendars.days import Day
from processes.calendars.editing import RowPlace, pointer_of_row, rows_by_place, with_row, without_row
from processes.calendars.errors import CalendarError
from processes.calendars.moments import FIRST_YEAR, LAST_YEAR, from_seconds, to_seconds
from processes.calendars.reading import calendar_from_json
from processes.calendars.rows import (
    AnnouncedYear,
    Calendar,
    DayKind,
    DaySpan,
    FixedHoliday,
    MonthDay,
    Season,
    Window,
    WorkDayRule,
)
from processes.calendars.sample import sample_calendars
from processes.calendars.versions import version_of
from processes.calendars.writing import calendar_to_json, clock_text

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "AnnouncedYear",
    "Calendar",
    "CalendarError",
    "CompiledCalendar",
    "Day",
    "DayKind",
    "DaySpan",
    "FixedHoliday",
    "MonthDay",
    "RowPlace",
    "Season",
    "Side",
    "Window",
    "WorkDayRule",
    "calendar_from_json",
    "calendar_to_json",
    "clock_text",
    "compile_calendar",
    "defects",
    "from_seconds",
    "pointer_of_row",
    "rows_by_place",
    "sample_calendars",
    "to_seconds",
    "version_of",
    "with_row",
    "without_row",
]
