"""Arrivals against closures, and the backlog they build; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from guiliu.simulation.plan import CityDays

_FEW_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Flow:
    """What came and went within one stretch of time."""

    begins: datetime
    reported: int
    ended: int
    #: Cases that were open when it was over.
    backlog: int


def flows(moments: Sequence[tuple[datetime, datetime | None]], played: CityDays) -> list[Flow]:
    """The days in stretches: of six hours while there are few days, of a day when there are many."""
    stretch = timedelta(hours=6) if played.days <= _FEW_DAYS else timedelta(days=1)
    count = -(-(played.end - played.start) // stretch)
    begins = [played.start + number * stretch for number in range(count)]
    reported, ended = [0] * count, [0] * count
    for came, went in moments:
        reported[bisect_right(begins, came) - 1] += 1
        if went is not None:
            ended[bisect_right(begins, went) - 1] += 1
    backlog, drawn = 0, []
    for number, begin in enumerate(begins):
        backlog += reported[number] - ended[number]
        drawn.append(Flow(begins=begin, reported=reported[number], ended=ended[number], backlog=backlog))
    return drawn
