"""What is wrong with a calendar's rows, each finding naming the row and field."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from processes.calendars.days import EVERY_MONTH_DAY, month_days_of
from processes.calendars.errors import CalendarError
from processes.calendars.moments import FIRST_YEAR, LAST_YEAR
from processes.calendars.rows import AnnouncedYear, Calendar, DayKind, DaySpan, Season, Window

_WHOLE_DAY = timedelta(hours=24)
_SECOND = timedelta(seconds=1)
_LONGEST_SPAN = timedelta(days=92)


def defects(calendar: Calendar) -> Iterator[CalendarError]:
    """Every defect of the rows, in the order of the document; none means that the calendar can be compiled."""
    yield from _zone_defects(calendar)
    yield from _weekday_defects(calendar)
    yield from _season_defects(calendar)
    yield from _year_defects(calendar)
    yield from _span_defects(calendar.local_days, "/local_days")
    yield from _shared_date_defects(_placed(calendar.local_days, "/local_days"))
    yield from _fixed_holiday_defects(calendar)
    yield from _work_day_defects(calendar)


def _zone_defects(calendar: Calendar) -> Iterator[CalendarError]:
    try:
        ZoneInfo(calendar.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield _defect("unknown_zone", "/zone", f"时区 {calendar.zone!r} 不存在", f"zone {calendar.zone!r} is unknown")


def _weekday_defects(calendar: Calendar) -> Iterator[CalendarError]:
    weekdays = calendar.working_weekdays
    if not weekdays:
        yield _defect("no_weekday", "/working_weekdays", "至少要有一个工作日", "at least one weekday must be worked")
    for index, weekday in enumerate(weekdays):
        if not 1 <= weekday <= 7 or weekday in weekdays[:index]:
            yield _defect(
                "bad_weekday",
                f"/working_weekdays/{index}",
                f"星期 {weekday} 应为 1（周一）至 7（周日），且不重复",
                f"weekday {weekday} must be from 1 (Monday) to 7 (Sunday) and stand once",
            )


def _season_defects(calendar: Calendar) -> Iterator[CalendarError]:
    season_of: dict[object, int] = {}
    for index, season in enumerate(calendar.seasons):
        pointer = f"/seasons/{index}"
        yield from _season_window_defects(season, pointer)
        shared = next((on for on in month_days_of(season) if on in season_of), None)
        if shared is not None:
            other = season_of[shared]
            yield _defect(
                "season_overlap",
                pointer,
                f"{shared} 已属于第 {other + 1} 个季节",
                f"{shared} already belongs to /seasons/{other}",
            )
        season_of.update(dict.fromkeys(month_days_of(season), index))
    missing = next((on for on in EVERY_MONTH_DAY if on not in season_of), None)
    if missing is not None:
        yield _defect("season_gap", "/seasons", f"{missing} 不属于任何季节", f"no season covers {missing}")


def _season_window_defects(season: Season, pointer: str) -> Iterator[CalendarError]:
    if not season.windows:
        yield _defect("no_window", f"{pointer}/windows", "至少要有一个时段", "at least one window is needed")
    yield from _window_defects(season.windows, f"{pointer}/windows")


def _window_defects(windows: tuple[Window, ...], pointer: str) -> Iterator[CalendarError]:
    for index, window in enumerate(windows):
        if not timedelta() <= window.opens < window.closes <= _WHOLE_DAY:
            yield _defect(
                "window_order",
                f"{pointer}/{index}",
                "时段的结束必须晚于开始，且在 00:00 至 24:00 之间",
                "a window must close after it opens, within 00:00 and 24:00",
            )
        if window.opens % _SECOND or window.closes % _SECOND:
            yield _defect("window_fraction", f"{pointer}/{index}", "时段须为整秒", "windows are in whole seconds")
    for index, (earlier, later) in enumerate(pairwise(windows)):
        if later.opens < earlier.closes:
            yield _defect(
                "window_overlap",
                f"{pointer}/{index + 1}",
                "时段与前一时段重叠或次序颠倒",
                "this window overlaps the one before or stands out of order",
            )


def _year_defects(calendar: Calendar) -> Iterator[CalendarError]:
    pointer = "/announced_years"
    placed: list[tuple[str, DaySpan]] = []
    for index, year in enumerate(calendar.announced_years):
        if year.year in [other.year for other in calendar.announced_years[:index]]:
            yield _defect(
                "year_twice", f"{pointer}/{index}/year", f"{year.year} 年重复", f"year {year.year} stands twice"
            )
        if not FIRST_YEAR <= year.year <= LAST_YEAR:
            yield _defect(
                "year_out_of_range",
                f"{pointer}/{index}/year",
                f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间",
                f"the year must be from {FIRST_YEAR} to {LAST_YEAR}",
            )
        yield from _span_defects(year.days, f"{pointer}/{index}/days")
        yield from _stray_span_defects(year, f"{pointer}/{index}/days")
        placed += _placed(year.days, f"{pointer}/{index}/days")
    yield from _shared_date_defects(placed)


def _stray_span_defects(year: AnnouncedYear, pointer: str) -> Iterator[CalendarError]:
    for index, span in enumerate(year.days):
        begins_in_december = (span.begins.year, span.begins.month) == (year.year - 1, 12)
        if span.ends.year > year.year or (span.begins.year != year.year and not begins_in_december):
            yield _defect(
                "day_outside_year",
                f"{pointer}/{index}",
                f"日期不在 {year.year} 年（或上一年 12 月）",
                f"these dates are neither in {year.year} nor in the December before",
            )


def _span_defects(spans: tuple[DaySpan, ...], pointer: str) -> Iterator[CalendarError]:
    for index, span in enumerate(spans):
        place = f"{pointer}/{index}"
        if not timedelta() <= span.ends - span.begins < _LONGEST_SPAN:
            yield _defect(
                "span_order",
                f"{place}/ends",
                f"结束日期须不早于开始日期，且不超过 {_LONGEST_SPAN.days} 天",
                f"the last date must not be before the first, nor the span over {_LONGEST_SPAN.days} days",
            )
        if (span.kind is DayKind.SPECIAL_HOURS) != bool(span.windows):
            yield _defect(
                "span_windows",
                f"{place}/windows",
                "只有特殊时段的日期有自己的时段，且必须有",
                "days of special hours, and only they, have windows of their own",
            )
        yield from _window_defects(span.windows, f"{place}/windows")


def _placed(spans: tuple[DaySpan, ...], pointer: str) -> list[tuple[str, DaySpan]]:
    return [(f"{pointer}/{index}", span) for index, span in enumerate(spans)]


def _shared_date_defects(placed: list[tuple[str, DaySpan]]) -> Iterator[CalendarError]:
    ordered = sorted(placed, key=lambda place_and_span: place_and_span[1].begins)
    for (_, earlier), (pointer, later) in pairwise(ordered):
        if later.begins <= earlier.ends:
            yield _defect(
                "date_twice",
                pointer,
                f"{later.begins} 重复（{earlier.name_zh}、{later.name_zh}）",
                f"{later.begins} stands twice ({earlier.name_en}, {later.name_en})",
            )


def _fixed_holiday_defects(calendar: Calendar) -> Iterator[CalendarError]:
    dates = [holiday.on for holiday in calendar.fixed_holidays]
    for index, on in enumerate(dates):
        if on in dates[:index]:
            yield _defect("holiday_twice", f"/fixed_holidays/{index}/on", f"{on} 重复", f"{on} stands twice")


def _work_day_defects(calendar: Calendar) -> Iterator[CalendarError]:
    hours = calendar.work_day_hours
    if not (hours.is_finite() and Decimal(0) < hours <= Decimal(24) and hours * 3600 % 1 == 0):
        yield _defect(
            "work_day_hours",
            "/work_day_hours",
            "每个工作日的小时数应大于 0、不超过 24，且为整秒",
            "the hours of a work day must be above 0, at most 24, and make whole seconds",
        )


def _defect(code: str, pointer: str, problem_zh: str, problem_en: str) -> CalendarError:
    return CalendarError(
        code, pointer, message_zh=f"{pointer}：{problem_zh}。", message_en=f"At {pointer}, {problem_en}."
    )
