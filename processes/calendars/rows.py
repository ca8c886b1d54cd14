"""A calendar as plain rows: what a database keeps, an API carries and a person edits.

Nothing here computes. ``defects`` says whether the rows make sense, ``compile_calendar`` turns them into
something that can count.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class DayKind(StrEnum):
    """What a span of dates is, apart from its weekdays."""

    HOLIDAY = "holiday"
    MAKE_UP_WORK_DAY = "make_up_work_day"
    LOCAL_DAY_OFF = "local_day_off"
    SPECIAL_HOURS = "special_hours"


class WorkDayRule(StrEnum):
    """What one work day of a time limit means in this city."""

    SAME_POSITION = "same_position"
    FIXED_HOURS = "fixed_hours"


@dataclass(frozen=True, order=True, slots=True)
class MonthDay:
    """A date that comes back each year."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """Hours of work on one day, from ``opens`` to ``closes``, both counted from local midnight (24:00 is allowed)."""

    opens: timedelta
    closes: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Season:
    """The windows of each work day between two dates of the year, both included; it may run over the year's end."""

    name_zh: str
    name_en: str
    begins: MonthDay
    ends: MonthDay
    windows: tuple[Window, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DaySpan:
    """Dates, both ends included, that are not what their weekday says."""

    kind: DayKind
    begins: date
    ends: date
    name_zh: str
    name_en: str
    #: Only for special hours: the windows of these days in place of the season's.
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncedYear:
    """The statutory arrangement of one year; it may reach into December of the year before."""

    year: int
    source: str
    days: tuple[DaySpan, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedHoliday:
    """A holiday on the same date each year: all that is known of a year not yet announced."""

    on: MonthDay
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """Everything that decides when a city works. A local row prevails over an announced one on the same date."""

    key: str
    name_zh: str
    name_en: str
    #: IANA name, in which all dates and windows are meant.
    zone: str
    #: ISO weekdays: Monday is 1.
    working_weekdays: tuple[int, ...]
    seasons: tuple[Season, ...]
    announced_years: tuple[AnnouncedYear, ...] = ()
    fixed_holidays: tuple[FixedHoliday, ...] = ()
    local_days: tuple[DaySpan, ...] = ()
    work_day_rule: WorkDayRule = WorkDayRule.SAME_POSITION
    #: What a work day is worth under the rule of fixed hours.
    work_day_hours: Decimal = Decimal(8)
