"""One way of counting per unit of time: how far a limit reaches, and how much of it has passed.

All moments are whole seconds since 1970; all amounts are exact fractions of the unit.
"""

from abc import ABC, abstractmethod
from fractions import Fraction
from math import ceil
from typing import Final

from processes.calendars import CompiledCalendar, Side, WorkDayRule
from processes.deadlines.units import LimitUnit

_CONTINUOUS_SECONDS: Final = {
    LimitUnit.MINUTE: 60,
    LimitUnit.URGENT_HOUR: 3_600,
    LimitUnit.NATURAL_DAY: 86_400,
}
_WORK_HOUR_SECONDS: Final = 3_600


class Counting(ABC):
    """The rule of one unit under one calendar."""

    def origin(self, started_at: int) -> int:
        """Where counting begins for a clock started at this moment."""
        return started_at

    def side(self, started_at: int) -> Side:  # noqa: ARG002 - most units do not look at the start
        """Which end of a pause in the work a limit ends at, for a clock started at this moment."""
        return Side.CLOSING

    @abstractmethod
    def after(self, begins: int, amount: Fraction, side: Side) -> int:
        """The moment, rounded up to the second, by which the amount has passed since ``begins``."""

    @abstractmethod
    def between(self, begins: int, ends: int) -> Fraction:
        """The amount that passes from ``begins`` to ``ends``."""

    def settled(self, reached: int) -> int:
        """The due moment for a limit whose amount was reached at this moment."""
        return reached


class ContinuousTime(Counting):
    """Minutes, urgent hours, natural days: every second counts."""

    def __init__(self, unit_seconds: int) -> None:
        self._unit_seconds = unit_seconds

    def after(self, begins: int, amount: Fraction, side: Side) -> int:  # noqa: ARG002 - no pause in the work here
        """``begins`` and the amount later."""
        return begins + ceil(amount * self._unit_seconds)

    def between(self, begins: int, ends: int) -> Fraction:
        """The plain difference."""
        return Fraction(ends - begins, self._unit_seconds)


class WorkTime(Counting):
    """Work hours, and work days where a city counts them as a fixed number of hours: seconds inside windows count."""

    def __init__(self, calendar: CompiledCalendar, unit_seconds: int) -> None:
        self._calendar = calendar
        self._unit_seconds = unit_seconds

    def after(self, begins: int, amount: Fraction, side: Side) -> int:  # noqa: ARG002 - hours end as soon as worked
        """The first moment by which the amount was worked."""
        return self._calendar.moment_after_work(begins, ceil(amount * self._unit_seconds))

    def between(self, begins: int, ends: int) -> Fraction:
        """Working time in the unit."""
        return Fraction(self._calendar.worked_between(begins, ends), self._unit_seconds)


class WorkDays(Counting):
    """Work days as the same position in a later day's windows."""

    def __init__(self, calendar: CompiledCalendar) -> None:
        self._calendar = calendar

    def side(self, started_at: int) -> Side:
        """A clock started at an opening, or while nobody works, ends at an opening; any other at a closing."""
        return self._calendar.side_of(started_at)

    def after(self, begins: int, amount: Fraction, side: Side) -> int:
        """The same share of the windows so many work days on."""
        return self._calendar.moment_after_work_days(begins, amount, side)

    def between(self, begins: int, ends: int) -> Fraction:
        """Work days, each by the share of its windows."""
        return self._calendar.work_days_between(begins, ends)


class WorkDaysFromNext(WorkDays):
    """Statutory days: the day of the start does not count, and the last one counts to its closing."""

    def origin(self, started_at: int) -> int:
        """The opening of the first work day after the start's date."""
        return self._calendar.opening_of_next_work_day(started_at)

    def side(self, started_at: int) -> Side:  # noqa: ARG002 - always the day's end
        """The end of the day that is counted last."""
        return Side.CLOSING

    def settled(self, reached: int) -> int:
        """The closing of that day: a pause moves the due time by whole days only."""
        # What is reached ends the second before it: at midnight that is still the day that was counted.
        return self._calendar.closing_of_day(reached - 1)


def is_continuous(unit: LimitUnit) -> bool:
    """Whether the unit runs day and night, whatever the calendar says."""
    return unit in _CONTINUOUS_SECONDS


def counting_of(calendar: CompiledCalendar, unit: LimitUnit) -> Counting:
    """The rule for a unit, the city's choice of what a work day means included."""
    if is_continuous(unit):
        return ContinuousTime(_CONTINUOUS_SECONDS[unit])
    if unit is LimitUnit.WORK_HOUR:
        return WorkTime(calendar, _WORK_HOUR_SECONDS)
    if unit is LimitUnit.WORK_DAY_FROM_NEXT:
        return WorkDaysFromNext(calendar)
    if calendar.rows.work_day_rule is WorkDayRule.FIXED_HOURS:
        return WorkTime(calendar, int(calendar.rows.work_day_hours * _WORK_HOUR_SECONDS))
    return WorkDays(calendar)
