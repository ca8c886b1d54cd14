"""The compiled calendar against a plain walk over dates, and the laws of working time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from processes.calendars import (
    Calendar,
    CalendarError,
    CompiledCalendar,
    Side,
    calendar_from_json,
    calendar_to_json,
    compile_calendar,
    defects,
    from_seconds,
    to_seconds,
    version_of,
)
from tests.unit.calendars.strategies import calendars, moments

QUIETLY = settings(max_examples=60, deadline=None)


def spans_by_walking(calendar: CompiledCalendar, first: date, last: date) -> list[tuple[int, int]]:
    """Every window from ``first`` to ``last`` as seconds, told by the rows day by day."""
    zone = ZoneInfo(calendar.rows.zone)
    spans: list[tuple[int, int]] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        on = date.fromordinal(ordinal)
        midnight = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a wall time, given its zone below
        for window in calendar.day(on).windows:
            opens, closes = (
                int((midnight + after).replace(tzinfo=zone).timestamp()) for after in (window.opens, window.closes)
            )
            spans.append((opens, closes))
    return spans


def worked_by_walking(calendar: CompiledCalendar, begins: datetime, ends: datetime) -> int:
    first, last = (begins - timedelta(days=2)).date(), (ends + timedelta(days=2)).date()
    low, high = to_seconds(begins), to_seconds(ends)
    spans = spans_by_walking(calendar, first, last)
    return sum(max(0, min(closes, high) - max(opens, low)) for opens, closes in spans)


@QUIETLY
@given(calendars(), moments(), moments())
def test_working_time_is_what_a_walk_over_the_days_finds(calendar: Calendar, one: datetime, other: datetime) -> None:
    assume(calendar.zone in ("Asia/Shanghai", "UTC"))
    compiled = compile_calendar(calendar)
    begins, ends = sorted((one, other))
    expected = worked_by_walking(compiled, begins, ends)
    assert compiled.work_time_between(begins, ends) == timedelta(seconds=expected)
    assert compiled.work_time_between(ends, begins) == -timedelta(seconds=expected)


@QUIETLY
@given(calendars(), st.lists(moments(), min_size=3, max_size=3).map(sorted))
def test_working_time_and_work_days_add_up(calendar: Calendar, times: list[datetime]) -> None:
    compiled = compile_calendar(calendar)
    a, b, c = map(to_seconds, times)
    assert compiled.worked_between(a, b) + compiled.worked_between(b, c) == compiled.worked_between(a, c)
    days = compiled.work_days_between
    assert days(a, b) + days(b, c) == days(a, c)
    assert days(c, a) == -days(a, c)


@QUIETLY
@given(calendars(), moments(), st.integers(1, 50_000))
def test_working_time_added_is_found_again(calendar: Calendar, begins: datetime, worked: int) -> None:
    compiled = compile_calendar(calendar)
    start = to_seconds(begins)
    reached = compiled.moment_after_work(start, worked)
    assert compiled.worked_between(start, reached) == worked
    assert compiled.worked_between(start, reached - 1) == worked - 1, "the first moment, not a later one"


@QUIETLY
@given(calendars(), moments(), st.fractions(Fraction(1, 100), Fraction(30)), st.sampled_from(Side))
def test_work_days_added_are_found_again_to_the_second(
    calendar: Calendar, begins: datetime, days: Fraction, side: Side
) -> None:
    compiled = compile_calendar(calendar)
    start = to_seconds(begins)
    reached = compiled.moment_after_work_days(start, days, side)
    assert compiled.work_days_between(start, reached) >= days
    assert compiled.work_days_between(start, reached - 1) < days or side is Side.OPENING


@QUIETLY
@given(calendars(), moments())
def test_a_moment_is_inside_a_window_or_waits_for_the_next(calendar: Calendar, at: datetime) -> None:
    compiled = compile_calendar(calendar)
    moment = to_seconds(at)
    goes_on = compiled.when_work_goes_on(moment)
    assert goes_on >= moment
    assert compiled.worked_between(moment, goes_on) == 0
    assert compiled.worked_between(goes_on, goes_on + 1) == 1
    assert (compiled.side_of(moment) is Side.OPENING) or compiled.worked_between(moment - 1, moment) == 1


@QUIETLY
@given(calendars(), moments())
def test_the_next_work_day_opens_on_a_later_date(calendar: Calendar, at: datetime) -> None:
    compiled = compile_calendar(calendar)
    opening = compiled.moment(compiled.opening_of_next_work_day(to_seconds(at)))
    assert opening.date() > at.astimezone(compiled.zone).date()
    assert compiled.day(opening.date()).is_work_day
    between = range(at.astimezone(compiled.zone).date().toordinal() + 1, opening.date().toordinal())
    assert not any(compiled.day(date.fromordinal(ordinal)).is_work_day for ordinal in between)


@QUIETLY
@given(calendars())
def test_rows_survive_json_and_keep_their_version(calendar: Calendar) -> None:
    again = calendar_from_json(calendar_to_json(calendar))
    assert again == calendar
    assert version_of(again) == version_of(calendar)
    assert list(defects(again)) == []


@QUIETLY
@given(calendars())
def test_the_version_follows_every_row(calendar: Calendar) -> None:
    fewer_days = replace(calendar, local_days=calendar.local_days[:-1])
    assert (version_of(fewer_days) == version_of(calendar)) == (fewer_days == calendar)
    assert version_of(replace(calendar, name_zh="另一个")) != version_of(calendar)


@given(moments(), st.sampled_from(("Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati")))
def test_a_moment_is_the_same_second_in_every_zone(at: datetime, zone: str) -> None:
    seconds = to_seconds(at.astimezone(ZoneInfo(zone)))
    assert seconds == to_seconds(at)
    assert from_seconds(seconds, UTC) == at


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59+00:00", "1999-12-31T23:59:59+08:00", "2101-01-01T00:00Z"]
)
def test_a_moment_outside_the_supported_years_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="from 2000 to 2100") as refused:
        to_seconds(datetime.fromisoformat(text), "/started_at")
    assert (refused.value.code, refused.value.pointer) == ("moment_out_of_range", "/started_at")
    assert "2000 年至 2100 年" in refused.value.message_zh


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(CalendarError) as refused:
        to_seconds(datetime(2026, 1, 5))  # noqa: DTZ001 - the refusal of exactly this is tested
    assert refused.value.code == "moment_without_zone"


def test_a_fraction_of_a_second_is_cut_off() -> None:
    at = datetime(2026, 1, 5, 10, 0, 0, 999_999, tzinfo=UTC)
    assert from_seconds(to_seconds(at), UTC) == at.replace(microsecond=0)
