"""Calendar rows as JSON values, the shape that ``calendar_from_json`` reads."""

from datetime import timedelta
from typing import Any

from processes.calendars.rows import AnnouncedYear, Calendar, DaySpan, FixedHoliday, Season, Window


def calendar_to_json(calendar: Calendar) -> dict[str, Any]:
    """Every row of the calendar; reading the result back gives an equal calendar."""
    return {
        "key": calendar.key,
        "name_zh": calendar.name_zh,
        "name_en": calendar.name_en,
        "zone": calendar.zone,
        "working_weekdays": list(calendar.working_weekdays),
        "seasons": [_season(season) for season in calendar.seasons],
        "announced_years": [_announced_year(year) for year in calendar.announced_years],
        "fixed_holidays": [_fixed_holiday(holiday) for holiday in calendar.fixed_holidays],
        "local_days": [_day_span(span) for span in calendar.local_days],
        "work_day_rule": calendar.work_day_rule.value,
        "work_day_hours": str(calendar.work_day_hours),
    }


def _season(season: Season) -> dict[str, Any]:
    return {
        "name_zh": season.name_zh,
        "name_en": season.name_en,
        "begins": str(season.begins),
        "ends": str(season.ends),
        "windows": [_window(window) for window in season.windows],
    }


def _window(window: Window) -> dict[str, str]:
    return {"opens": clock_text(window.opens), "closes": clock_text(window.closes)}


def _announced_year(year: AnnouncedYear) -> dict[str, Any]:
    return {"year": year.year, "source": year.source, "days": [_day_span(span) for span in year.days]}


def _fixed_holiday(holiday: FixedHoliday) -> dict[str, str]:
    return {"on": str(holiday.on), "name_zh": holiday.name_zh, "name_en": holiday.name_en}


def _day_span(span: DaySpan) -> dict[str, Any]:
    return {
        "kind": span.kind.value,
        "begins": span.begins.isoformat(),
        "ends": span.ends.isoformat(),
        "name_zh": span.name_zh,
        "name_en": span.name_en,
        "windows": [_window(window) for window in span.windows],
    }


def clock_text(after_midnight: timedelta) -> str:
    """A time of day as people write it: ``08:30``, ``24:00``, with seconds only where there are any."""
    minutes, seconds = divmod(after_midnight // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
