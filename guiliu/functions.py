"""The functions that every expression of the city may call: in diagrams, decisions, routes and tools alike."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel import STANDARD, FunctionTable
from processes.calendars import CalendarError, CompiledCalendar, compile_calendar, sample_calendars
from processes.deadlines import working_time_functions
from processes.registers import LiveRegisters
from processes.territory import Locator, Place, Point, place_functions
from processes.territory.sample import sample_grids

#: Key of the calendar by which expressions count working time.
CITY_CALENDAR = "standard"


def city_functions(
    calendar: Callable[[], CompiledCalendar], place_of: Callable[[Point], Place | None]
) -> FunctionTable:
    """FEEL's own functions, working time over the city's calendar, places over its grids."""
    return STANDARD.extended((*working_time_functions(calendar), *place_functions(place_of)))


def live_functions(live: LiveRegisters) -> FunctionTable:
    """The functions over the registers in force at the moment of each call."""

    def calendar() -> CompiledCalendar:
        found = live.in_force.calendars.get(CITY_CALENDAR)
        if found is None:
            raise CalendarError(
                "no_calendar",
                "",
                message_zh=f"尚未发布日历“{CITY_CALENDAR}”，无法计算工作时间",
                message_en=f"the calendar {CITY_CALENDAR!r} is not published, so working time cannot be counted",
            )
        return found

    return city_functions(calendar, lambda point: live.in_force.locator.place_of(point))


def sample_functions() -> FunctionTable:
    """The functions over the sample calendar and grids, for tools that run without a city."""
    calendar = compile_calendar(sample_calendars()[CITY_CALENDAR])
    locator = Locator(sample_grids())
    return city_functions(lambda: calendar, locator.place_of)
