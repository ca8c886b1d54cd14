"""Moments as whole seconds: the one place where a datetime becomes a number and back.

Counting is exact to the second, so a fraction of a second is cut off on the way in.
"""

from datetime import datetime, tzinfo
from typing import Final

from processes.calendars.errors import CalendarError

#: The years in which a calendar counts; a moment or a due time outside them is refused.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


def to_seconds(moment: datetime, pointer: str = "/moment") -> int:
    """Seconds since 1970 in UTC. A moment without zone or outside the supported years is refused."""
    if moment.utcoffset() is None:
        raise CalendarError(
            "moment_without_zone",
            pointer,
            message_zh=f"时间 {moment.isoformat()} 没有时区。",
            message_en=f"Expected a moment with its zone, but {moment.isoformat()} has none.",
        )
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise CalendarError(
            "moment_out_of_range",
            pointer,
            message_zh=f"时间 {moment.isoformat()} 不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。",
            message_en=f"Expected a moment from {FIRST_YEAR} to {LAST_YEAR}, but got {moment.isoformat()}.",
        )
    return int(moment.timestamp())


def from_seconds(seconds: int, zone: tzinfo) -> datetime:
    """The moment so many seconds after 1970 began in UTC, told in ``zone``."""
    return datetime.fromtimestamp(seconds, zone)


def beyond_horizon() -> CalendarError:
    """The refusal for counting past the last supported year."""
    return CalendarError(
        "beyond_horizon",
        "/limit",
        message_zh=f"计算结果超出 {LAST_YEAR} 年，或日历中没有足够的工作时间。",
        message_en=f"Expected a due time up to {LAST_YEAR}, but the count runs past it "
        "(a limit too long, or too little working time in the calendar).",
    )
