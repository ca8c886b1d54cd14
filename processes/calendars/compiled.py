"""A calendar that can count: working time and work days, forwards and between two moments."""

from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from zoneinfo import ZoneInfo

from processes.calendars.checks import defects
from processes.calendars.days import Day, DayBook
from processes.calendars.moments import LAST_YEAR, beyond_horizon, from_seconds, to_seconds
from processes.calendars.rows import Calendar
from processes.calendars.versions import version_of
from processes.calendars.years import YearTable, year_table


class Side(Enum):
    """Which end of a stretch without work is meant."""

    CLOSING = "closing"
    OPENING = "opening"


class CompiledCalendar:
    """The counting form of one calendar version. Years are laid out when first needed and kept.

    Moments are whole seconds since 1970 (see ``moments``); amounts of work days are exact fractions.
    """

    def __init__(self, calendar: Calendar) -> None:
        """Take rows that hold together; ``compile_calendar`` makes sure of it."""
        self.rows = calendar
        #: Hash of the rows: a due time says under which version it was derived.
        self.version = version_of(calendar)
        self.zone = ZoneInfo(calendar.zone)
        self._book = DayBook(calendar)
        self._years: dict[int, YearTable] = {}

    def day(self, on: date) -> Day:
        """What the given local date is."""
        return self._book.day(on)

    def moment(self, seconds: int) -> datetime:
        """The moment in the city's zone; past the last supported year it is refused."""
        moment = from_seconds(seconds, self.zone)
        if moment.year > LAST_YEAR:
            raise beyond_horizon()
        return moment

    def is_provisional(self, begins: datetime, ends: datetime) -> bool:
        """Whether any local year from ``begins`` to ``ends`` is not announced yet."""
        years = range(begins.astimezone(self.zone).year, ends.astimezone(self.zone).year + 1)
        return any(map(self._book.is_provisional, years))

    def work_time_between(self, begins: datetime, ends: datetime) -> timedelta:
        """Working time from ``begins`` to ``ends``; negative when ``ends`` is the earlier."""
        return timedelta(seconds=self.worked_between(to_seconds(begins), to_seconds(ends)))

    def worked_between(self, begins: int, ends: int) -> int:
        """Worked seconds from ``begins`` to ``ends``; negative when ``ends`` is the earlier."""
        if ends < begins:
            return -self.worked_between(ends, begins)
        first, last = self._year_of(begins), self._year_of(ends)
        whole_years = sum(self._table(year).total for year in range(first.year, last.year))
        return whole_years + last.worked_at(ends) - first.worked_at(begins)

    def work_days_between(self, begins: int, ends: int) -> Fraction:
        """Work days from ``begins`` to ``ends``, part of a day by its share of that day's windows."""
        if ends < begins:
            return -self.work_days_between(ends, begins)
        first, last = self._year_of(begins), self._year_of(ends)
        whole_years = sum(self._table(year).day_count for year in range(first.year, last.year))
        return whole_years + _day_position(last, ends) - _day_position(first, begins)

    def moment_after_work(self, begins: int, worked: int) -> int:
        """The first moment by which so many seconds (at least one) were worked since ``begins``."""
        table = self._year_of(begins)
        target = table.worked_at(begins) + worked
        while target > table.total:
            target -= table.total
            table = self._table(table.year + 1)
        return table.reached_at(target)

    def moment_after_work_days(self, begins: int, days: Fraction, side: Side) -> int:
        """The moment at the same share of the windows, so many work days on; rounded up to the second.

        Where the result falls between two windows, ``side`` says which end is meant.
        """
        table = self._year_of(begins)
        index, worked, length = _place(table, begins)
        # In units of 1/scale of a work day, counted from the beginning of the day under way: whole numbers, exactly.
        scale = length * days.denominator
        target = worked * days.denominator + days.numerator * length
        whole_days = target // scale if side is Side.OPENING else _rounded_up(target, scale) - 1
        share = target - whole_days * scale
        index += whole_days
        while index >= table.day_count:
            index -= table.day_count
            table = self._table(table.year + 1)
        worked_that_day = _rounded_up(share * table.day_length(index), scale)
        reached = table.reached_at(table.worked_before_day[index] + worked_that_day)
        return reached if side is Side.CLOSING else self.when_work_goes_on(reached)

    def side_of(self, moment: int) -> Side:
        """CLOSING inside a window or at its end; OPENING when work begins right now or goes on only later."""
        table = self._year_of(moment)
        worked = table.worked_at(moment)
        is_reached_now = worked > 0 and table.reached_at(worked) == moment
        return Side.CLOSING if is_reached_now else Side.OPENING

    def when_work_goes_on(self, moment: int) -> int:
        """The moment itself inside a window or at its opening, else the next opening."""
        table = self._year_of(moment)
        while (opening := table.goes_on_at(moment)) is None:
            table = self._table(table.year + 1)
        return opening

    def opening_of_next_work_day(self, moment: int) -> int:
        """The first opening on a work day after the moment's own local date."""
        table = self._year_of(moment)
        while (index := table.days_begun_at(moment)) == table.day_count:
            table = self._table(table.year + 1)
        return self.when_work_goes_on(table.midnights[index])

    def closing_of_day(self, moment: int) -> int:
        """The last closing of the work day under way at the moment, or of the last one that had begun."""
        table = self._year_of(moment)
        while (index := table.days_begun_at(moment)) == 0:
            table = self._table(table.year - 1)
        return table.reached_at(table.worked_before_day[index])

    def _year_of(self, moment: int) -> YearTable:
        return self._table(from_seconds(moment, self.zone).year)

    def _table(self, year: int) -> YearTable:
        table = self._years.get(year)
        if table is None:
            if year > LAST_YEAR:
                raise beyond_horizon()
            table = self._years[year] = year_table(self._book, self.zone, year)
        return table


def compile_calendar(calendar: Calendar) -> CompiledCalendar:
    """The counting form of the rows; the first defect found in them is raised as ``CalendarError``."""
    for defect in defects(calendar):
        raise defect
    return CompiledCalendar(calendar)


def _place(table: YearTable, moment: int) -> tuple[int, int, int]:
    """The index of the year's work day last begun, what was worked of it, and its whole length, in seconds."""
    index = table.days_begun_at(moment) - 1
    if index < 0:
        return 0, 0, 1
    return index, table.worked_at(moment) - table.worked_before_day[index], table.day_length(index)


def _day_position(table: YearTable, moment: int) -> Fraction:
    """Work days of the year up to the moment: whole ones, and the worked share of the one under way."""
    index, worked, length = _place(table, moment)
    return index + Fraction(worked, length)


def _rounded_up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
