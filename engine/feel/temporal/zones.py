"""Time zones: a fixed offset, or a name whose offset depends on the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

LARGEST_OFFSET = 18 * 3600

#: The day whose offset a time of day takes in a named zone, since the time itself has no date.
_REFERENCE_DAY = (2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Zone:
    """Either an offset from UTC in seconds, or the name of a zone of the IANA database."""

    seconds: int | None = None
    name: str | None = None

    def offset_at(self, day: tuple[int, int, int] | None, second_of_day: int) -> int:
        """Seconds east of UTC at a local time; without a day, on the reference day 2000-01-01."""
        if self.seconds is not None:
            return self.seconds
        year, month, day_of_month = day or _REFERENCE_DAY
        # The Gregorian calendar repeats every 400 years; Python's datetime ends at 9999.
        near = year if 2 <= year <= 9998 else 2000 + year % 400
        local = datetime(near, month, day_of_month, tzinfo=ZoneInfo(self.name or "UTC"))
        offset = (local + timedelta(seconds=second_of_day)).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def __str__(self) -> str:
        return f"@{self.name}" if self.name else offset_text(self.seconds or 0)


UTC = Zone(0)


def offset_text(seconds: int) -> str:
    """An offset as ISO 8601 writes it: `Z`, `+08:00`, `-03:30`."""
    if seconds == 0:
        return "Z"
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """The names of the IANA database; read once, so that a wrong name costs no file access."""
    return frozenset(available_timezones())


def zone_from_text(text: str) -> Zone | None:
    """The zone written as `Z`, `+08:00` or `@Asia/Shanghai`; None when there is no such zone."""
    if text in ("Z", "z", "@Z"):
        return UTC
    if text.startswith("@"):
        return Zone(name=text[1:]) if text[1:] in zone_names() else None
    hours, minutes, seconds = (int(part) for part in f"{text[1:]}:0".split(":")[:3])
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > LARGEST_OFFSET:
        return None
    return Zone(-total if text[0] == "-" else total)
