"""The functions that every expression of the city may call: in diagrams, decisions, routes and tools alike."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel import STANDARD, FunctionTable
from processes.calendars import CalendarError, CompiledCalendar, compile_calendar, sample_calendars
from processes.catalogue import Catalogue
from processes.catalogue.sample.reading import sample_catalogue
from processes.deadlines import working_time_functions
from processes.registers import LiveRegisters
from processes.territory import Locator, Place, Point, place_functions
from processes.territory.sample import sample_grids
from processes.timekeeping import USUAL_CALENDAR, time_limit_functions


def city_functions(
    calendar: Callable[[], CompiledCalendar],
    place_of: Callable[[Point], Place | None],
    catalogue: Callable[[], Catalogue],
) -> FunctionTable:
    """FEEL's own functions, working time over the city's calendar, places over its grids, limits and deadlines."""
    return STANDARD.extended(
        (*working_time_functions(calendar), *place_functions(place_of), *time_limit_functions(catalogue))
    )


def live_functions(live: LiveRegisters) -> FunctionTable:
    """The functions over the registers in force at the moment of each call."""

    return city_functions(
        lambda: live_calendar(live, USUAL_CALENDAR),
        lambda point: live.in_force.locator.place_of(point),
        lambda: live.in_force.catalogue,
    )


def live_calendar(live: LiveRegisters, key: str) -> CompiledCalendar:
    """The calendar in force. Raises ``CalendarError``."""
    found = live.in_force.calendars.get(key)
    if found is None:
        raise CalendarError(
            "no_calendar",
            "",
            message_zh=f"尚未发布日历“{key}”，无法计算工作时间",
            message_en=f"the calendar {key!r} is not published, so working time cannot be counted",
        )
    return found


def sample_functions() -> FunctionTable:
    """The functions over the sample calendar and grids, for tools that run without a city."""
    calendar = compile_calendar(sample_calendars()[USUAL_CALENDAR])
    locator, catalogue = Locator(sample_grids()), sample_catalogue()
    return city_functions(lambda: calendar, locator.place_of, lambda: catalogue)
