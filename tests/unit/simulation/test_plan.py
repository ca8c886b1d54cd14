"""The same seed gives the same days, and the days look like those of a city."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from shapely import Point

from guiliu.simulation import CityDays, city_time
from guiliu.simulation.habits import shipped_habits
from guiliu.simulation.plan import Arrival, arrivals
from guiliu.simulation.workforce import hands
from processes.cases import CHANNELS
from processes.catalogue.sample.reading import sample_catalogue
from processes.territory.sample import sample_grids

ZONE = ZoneInfo("Asia/Shanghai")
#: A Friday.
END = datetime(2026, 11, 20, 18, tzinfo=ZONE)
HABITS, CATALOGUE, GRIDS = shipped_habits(), sample_catalogue(), sample_grids().valid()


def drawn(seed: int, days: int = 5, cases: int = 400) -> list[Arrival]:
    return arrivals(CityDays(days=days, cases=cases, seed=seed, end=END), HABITS, CATALOGUE, GRIDS)


def test_the_same_seed_gives_the_same_days_and_another_seed_gives_others() -> None:
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_all_cases_arrive_within_the_days_in_the_order_of_time() -> None:
    moments = [arrival.at for arrival in drawn(3)]
    assert len(moments) == 400
    assert moments == sorted(moments)
    assert END - timedelta(days=5) <= moments[0]
    assert moments[-1] < END


def test_more_is_reported_by_day_than_by_night() -> None:
    by_hour = Counter(arrival.at.hour for arrival in drawn(4, cases=2000))
    assert sum(by_hour[hour] for hour in range(8, 18)) > 5 * sum(by_hour[hour] for hour in range(6))


def test_everything_lies_in_a_grid_and_is_of_the_catalogue() -> None:
    for arrival in drawn(5, cases=50):
        assert CATALOGUE.condition(arrival.condition.key) == arrival.condition
        assert CATALOGUE.subcategory(arrival.condition.subcategory).name in arrival.description
        point = Point(arrival.lon, arrival.lat).buffer(1e-5)
        assert any(grid.boundary.intersects(point) for grid in GRIDS)


def test_every_channel_of_the_habits_is_one_of_the_city() -> None:
    assert set(HABITS.channels) <= set(CHANNELS)


def test_every_class_that_a_burst_is_about_exists() -> None:
    classes = {each.key for each in CATALOGUE.classes}
    assert all(each in classes for burst in HABITS.bursts for each in burst.classes)


@pytest.mark.parametrize(
    ("moment", "meant"),
    [
        (datetime(2026, 11, 20, 18), datetime(2026, 11, 20, 18, tzinfo=ZONE)),  # noqa: DTZ001 - what is tried
        (datetime(2026, 11, 20, 10, 0, 0, 5, tzinfo=ZoneInfo("UTC")), datetime(2026, 11, 20, 18, tzinfo=ZONE)),
    ],
)
def test_a_moment_without_a_zone_is_the_citys_own(moment: datetime, meant: datetime) -> None:
    assert city_time(moment, ZONE) == meant


def test_no_two_of_those_who_work_in_the_city_are_called_the_same() -> None:
    called = list(islice(HABITS.names(), 400))
    assert len(set(called)) == 400
    assert all(2 <= len(name) <= 3 for name in called)


def test_a_city_of_more_cases_has_more_people() -> None:
    def posts(cases_a_day: float) -> Counter[str]:
        return Counter(hand.post for hand in hands(HABITS, cases_a_day, ["drainage"], "centre"))

    usual = {**HABITS.places, "clerk": HABITS.places_of_a_unit}
    assert posts(1) == posts(HABITS.cases_a_day) == usual
    assert posts(4 * HABITS.cases_a_day) == {post: 4 * places for post, places in usual.items()}
