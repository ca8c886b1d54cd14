"""Between FEEL and JSON or Python's times nothing is lost and nothing is invented."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import (
    Date,
    DateTime,
    DayTimeDuration,
    FeelLimitExceeded,
    NotConvertible,
    from_datetime,
    from_json,
    to_datetime,
    to_json,
    to_timedelta,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
CITY = ZoneInfo("Asia/Shanghai")


@given(JSON)
def test_json_comes_back_as_it_went_in(value):
    assert to_json(from_json(value)) == value


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=8)))))
def test_an_instant_comes_back_as_it_went_in(moment):
    assert to_datetime(from_datetime(moment), UTC) == moment


@given(st.timedeltas())
def test_a_duration_comes_back_as_it_went_in(duration):
    nanoseconds = (duration.days * 86_400 + duration.seconds) * 10**9 + duration.microseconds * 1000
    assert to_timedelta(DayTimeDuration(nanoseconds)) == duration


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (2**53 - 1, 2**53 - 1),
        (2**53, Decimal(2**53)),
        (0.1, Decimal("0.1")),
        (Decimal("1.50"), Decimal("1.50")),
        (3.0, 3),
        ((1, 2), [1, 2]),
    ],
)
def test_numbers_stay_exact(given_, expected):
    result = to_json(from_json(given_))
    assert (type(result), result) == (type(expected), expected)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ('@"2026-11-22"', "2026-11-22"),
        ('@"2026-11-22T08:00:00@Asia/Shanghai"', "2026-11-22T08:00:00+08:00"),
        ('@"2026-07-01T08:00:00@Europe/Paris"', "2026-07-01T08:00:00+02:00"),
        ('@"2026-11-22T08:00:00"', "2026-11-22T08:00:00"),
        ('@"08:00:00.5Z"', "08:00:00.5Z"),
        ('@"P1DT2H"', "P1DT2H"),
        ('@"P14M"', "P1Y2M"),
        ("[1..3)", "[1..3)"),
        ("(> 3)", "(3..null)"),
    ],
)
def test_temporal_values_become_iso_text(value, text, iso):
    assert to_json(value(text)) == iso
    assert to_json(value(f"[{text}]")) == [iso]


def test_a_date_and_time_without_zone_takes_the_zone_of_the_city(value):
    local = value('@"2026-11-22T08:00:00"')
    assert to_datetime(local, CITY) == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert to_datetime(value('@"2026-11-22T08:00:00Z"'), CITY) == datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert to_datetime(Date(2026, 11, 22), CITY).date() == date(2026, 11, 22)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), Decimal("sNaN"), Decimal("1e7000"), object(), {1, 2}])
def test_what_is_no_json_is_refused(bad):
    with pytest.raises(NotConvertible):
        from_json(bad)


def test_an_integer_beyond_all_numbers_is_refused():
    with pytest.raises(NotConvertible):
        from_json(10**7000)


def test_endless_nesting_is_refused():
    nested: list[object] = []
    for _ in range(500):
        nested = [nested]
    with pytest.raises(FeelLimitExceeded):
        from_json(nested)
    with pytest.raises(FeelLimitExceeded):
        to_json(nested)


def test_what_python_cannot_represent_is_refused(value):
    with pytest.raises(NotConvertible):
        to_datetime(value('@"12026-11-22T08:00:00Z"'), UTC)
    with pytest.raises(NotConvertible):
        to_datetime(value('@"-0001-11-22T08:00:00"'), UTC)
    with pytest.raises(NotConvertible):
        to_timedelta(DayTimeDuration(10**30))
    with pytest.raises(NotConvertible):
        to_json(value("count"))
    with pytest.raises(NotConvertible):
        from_datetime(datetime(2026, 11, 22))  # noqa: DTZ001 - a naive moment is what is refused


def test_an_instant_keeps_its_offset():
    moment = from_datetime(datetime(2026, 11, 22, 8, 30, tzinfo=CITY))
    assert isinstance(moment, DateTime)
    assert str(moment) == "2026-11-22T08:30:00+08:00"
