"""What happens to a city in some days: who reports what, where, when. Pure; the same seed gives the same days."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import accumulate
from random import Random

from shapely import Point

from guiliu.simulation.habits import Burst, Habits
from processes.catalogue import Catalogue, FilingCondition, holds
from processes.territory import UnitGrid

MOST_DAYS = 92
MOST_CASES = 100_000
_HOURS = 24
_UNTIL_FILED = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class CityDays:
    """Which days are played; they end at a moment of the city's own time."""

    days: int
    cases: int
    seed: int
    #: Aware, in the city's zone.
    end: datetime

    @property
    def start(self) -> datetime:
        """The first moment."""
        return self.end - timedelta(days=self.days)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody is about to report something."""

    at: datetime
    channel: str
    #: The filing condition under which it will be filed when everybody does as usual.
    condition: FilingCondition
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    description: str


def arrivals(played: CityDays, habits: Habits, catalogue: Catalogue, grids: Sequence[UnitGrid]) -> list[Arrival]:
    """Everything that is reported, in the order of time."""
    random = Random(played.seed)  # noqa: S311 - the same seed has to give the same city
    hours = _hours(played, habits, random)
    return sorted(
        (_arrival(hour, random, habits, catalogue, grids) for hour in _drawn(hours, played.cases, random)),
        key=lambda arrival: arrival.at,
    )


@dataclass(frozen=True)
class _Hour:
    """One hour of the days, how busy it is, and the burst it lies in."""

    begins: datetime
    seconds: float
    weight: float
    burst: Burst | None


def _hours(played: CityDays, habits: Habits, random: Random) -> list[_Hour]:
    bursts = {
        random.randrange(played.days * _HOURS): burst for burst in habits.bursts if random.random() < burst.chance
    }
    return list(_weighted(played, habits, bursts))


def _weighted(played: CityDays, habits: Habits, bursts: Mapping[int, Burst]) -> Iterator[_Hour]:
    running: tuple[Burst, int] | None = None
    for number in range(played.days * _HOURS):
        begins = played.start + timedelta(hours=number)
        if number in bursts:
            running = bursts[number], number
        burst = running[0] if running and number < running[1] + running[0].hours else None
        weight = habits.hours[begins.hour] * (habits.weekend if begins.weekday() >= 5 else 1.0)
        yield _Hour(begins, 3600.0, weight * (burst.factor if burst else 1.0), burst)


def _drawn(hours: Sequence[_Hour], count: int, random: Random) -> Iterator[_Hour]:
    sums = list(accumulate(hour.weight for hour in hours))
    for _ in range(count):
        yield hours[bisect(sums, random.random() * sums[-1], hi=len(hours) - 1)]


def _arrival(hour: _Hour, random: Random, habits: Habits, catalogue: Catalogue, grids: Sequence[UnitGrid]) -> Arrival:
    condition = _condition(hour, random, habits, catalogue)
    point = _point_in(random.choice(grids), random)
    subcategory = catalogue.subcategory(condition.subcategory)
    return Arrival(
        at=hour.begins + timedelta(seconds=int(random.random() * hour.seconds)),
        channel=_one_of(habits.channels, random),
        condition=condition,
        lon=round(point.x, 6),
        lat=round(point.y, 6),
        description=random.choice(habits.descriptions).format(what=subcategory.name),
    )


def _condition(hour: _Hour, random: Random, habits: Habits, catalogue: Catalogue) -> FilingCondition:
    burst, in_season = hour.burst, _in_season(catalogue, hour.begins.date())
    of_burst = [each for each in in_season if burst and each.subcategory.startswith(burst.classes)]
    if of_burst and random.random() < habits.burst_share:
        return random.choice(of_burst)
    return random.choice(in_season)


@lru_cache(maxsize=MOST_DAYS)
def _in_season(catalogue: Catalogue, day: date) -> Sequence[FilingCondition]:
    """What holds on a day and still does when the case is filed."""
    days = (day, day + _UNTIL_FILED)
    return [each for each in catalogue.conditions if all(holds(each, "", on) for on in days)]


def _point_in(grid: UnitGrid, random: Random) -> Point:
    west, south, east, north = grid.boundary.bounds
    for _ in range(50):
        point = Point(random.uniform(west, east), random.uniform(south, north))
        if grid.boundary.contains(point):
            return point
    return grid.boundary.representative_point()


def _one_of(weights: Mapping[str, float], random: Random) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def city_time(moment: datetime, zone: tzinfo) -> datetime:
    """A moment in the city's own time, to the second; one without a zone is meant so already."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(zone).replace(microsecond=0)
