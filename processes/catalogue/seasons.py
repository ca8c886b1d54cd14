"""The part of the year in which a filing condition holds: planting in spring, snow over the turn of the year."""

from __future__ import annotations

import re
from datetime import date

from processes.catalogue.errors import CatalogueError

_SEASON = re.compile(r"([0-9]{1,2})-([0-9]{1,2})\s*(?:\.\.|至|到|~|～|—|–)\s*([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
#: Has a 29 February.
_LEAP_YEAR = 2024


def season_of(text: str) -> str:
    """The season in a text such as ``11-15..03-15``, in that form; empty for none. CatalogueError `bad_season`."""
    stripped = text.strip()
    if not stripped:
        return ""
    found = _SEASON.fullmatch(stripped)
    try:
        first, last = (date(_LEAP_YEAR, int(found[at]), int(found[at + 1])) for at in (1, 3)) if found else (None, None)
    except ValueError:
        first, last = None, None
    if first is None or last is None:
        raise CatalogueError(
            "bad_season",
            f"季节“{stripped[:20]}”应写作“月-日..月-日”，如 11-15..03-15",
            f"the season {stripped[:20]!r} must read month-day..month-day, such as 11-15..03-15",
            pointer="/season",
        )
    return f"{first:%m-%d}..{last:%m-%d}"


def is_in_season(season: str, day: date) -> bool:
    """Whether a day lies in a season, its first and last day included; an empty one is the whole year."""
    if not season:
        return True
    first, last = season.split("..")
    at = f"{day:%m-%d}"
    return first <= at <= last if first <= last else at >= first or at <= last
