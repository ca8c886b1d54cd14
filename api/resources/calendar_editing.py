"""Calendars changed row by row: holidays, make-up work days, local days off, fixed holidays, windows of a season."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import msgspec

from api.calendar_shapes import Day as DayText
from api.calendar_shapes import MonthDay, Spans, Text, Windows
from api.register_routes import differences_route
from api.routes import Call, Resource, Route
from api.row_editing import EditOptions, RowRoutes, row_routes
from processes.calendars import CalendarError, RowPlace, calendar_to_json, with_row, without_row
from processes.contents import CALENDAR_PREFIX, Lines, calendar_lines, calendar_of, calendar_register
from processes.registers import Change, judged_calendar_row

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class NamedBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a row is called; all that there is to say of a fixed holiday."""

    name_zh: Name
    name_en: Name


class DaySpanBody(NamedBody, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Dates from that of the path on which are not what their weekday says."""

    #: ``holiday``, ``make_up_work_day``, ``local_day_off``, ``special_hours``.
    kind: Text
    #: The first day alone when it is left out.
    ends: DayText | msgspec.UnsetType = msgspec.UNSET
    #: Of special hours.
    windows: Windows = []


class SeasonBody(NamedBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The windows of each work day from the date of the path to another; seasons together cover every date."""

    ends: MonthDay
    windows: Windows


class YearBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The statutory arrangement of the year."""

    source: Name
    days: Spans


def _register(call: Call[Any, Any]) -> str:
    return calendar_register(call.path["calendar"])


def _put_at(place_of: Callable[[Call[Any, Any]], RowPlace]) -> Any:
    async def put(call: Call[EditOptions, Any]) -> Change:
        row = msgspec.to_builtins(call.body)
        return partial(_changed, call.path["calendar"], place_of(call), row)

    return put


def _remove_at(place_of: Callable[[Call[Any, Any]], RowPlace]) -> Any:
    async def remove(call: Call[EditOptions, None]) -> Change:
        return partial(_changed, call.path["calendar"], place_of(call), None)

    return remove


def _changed(key: str, place: RowPlace, row: dict[str, Any] | None, lines: Lines) -> Lines:
    if not lines:
        raise CalendarError("unknown_key", "", message_zh="没有这个日历", message_en=f"there is no calendar {key}")
    before = calendar_to_json(calendar_of(lines))
    after = without_row(before, place) if row is None else with_row(before, place, row)
    return calendar_lines(judged_calendar_row(key, after, place if row is not None else None).rows)


def _rows(
    name: str, path: str, words: tuple[str, str], body: type[msgspec.Struct], place_of: Callable[[Any], RowPlace]
) -> tuple[Route, ...]:
    return row_routes(
        RowRoutes(
            register=_register,
            like=CALENDAR_PREFIX,
            path=f"/calendars/{{calendar}}/{path}",
            name=f"calendar_{name}",
            zh=words[0],
            en=words[1],
            body=body,
            put=_put_at(place_of),
            remove=_remove_at(place_of),
        )
    )


RESOURCE = Resource(
    name="calendar-editing",
    title_zh="工作日历的逐行修改",
    title_en="Changes of calendars by hand",
    routes=(
        differences_route("/calendars/{calendar}", "calendar", _register, ("日历", "A calendar")),
        *_rows(
            "season",
            "seasons/{month_day}",
            ("日历的一季及其时段", "A season of a calendar with its windows"),
            SeasonBody,
            lambda call: RowPlace("seasons", "begins", call.path["month_day"]),
        ),
        *_rows(
            "fixed_holiday",
            "fixed-holidays/{month_day}",
            ("固定日期的节日", "A holiday on the same date each year"),
            NamedBody,
            lambda call: RowPlace("fixed_holidays", "on", call.path["month_day"]),
        ),
        *_rows(
            "local_day",
            "local-days/{date}",
            ("本地放假、补班或特别时段", "Local days off, make-up work days, special hours"),
            DaySpanBody,
            lambda call: RowPlace("local_days", "begins", call.path["date"]),
        ),
        *_rows(
            "year",
            "announced-years/{year}",
            ("一年的法定放假与调休安排", "The statutory arrangement of a year"),
            YearBody,
            lambda call: RowPlace("announced_years", "year", call.path["year"]),
        ),
        *_rows(
            "announced_day",
            "announced-years/{year}/days/{date}",
            ("法定放假或调休的一段", "Statutory holidays or make-up work days"),
            DaySpanBody,
            lambda call: RowPlace("days", "begins", call.path["date"], call.path["year"]),
        ),
    ),
)
