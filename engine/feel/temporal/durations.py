"""The two kinds of durations, which do not mix: days and time, years and months."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.temporal.civil import NANOSECONDS


def fraction_text(nanoseconds: int) -> str:
    """The digits after the second, with their point; empty when there are none."""
    return f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""


#: No calendar of FEEL reaches further; the bound keeps repeated addition from growing numbers without end.
LARGEST_NANOSECONDS = 10**36
LARGEST_MONTHS = 10**20


@dataclass(frozen=True, slots=True)
class DayTimeDuration:
    """A length of time in nanoseconds; raises ValueError for one beyond any calendar."""

    nanoseconds: int

    def __post_init__(self) -> None:
        if abs(self.nanoseconds) > LARGEST_NANOSECONDS:
            raise ValueError("the duration is too long")

    def __str__(self) -> str:
        seconds, fraction = divmod(abs(self.nanoseconds), NANOSECONDS)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        if seconds or fraction:
            time += f"{seconds}{fraction_text(fraction)}S"
        text = (f"{days}D" if days else "") + (f"T{time}" if time else "")
        return ("-" if self.nanoseconds < 0 else "") + "P" + (text or "T0S")


@dataclass(frozen=True, slots=True)
class YearMonthDuration:
    """A length of time in calendar months; raises ValueError for one beyond any calendar."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > LARGEST_MONTHS:
            raise ValueError("the duration is too long")

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.months < 0 else "") + "P" + (text or "0M")
