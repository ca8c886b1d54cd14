"""Calendars: when the city works, version by version."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from api.answers import answered
from api.calendar_shapes import CalendarRows
from api.commands import carry_out
from api.parameters import etag, not_found
from api.register_routes import answer_versions, with_etag
from api.register_shapes import RegisterPublished, RegisterVersionList, VersionPaging
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from engine.errors import Invalid
from engine.jsontext import json_text
from processes.access import Permission
from processes.calendars import Calendar, CompiledCalendar, Day, calendar_to_json, clock_text
from processes.contents import calendar_lines, calendar_of, calendar_register
from processes.registers import Head, judged_calendar

MOST_DAYS = 400


class CalendarSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar in force."""

    key: str
    name_zh: str
    name_en: str
    #: Number of the version, and its ``ETag``.
    version: int
    #: Hash of the rows, which due times name.
    calendar_version: str
    published_by: str
    published_at: datetime


class CalendarList(msgspec.Struct, frozen=True, kw_only=True):
    """Every calendar there is, by key."""

    items: list[CalendarSummary]


class DayWindow(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of work on one day."""

    opens: str
    closes: str


class CalendarDay(msgspec.Struct, frozen=True, kw_only=True):
    """What a date is."""

    on: date
    is_work_day: bool
    #: The row's kind; ``null`` when only the weekday decided.
    kind: str | None
    name_zh: str
    name_en: str
    windows: list[DayWindow]
    #: In a year whose statutory holidays are not announced yet.
    is_provisional: bool


class CalendarDays(msgspec.Struct, frozen=True, kw_only=True):
    """Dates, one by one."""

    calendar_version: str
    items: list[CalendarDay]


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From one date to another, both included; at most 400 days."""

    since: date
    until: date


async def list_calendars(call: Call[Nothing, None]) -> Reply:
    """Answer every calendar."""
    in_force = call.platform.registers.in_force
    found = sorted(in_force.calendars.items())
    items = [_summary(key, calendar, in_force.heads[calendar_register(key)]) for key, calendar in found]
    return answered(CalendarList(items=items))


async def get_calendar(call: Call[Nothing, None]) -> Reply:
    """Answer the rows of the calendar in force."""
    key = call.path["calendar"]
    calendar = calendar_in_force(call, key)
    number = call.platform.registers.in_force.number(calendar_register(key))
    return _rows(calendar.rows, number)


async def put_calendar(call: Call[Nothing, CalendarRows]) -> Reply:
    """Replace the rows; ``If-Match: "0"`` makes a new calendar."""
    assert call.expected is not None  # noqa: S101 - the route requires If-Match
    key, editing = call.path["calendar"], call.platform.editing
    lines = calendar_lines(judged_calendar(key, call.body.rows()).rows)
    edited = await editing.edited(calendar_register(key), lambda _: lines, expected=call.expected)
    return with_etag(await carry_out(call, await editing.command(edited, actor=call.signed_in.actor)))


async def list_calendar_versions(call: Call[VersionPaging, None]) -> Reply:
    """Answer the versions of a calendar."""
    key = call.path["calendar"]
    calendar_in_force(call, key)
    return await answer_versions(call, calendar_register(key))


async def get_calendar_version(call: Call[Nothing, None]) -> Reply:
    """Answer the rows of a version."""
    register, number = calendar_register(call.path["calendar"]), call.path["version"]
    return _rows(calendar_of(await call.platform.archive.lines_of_version(register, number)), number)


async def list_calendar_days(call: Call[Period, None]) -> Reply:
    """Answer what each date of a period is."""
    calendar, since = calendar_in_force(call, call.path["calendar"]), call.query.since
    count = (call.query.until - since).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise Invalid(
            "period_unfit",
            f"起止日期应先后有序，且不超过 {MOST_DAYS} 天",
            f"Expected a period of 1 to {MOST_DAYS} days",
            details={"parameter": "until"},
        )
    days = [_day(calendar.day(since + timedelta(days=number))) for number in range(count)]
    return answered(CalendarDays(calendar_version=calendar.version, items=days))


def calendar_in_force(call: Call[Any, Any], key: str) -> CompiledCalendar:
    """The calendar of a key. Raises ``NotFound``."""
    calendar = call.platform.registers.in_force.calendars.get(key)
    if calendar is None:
        raise not_found()
    return calendar


def _summary(key: str, calendar: CompiledCalendar, head: Head) -> CalendarSummary:
    return CalendarSummary(
        key=key,
        name_zh=calendar.rows.name_zh,
        name_en=calendar.rows.name_en,
        version=head.number,
        calendar_version=calendar.version,
        published_by=head.published_by,
        published_at=head.published_at,
    )


def _rows(calendar: Calendar, number: int) -> Reply:
    value = {name: rows for name, rows in calendar_to_json(calendar).items() if name != "key"}
    return Reply(body=json_text(value), headers={"etag": etag(number)})


def _day(day: Day) -> CalendarDay:
    return CalendarDay(
        on=day.on,
        is_work_day=day.is_work_day,
        kind=day.kind.value if day.kind else None,
        name_zh=day.name_zh,
        name_en=day.name_en,
        windows=[DayWindow(opens=clock_text(each.opens), closes=clock_text(each.closes)) for each in day.windows],
        is_provisional=day.is_provisional,
    )


RESOURCE = Resource(
    name="calendars",
    title_zh="工作日历",
    title_en="Calendars",
    routes=(
        Route(
            method="GET",
            path="/calendars",
            handler=list_calendars,
            summary_zh="日历列表",
            summary_en="Calendars",
            answer=CalendarList,
        ),
        Route(
            method="GET",
            path="/calendars/{calendar}",
            handler=get_calendar,
            summary_zh="日历内容",
            summary_en="The rows of a calendar",
            answer=CalendarRows,
        ),
        Route(
            method="PUT",
            path="/calendars/{calendar}",
            handler=put_calendar,
            summary_zh="保存日历为新版本",
            summary_en="Save a calendar as its next version",
            body=CalendarRows,
            answer=RegisterPublished,
            also_status=201,
            match=Match.REQUIRED,
            permission=Permission.CALENDAR_MANAGE,
        ),
        Route(
            method="GET",
            path="/calendars/{calendar}/versions",
            handler=list_calendar_versions,
            summary_zh="日历历次版本",
            summary_en="Versions of a calendar",
            query=VersionPaging,
            answer=RegisterVersionList,
        ),
        Route(
            method="GET",
            path="/calendars/{calendar}/versions/{version}",
            handler=get_calendar_version,
            summary_zh="日历某一版本的内容",
            summary_en="The rows of a version of a calendar",
            answer=CalendarRows,
        ),
        Route(
            method="GET",
            path="/calendars/{calendar}/days",
            handler=list_calendar_days,
            summary_zh="逐日查看：工作日、放假、调休",
            summary_en="What each date of a period is",
            query=Period,
            answer=CalendarDays,
        ),
    ),
)
