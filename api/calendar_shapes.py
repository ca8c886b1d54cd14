"""A calendar as JSON: the rows that are read and written, one shape for each sort of row."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=200)]
#: ``MM-DD``.
MonthDay = Annotated[str, msgspec.Meta(min_length=5, max_length=5)]
#: ``YYYY-MM-DD``.
Day = Annotated[str, msgspec.Meta(min_length=10, max_length=10)]
#: ``HH:MM``, ``HH:MM:SS``; ``24:00`` is the end of the day.
TimeOfDay = Annotated[str, msgspec.Meta(min_length=5, max_length=8)]
MOST_SPANS = 500


class WindowRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours of work on one day."""

    opens: TimeOfDay
    closes: TimeOfDay


Windows = Annotated[list[WindowRow], msgspec.Meta(max_length=24)]


class SeasonRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The windows of each work day between two dates of the year, both included."""

    name_zh: Text
    name_en: Text
    begins: MonthDay
    ends: MonthDay
    windows: Windows


class DaySpanRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Dates, both ends included, that are not what their weekday says."""

    #: ``holiday``, ``make_up_work_day``, ``local_day_off``, ``special_hours``.
    kind: Text
    begins: Day
    #: The first day alone when it is left out.
    ends: Day | msgspec.UnsetType = msgspec.UNSET
    name_zh: Text
    name_en: Text
    #: Of special hours.
    windows: Windows = []


Spans = Annotated[list[DaySpanRow], msgspec.Meta(max_length=MOST_SPANS)]


class AnnouncedYearRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The statutory arrangement of one year."""

    year: int
    source: Text
    days: Spans


class FixedHolidayRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A holiday on the same date each year."""

    on: MonthDay
    name_zh: Text
    name_en: Text


class CalendarRows(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that decides when a city works."""

    name_zh: Text
    name_en: Text
    #: IANA name, in which all dates and windows are meant.
    zone: Text
    #: Monday is 1.
    working_weekdays: Annotated[list[int], msgspec.Meta(max_length=7)]
    seasons: Annotated[list[SeasonRow], msgspec.Meta(max_length=50)]
    announced_years: Annotated[list[AnnouncedYearRow], msgspec.Meta(max_length=110)] = []
    fixed_holidays: Annotated[list[FixedHolidayRow], msgspec.Meta(max_length=100)] = []
    local_days: Spans = []
    #: ``same_position`` or ``fixed_hours``.
    work_day_rule: Text = "same_position"
    #: Hours of a work day under the rule of fixed hours, such as ``8`` or ``7.5``.
    work_day_hours: Annotated[str, msgspec.Meta(max_length=8)] = "8"

    def rows(self) -> dict[str, Any]:
        """The JSON value that calendars are read from."""
        value: dict[str, Any] = msgspec.to_builtins(self)
        return value
