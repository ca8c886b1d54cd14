"""What a date is: work day or day off, why, and with which windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from processes.calendars.rows import Calendar, DayKind, DaySpan, FixedHoliday, MonthDay, Season, Window


@dataclass(frozen=True, slots=True)
class Day:
    """One date as the calendar sees it."""

    on: date
    #: Empty on a day off.
    windows: tuple[Window, ...]
    #: The row's kind; None when only the weekday decided.
    kind: DayKind | None
    name_zh: str
    name_en: str
    #: True in a year whose statutory holidays are not announced yet.
    is_provisional: bool

    @property
    def is_work_day(self) -> bool:
        """Whether anything is worked on this date."""
        return bool(self.windows)


class DayBook:
    """Answers for any date; built once per calendar, never changed."""

    def __init__(self, calendar: Calendar) -> None:
        announced = [span for year in calendar.announced_years for span in year.days]
        self._spans = {on: span for span in (*announced, *calendar.local_days) for on in dates_of(span)}
        self._announced_years = frozenset(year.year for year in calendar.announced_years)
        self._fixed = {holiday.on: holiday for holiday in calendar.fixed_holidays}
        self._seasons = {on: season for season in calendar.seasons for on in month_days_of(season)}
        self._weekdays = frozenset(calendar.working_weekdays)

    def is_provisional(self, year: int) -> bool:
        """Whether this year is computed, not announced."""
        return year not in self._announced_years

    def day(self, on: date) -> Day:
        """The given date: a row for it decides, else a fixed holiday of an unannounced year, else the weekday."""
        span = self._spans.get(on)
        if span is not None:
            return self._ruled_day(on, span)
        fixed = self._fixed.get(MonthDay(on.month, on.day))
        if fixed is not None and self.is_provisional(on.year):
            return self._fixed_holiday(on, fixed)
        return self._plain_day(on)

    def _ruled_day(self, on: date, span: DaySpan) -> Day:
        windows = {
            DayKind.HOLIDAY: (),
            DayKind.LOCAL_DAY_OFF: (),
            DayKind.MAKE_UP_WORK_DAY: self._season_windows(on),
            DayKind.SPECIAL_HOURS: span.windows,
        }[span.kind]
        return Day(on, windows, span.kind, span.name_zh, span.name_en, self.is_provisional(on.year))

    def _fixed_holiday(self, on: date, holiday: FixedHoliday) -> Day:
        return Day(on, (), DayKind.HOLIDAY, holiday.name_zh, holiday.name_en, is_provisional=True)

    def _plain_day(self, on: date) -> Day:
        windows = self._season_windows(on) if on.isoweekday() in self._weekdays else ()
        name_zh, name_en = ("工作日", "work day") if windows else ("周末", "weekend")
        return Day(on, windows, None, name_zh, name_en, self.is_provisional(on.year))

    def _season_windows(self, on: date) -> tuple[Window, ...]:
        return self._seasons[MonthDay(on.month, on.day)].windows


def dates_of(span: DaySpan) -> Iterator[date]:
    """Each date of the span, in order."""
    for ordinal in range(span.begins.toordinal(), span.ends.toordinal() + 1):
        yield date.fromordinal(ordinal)


def month_days_of(season: Season) -> Iterator[MonthDay]:
    """Each day of the year that the season covers; a season that ends before it begins runs over the year's end."""
    for on in EVERY_MONTH_DAY:
        inside = (season.begins <= on, on <= season.ends)
        if all(inside) or (season.ends < season.begins and any(inside)):
            yield on


_LEAP_YEAR = 2000
#: The 366 days a year can have.
EVERY_MONTH_DAY: tuple[MonthDay, ...] = tuple(
    MonthDay(on.month, on.day)
    for on in map(date.fromordinal, range(date(_LEAP_YEAR, 1, 1).toordinal(), date(_LEAP_YEAR + 1, 1, 1).toordinal()))
)
