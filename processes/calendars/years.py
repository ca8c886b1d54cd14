"""One year of a calendar as sorted arrays, in which every question is a bisection.

Two coordinates run along the year: *moments* (seconds since 1970) and *worked* seconds (working time since the year
began). ``worked_at`` leads from the first to the second. Back there are two ways wherever nobody works: the moment
at which the working time was reached (a closing) and the moment at which it goes on (the next opening).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from processes.calendars.days import Day, DayBook


@dataclass(frozen=True, slots=True)
class YearTable:
    """The work of one local year. ``opens``, ``closes``, ``worked`` run per window, the rest per work day."""

    year: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    #: Worked seconds of the year at each window's closing.
    worked: tuple[int, ...]
    midnights: tuple[int, ...]
    #: Worked seconds of the year at each work day's beginning, and at the end of the last one.
    worked_before_day: tuple[int, ...]

    @property
    def total(self) -> int:
        """Worked seconds of the whole year."""
        return self.worked_before_day[-1]

    @property
    def day_count(self) -> int:
        """Work days of the year."""
        return len(self.midnights)

    def worked_at(self, moment: int) -> int:
        """Worked seconds from the year's beginning to the moment."""
        index = bisect_right(self.opens, moment) - 1
        if index < 0:
            return 0
        return self.worked[index] - max(0, self.closes[index] - moment)

    def reached_at(self, worked: int) -> int:
        """The first moment by which so many seconds (up to the total) were worked; for 0 the first opening."""
        index = bisect_left(self.worked, worked)
        return self.closes[index] - (self.worked[index] - worked)

    def goes_on_at(self, moment: int) -> int | None:
        """The moment itself inside a window or at its opening, else the next opening; None past the last one."""
        index = bisect_right(self.closes, moment)
        return max(self.opens[index], moment) if index < len(self.closes) else None

    def day_length(self, index: int) -> int:
        """Worked seconds of the year's work day with this index."""
        return self.worked_before_day[index + 1] - self.worked_before_day[index]

    def days_begun_at(self, moment: int) -> int:
        """How many of the year's work days had begun, at midnight, by the moment."""
        return bisect_right(self.midnights, moment)


def year_table(book: DayBook, zone: ZoneInfo, year: int) -> YearTable:
    """Lay out one year. An hour that the zone skips or repeats counts as the real time that passes."""
    opens: list[int] = []
    closes: list[int] = []
    worked: list[int] = []
    midnights: list[int] = []
    worked_before_day = [0]
    total = 0
    for day in _work_days(book, year):
        spans = _spans(day, zone)
        for opening, closing in spans:
            total += closing - opening
            opens.append(opening)
            closes.append(closing)
            worked.append(total)
        # A day whose only window falls into a skipped hour is no work day after all.
        if spans:
            midnights.append(_local_moment(day.on, timedelta(), zone))
            worked_before_day.append(total)
    return YearTable(year, tuple(opens), tuple(closes), tuple(worked), tuple(midnights), tuple(worked_before_day))


def _work_days(book: DayBook, year: int) -> list[Day]:
    ordinals = range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    return [day for day in map(book.day, map(date.fromordinal, ordinals)) if day.is_work_day]


def _spans(day: Day, zone: ZoneInfo) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    earliest = 0
    for window in day.windows:
        # Two wall times around a skipped hour can change places; no second may count twice.
        opening = max(earliest, _local_moment(day.on, window.opens, zone))
        closing = earliest = max(opening, _local_moment(day.on, window.closes, zone))
        if opening < closing:
            spans.append((opening, closing))
    return spans


def _local_moment(on: date, after_midnight: timedelta, zone: ZoneInfo) -> int:
    wall = datetime(on.year, on.month, on.day, tzinfo=UTC) + after_midnight
    return int(wall.replace(tzinfo=zone).timestamp())
