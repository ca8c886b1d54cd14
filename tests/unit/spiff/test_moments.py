"""Moments of timers: laws that hold for every time and every interval."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import DayTimeDuration, from_datetime
from engine.spiff.attributes import TimerKind
from engine.spiff.limits import LONGEST_WAIT, SHORTEST_CYCLE, SHORTEST_WAIT
from engine.spiff.moments import Cycle, TimeRefused, first_due, next_due, read_time

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it
INTERVALS = st.timedeltas(SHORTEST_CYCLE, timedelta(days=400))
BEIJING = ZoneInfo("Asia/Shanghai")


@given(MOMENTS, INTERVALS, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_the_next_moment_of_a_cycle_is_the_first_one_to_come_and_in_step(
    due: datetime, interval: timedelta, late: timedelta
) -> None:
    following = next_due(due, interval, due + late)
    assert following > due + late
    assert following - interval <= due + late
    assert (following - due) % interval == timedelta(0)


@given(MOMENTS, st.timedeltas(SHORTEST_WAIT, LONGEST_WAIT))
def test_a_duration_ends_exactly_so_long_after_it_began(now: datetime, wait: timedelta) -> None:
    microseconds = wait // timedelta(microseconds=1)
    assert first_due(DayTimeDuration(microseconds * 1000), now, BEIJING) == now + wait


@given(MOMENTS, INTERVALS, MOMENTS)
def test_a_cycle_with_a_beginning_is_first_due_in_step_with_it(
    begins: datetime, interval: timedelta, now: datetime
) -> None:
    due = first_due(Cycle(interval, None, from_datetime(begins)), now, BEIJING)
    assert due >= max(begins, now + SHORTEST_WAIT)
    assert (due - begins) % interval == timedelta(0)
    assert due == begins or due - interval <= now + SHORTEST_WAIT


@pytest.mark.parametrize("begins", ["2026-01-05T08:00:00", "2026-01-05T00:00:00Z", "2026-01-05T08:00:00@Asia/Shanghai"])
def test_the_beginning_of_a_cycle_is_of_the_city_unless_it_says_otherwise(begins: str) -> None:
    reading = read_time(TimerKind.CYCLE, f"R3/{begins}/P7D")
    now = datetime(2026, 2, 26, 4, tzinfo=UTC)
    assert first_due(reading, now, BEIJING) == datetime(2026, 3, 2, 0, tzinfo=UTC)


@given(MOMENTS, MOMENTS)
def test_a_date_is_never_due_sooner_than_after_a_second(now: datetime, date: datetime) -> None:
    reading = read_time(TimerKind.DATE, date.isoformat())
    assert first_due(reading, now, BEIJING) == max(date, now + SHORTEST_WAIT)


@given(
    st.sampled_from(list(TimerKind)), st.text(max_size=30) | st.from_regex(r"\A-?R?[0-9]{0,3}/?P[0-9YMDTHS.]{0,12}\Z")
)
def test_any_text_is_read_or_refused_with_words(kind: TimerKind, text: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    try:
        due = first_due(read_time(kind, text), now, BEIJING)
    except TimeRefused as refused:
        due, words = None, (refused.message_zh, refused.message_en)
    assert all(words) if due is None else due > now


def test_months_are_those_of_the_citys_calendar() -> None:
    # 1 February in the city, still 31 January in UTC.
    now = datetime(2027, 1, 31, 17, tzinfo=UTC)
    assert first_due(read_time(TimerKind.DURATION, "P1M"), now, BEIJING) == datetime(2027, 2, 28, 17, tzinfo=UTC)


@pytest.mark.parametrize(("text", "firings"), [("R3/PT1H", 3), ("R/PT1H", None), ("R10000/PT1H", 10_000)])
def test_a_cycle_says_how_often(text: str, firings: int | None) -> None:
    assert read_time(TimerKind.CYCLE, text) == Cycle(timedelta(hours=1), firings)


def test_a_year_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(TimeRefused):
        first_due(read_time(TimerKind.DATE, "99999-01-01T00:00:00"), datetime(2026, 1, 1, tzinfo=UTC), BEIJING)
