"""Arrivals against closures: everything that came and went is drawn once."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from guiliu.simulation import CityDays
from guiliu.simulation.flows import flows

END = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Asia/Shanghai"))


def moments(days: int) -> st.SearchStrategy[list[tuple[int, int | None]]]:
    second = st.integers(0, days * 86_400)
    return st.lists(st.tuples(second, st.none() | second))


@given(st.integers(1, 20).flatmap(lambda days: st.tuples(st.just(days), moments(days))))
def test_nothing_is_lost_in_the_picture(drawn: tuple[int, list[tuple[int, int | None]]]) -> None:
    days, seconds = drawn
    played = CityDays(days=days, cases=1, seed=1, end=END)
    cases = [
        (
            played.start + timedelta(seconds=came),
            None if went is None else played.start + timedelta(seconds=max(came, went)),
        )
        for came, went in seconds
    ]
    stretches = flows(cases, played)
    assert sum(stretch.reported for stretch in stretches) == len(cases)
    assert sum(stretch.ended for stretch in stretches) == sum(went is not None for _, went in cases)
    assert stretches[-1].backlog == sum(went is None for _, went in cases)
    assert all(stretch.backlog >= 0 for stretch in stretches)


def test_few_days_are_drawn_in_quarters_and_many_day_by_day() -> None:
    assert len(flows([], CityDays(days=5, cases=1, seed=1, end=END))) == 20
    assert len(flows([], CityDays(days=30, cases=1, seed=1, end=END))) == 30
