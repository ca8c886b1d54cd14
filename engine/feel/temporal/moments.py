"""Date, time of day, and date and time."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.temporal.civil import (
    NANOSECONDS,
    NANOSECONDS_OF_DAY,
    civil_from_days,
    days_from_civil,
    days_in_month,
)
from engine.feel.temporal.durations import fraction_text
from engine.feel.temporal.zones import Zone

LARGEST_YEAR = 999_999_999


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar, from year -999999999 to 999999999; raises ValueError for no such day."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        in_range = abs(self.year) <= LARGEST_YEAR and 1 <= self.month <= 12
        if not in_range or not 1 <= self.day <= days_in_month(self.year, self.month):
            raise ValueError(f"no such date: {self.year}-{self.month}-{self.day}")

    @classmethod
    def from_days(cls, days: int) -> Date:
        """The date so many days after 1970-01-01."""
        return cls(*civil_from_days(days))

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return days_from_civil(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.days + 3) % 7 + 1

    @property
    def order(self) -> tuple[int, int, int]:
        """What dates are compared by."""
        return (self.year, self.month, self.day)

    def plus_months(self, months: int) -> Date:
        """The same day of a later or earlier month, or that month's last day."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > LARGEST_YEAR:
            raise ValueError(f"no such year: {year}")
        return Date(year, month + 1, min(self.day, days_in_month(year, month + 1)))

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True, eq=False)
class Time:
    """A time of day in nanoseconds after midnight, with or without a zone."""

    nanoseconds: int
    zone: Zone | None = None

    @property
    def order(self) -> int:
        """What times are compared by: nanoseconds in UTC when the time has a zone."""
        if self.zone is None:
            return self.nanoseconds
        return self.nanoseconds - self.zone.offset_at(None, self.second_of_day) * NANOSECONDS

    @property
    def second_of_day(self) -> int:
        """Whole seconds after midnight."""
        return self.nanoseconds // NANOSECONDS

    def __eq__(self, other: object) -> bool:
        if type(other) is not Time:
            return NotImplemented
        return (self.zone is None) == (other.zone is None) and self.order == other.order

    def __hash__(self) -> int:
        return hash((self.zone is None, self.order))

    def __str__(self) -> str:
        return self.clock_text() + (str(self.zone) if self.zone else "")

    def clock_text(self) -> str:
        """The time of day without its zone."""
        minutes, seconds = divmod(self.second_of_day, 60)
        fraction = fraction_text(self.nanoseconds % NANOSECONDS)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{fraction}"


@dataclass(frozen=True, slots=True, eq=False)
class DateTime:
    """A day and a time of that day; with a zone it is an instant."""

    date: Date
    time: Time

    @classmethod
    def from_local(cls, nanoseconds: int, zone: Zone | None) -> DateTime:
        """The local date and time so many nanoseconds after 1970-01-01T00:00:00 on the same clock."""
        days, rest = divmod(nanoseconds, NANOSECONDS_OF_DAY)
        return cls(Date.from_days(days), Time(rest, zone))

    @property
    def zone(self) -> Zone | None:
        """The zone of the time of day."""
        return self.time.zone

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 as the local clock counts them."""
        return self.date.days * NANOSECONDS_OF_DAY + self.time.nanoseconds

    @property
    def offset_seconds(self) -> int:
        """Seconds east of UTC; 0 without a zone."""
        zone = self.time.zone
        return zone.offset_at(self.date.order, self.time.second_of_day) if zone else 0

    @property
    def order(self) -> int:
        """What dates and times are compared by: nanoseconds in UTC when there is a zone."""
        return self.local - self.offset_seconds * NANOSECONDS

    def plus(self, nanoseconds: int) -> DateTime:
        """The local date and time so much later on the same clock."""
        return DateTime.from_local(self.local + nanoseconds, self.time.zone)

    def __eq__(self, other: object) -> bool:
        if type(other) is not DateTime:
            return NotImplemented
        return (self.zone is None) == (other.zone is None) and self.order == other.order

    def __hash__(self) -> int:
        return hash((self.zone is None, self.order))

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"
