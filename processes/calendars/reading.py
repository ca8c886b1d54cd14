"""JSON values into calendar rows, refusing whatever is not of the expected shape and naming its place."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from processes.calendars.json_nodes import Expected, Node
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

_MONTH_DAY = Expected("月和日（MM-DD）", "a month and day, MM-DD")
_TIME_OF_DAY = Expected("时刻（HH:MM）", "a time of day, HH:MM")
_DATE = Expected("日期（YYYY-MM-DD）", "a date, YYYY-MM-DD")
_NUMBER_OF_HOURS = Expected("小时数", "a number of hours")


def calendar_from_json(value: Mapping[str, Any]) -> Calendar:
    """The rows written in a JSON object; a wrong, missing or unknown field is a ``CalendarError``.

    Only the shape is judged here: whether the rows make sense together is for ``defects``.
    """
    node = Node(value, "")
    node.only(
        required=("key", "name_zh", "name_en", "zone", "working_weekdays", "seasons"),
        optional=("announced_years", "fixed_holidays", "local_days", "work_day_rule", "work_day_hours"),
    )
    return Calendar(
        key=node.field("key").text(),
        name_zh=node.field("name_zh").text(),
        name_en=node.field("name_en").text(),
        zone=node.field("zone").text(),
        working_weekdays=tuple(item.whole_number() for item in node.field("working_weekdays").items()),
        seasons=tuple(map(_season, node.field("seasons").items())),
        announced_years=tuple(map(_announced_year, node.items_of("announced_years"))),
        fixed_holidays=tuple(map(_fixed_holiday, node.items_of("fixed_holidays"))),
        local_days=tuple(map(_day_span, node.items_of("local_days"))),
        work_day_rule=node.field("work_day_rule", "same_position").choice(WorkDayRule),
        work_day_hours=node.field("work_day_hours", "8").parsed(_hours, _NUMBER_OF_HOURS),
    )


def _season(node: Node) -> Season:
    node.only(required=("name_zh", "name_en", "begins", "ends", "windows"))
    return Season(
        name_zh=node.field("name_zh").text(),
        name_en=node.field("name_en").text(),
        begins=node.field("begins").parsed(_month_day, _MONTH_DAY),
        ends=node.field("ends").parsed(_month_day, _MONTH_DAY),
        windows=tuple(map(_window, node.field("windows").items())),
    )


def _window(node: Node) -> Window:
    node.only(required=("opens", "closes"))
    return Window(
        opens=node.field("opens").parsed(_clock, _TIME_OF_DAY),
        closes=node.field("closes").parsed(_clock, _TIME_OF_DAY),
    )


def _announced_year(node: Node) -> AnnouncedYear:
    node.only(required=("year", "source", "days"))
    return AnnouncedYear(
        year=node.field("year").whole_number(),
        source=node.field("source").text(),
        days=tuple(map(_day_span, node.field("days").items())),
    )


def _fixed_holiday(node: Node) -> FixedHoliday:
    node.only(required=("on", "name_zh", "name_en"))
    return FixedHoliday(
        on=node.field("on").parsed(_month_day, _MONTH_DAY),
        name_zh=node.field("name_zh").text(),
        name_en=node.field("name_en").text(),
    )


def _day_span(node: Node) -> DaySpan:
    node.only(required=("kind", "begins", "name_zh", "name_en"), optional=("ends", "windows"))
    begins = node.field("begins")
    return DaySpan(
        kind=node.field("kind").choice(DayKind),
        begins=begins.parsed(date.fromisoformat, _DATE),
        ends=node.field("ends", begins.value).parsed(date.fromisoformat, _DATE),
        name_zh=node.field("name_zh").text(),
        name_en=node.field("name_en").text(),
        windows=tuple(map(_window, node.items_of("windows"))),
    )


def _month_day(text: str) -> MonthDay:
    on = date.fromisoformat(f"2000-{text}")
    return MonthDay(on.month, on.day)


def _clock(text: str) -> timedelta:
    parts = [int(part) for part in text.split(":") if part.isascii() and part.isdigit() and len(part) == 2]
    if text.count(":") != len(parts) - 1 or len(parts) not in (2, 3) or max(parts[1:]) > 59:
        raise ValueError(text)
    return timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if len(parts) == 3 else 0)


def _hours(text: str) -> Decimal:
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > 8:
        raise ValueError(text)
    return Decimal(text)
