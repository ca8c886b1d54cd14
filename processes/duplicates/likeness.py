"""How likely two reports mean the same thing; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians

#: Farther apart, and longer ago, it is another thing.
FARTHEST_METRES = 300.0
LONGEST_AGO = timedelta(days=14)
#: Less than this is not worth a look.
LEAST_SCORE = 0.35

_METRES_OF_DEGREE = 111_195.0
_WEIGHTS = {"category": 0.4, "place": 0.35, "words": 0.15, "time": 0.1}
#: Of the same class but another sub-category: people mistake them for each other.
_SAME_CLASS = 0.5


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A report, as far as it is known; what is unknown speaks neither for nor against."""

    subcategory: str | None
    lon: float
    lat: float
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How alike two reports are."""

    #: From 0 to 1.
    score: float
    metres: float
    same_subcategory: bool
    #: Share of the shorter text's pairs of characters that the other one has too; 0 where a text is missing.
    words: float


def likeness(sought: Sought, other: Sought) -> Likeness:
    """How alike a report is to what is sought."""
    metres = metres_between(sought, other)
    words = common(sought.text, other.text)
    parts = {
        "place": max(0.0, 1 - metres / FARTHEST_METRES),
        "time": max(0.0, 1 - abs(sought.at - other.at) / LONGEST_AGO),
    }
    if sought.subcategory:
        parts["category"] = _category(sought.subcategory, other.subcategory or "")
    if sought.text.strip():
        parts["words"] = words
    whole = sum(_WEIGHTS[part] for part in parts)
    return Likeness(
        score=round(sum(_WEIGHTS[part] * value for part, value in parts.items()) / whole, 3),
        metres=round(metres, 1),
        same_subcategory=sought.subcategory == other.subcategory,
        words=round(words, 3),
    )


def metres_between(one: Sought, other: Sought) -> float:
    """How far apart they lie; exact enough within a city."""
    narrow = cos(radians((one.lat + other.lat) / 2))
    return _METRES_OF_DEGREE * hypot((one.lon - other.lon) * narrow, one.lat - other.lat)


def common(one: str, other: str) -> float:
    """Share of the shorter text's pairs of neighbouring characters that the longer one has too."""
    shorter, longer = sorted((_pairs(one), _pairs(other)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0


def _pairs(text: str) -> set[str]:
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def _category(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return _SAME_CLASS if one[:-2] == other[:-2] else 0.0
