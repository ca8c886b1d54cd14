"""What a date is, under the sample calendars and under rows that disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from processes.calendars import (
    AnnouncedYear,
    CompiledCalendar,
    DayKind,
    DaySpan,
    Side,
    Window,
    compile_calendar,
    sample_calendars,
    to_seconds,
)

DAY = timedelta(hours=24)
SAMPLES = sample_calendars()
OFF_2025 = "01-01..01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08"
OFF_2026 = "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07"
WORKED_WEEKENDS = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


@pytest.fixture(scope="module")
def standard() -> CompiledCalendar:
    return compile_calendar(SAMPLES["standard"])


def dates(year: int, spans: str) -> set[date]:
    found: set[date] = set()
    for span in spans.split():
        begins, ends = (date.fromisoformat(f"{year}-{on}") for on in span.split(".."))
        found |= {begins + timedelta(days=day) for day in range((ends - begins).days + 1)}
    return found


@pytest.mark.parametrize(("year", "spans"), [(2025, OFF_2025), (2026, OFF_2026)])
def test_each_date_of_an_announced_year_is_what_the_announcement_says(
    standard: CompiledCalendar, year: int, spans: str
) -> None:
    off = dates(year, spans)
    worked = {date.fromisoformat(f"{year}-{on}") for on in WORKED_WEEKENDS[year]}
    for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        on = date.fromordinal(ordinal)
        expected = on in worked or (on not in off and on.isoweekday() <= 5)
        assert standard.day(on).is_work_day is expected, on
        assert not standard.day(on).is_provisional


def test_worked_weekends_are_really_weekends() -> None:
    assert all(
        date.fromisoformat(f"{year}-{on}").isoweekday() > 5 for year, dates_ in WORKED_WEEKENDS.items() for on in dates_
    )


def test_an_unannounced_year_knows_weekdays_and_fixed_holidays_only(standard: CompiledCalendar) -> None:
    assert standard.day(date(2027, 10, 1)).kind is DayKind.HOLIDAY
    assert standard.day(date(2027, 10, 4)).is_work_day, "the days between are not known yet"
    assert not standard.day(date(2027, 2, 6)).is_work_day, "a Saturday"
    assert standard.day(date(2027, 2, 8)).is_provisional


def test_importing_a_year_ends_its_being_provisional() -> None:
    rows = SAMPLES["standard"]
    spring = DaySpan(
        kind=DayKind.HOLIDAY, begins=date(2027, 2, 5), ends=date(2027, 2, 11), name_zh="春节", name_en="Spring Festival"
    )
    imported = AnnouncedYear(year=2027, source="test", days=(spring,))
    calendar = compile_calendar(replace(rows, announced_years=(*rows.announced_years, imported)))
    assert not calendar.day(date(2027, 2, 8)).is_work_day
    assert not calendar.day(date(2027, 2, 8)).is_provisional
    assert calendar.day(date(2027, 10, 1)).is_work_day, "an announced year lists all its holidays itself"
    assert calendar.version != compile_calendar(rows).version


def test_an_announcement_may_reach_into_the_december_before() -> None:
    rows = SAMPLES["standard"]
    new_year = DaySpan(
        kind=DayKind.HOLIDAY, begins=date(2026, 12, 31), ends=date(2027, 1, 2), name_zh="元旦", name_en="New Year"
    )
    imported = AnnouncedYear(year=2027, source="test", days=(new_year,))
    calendar = compile_calendar(replace(rows, announced_years=(*rows.announced_years, imported)))
    assert not calendar.day(date(2026, 12, 31)).is_work_day


def test_a_local_row_prevails_over_the_announcement() -> None:
    duty = DaySpan(
        kind=DayKind.MAKE_UP_WORK_DAY, begins=date(2026, 5, 1), ends=date(2026, 5, 1), name_zh="值班", name_en="duty"
    )
    calendar = compile_calendar(replace(SAMPLES["standard"], local_days=(duty,)))
    assert calendar.day(date(2026, 5, 1)).is_work_day
    assert not calendar.day(date(2026, 5, 2)).is_work_day


def test_a_season_over_the_years_end_holds_on_both_sides() -> None:
    calendar = compile_calendar(SAMPLES["seasonal"])
    for on, opens in ((date(2025, 12, 31), 9), (date(2026, 1, 5), 9), (date(2026, 4, 30), 9), (date(2026, 5, 6), 8.5)):
        assert calendar.day(on).windows[0].opens == timedelta(hours=opens), on


def test_only_years_touched_make_a_span_provisional(standard: CompiledCalendar) -> None:
    december, january = (
        datetime(2026, 12, 31, 23, tzinfo=standard.zone),
        datetime(2027, 1, 1, tzinfo=standard.zone),
    )
    assert not standard.is_provisional(december, december)
    assert standard.is_provisional(december, january)


def test_a_window_may_end_at_midnight_and_the_next_begin_there() -> None:
    rows = SAMPLES["standard"]
    around_the_clock = replace(
        rows,
        working_weekdays=tuple(range(1, 8)),
        seasons=(
            replace(rows.seasons[0], windows=(replace(rows.seasons[0].windows[0], opens=timedelta(), closes=DAY),)),
        ),
        announced_years=(),
        fixed_holidays=(),
    )
    calendar = compile_calendar(around_the_clock)
    begins = datetime(2025, 12, 30, 7, tzinfo=calendar.zone)
    assert calendar.work_time_between(begins, begins + 5 * DAY) == 5 * DAY


def berlin(*spans: tuple[float, float]) -> CompiledCalendar:
    """Worked every day in a zone whose clocks go forward on 2026-03-29 and back on 2026-10-25."""
    rows = SAMPLES["standard"]
    windows = tuple(Window(timedelta(hours=opens), timedelta(hours=closes)) for opens, closes in spans)
    seasons = (replace(rows.seasons[0], windows=windows),)
    every_day = replace(rows, zone="Europe/Berlin", working_weekdays=tuple(range(1, 8)), seasons=seasons)
    return compile_calendar(replace(every_day, announced_years=(), fixed_holidays=()))


def test_an_hour_that_the_zone_skips_is_not_worked_and_a_repeated_one_is_twice() -> None:
    calendar = berlin((0, 24))
    spring, autumn = datetime(2026, 3, 29, tzinfo=calendar.zone), datetime(2026, 10, 25, tzinfo=calendar.zone)
    assert calendar.work_time_between(spring, spring + DAY) == timedelta(hours=23)
    assert calendar.work_time_between(autumn, autumn + DAY) == timedelta(hours=25)


def test_windows_that_meet_across_a_skipped_hour_count_no_second_twice() -> None:
    calendar = berlin((1, 2.75), (3, 4))
    spring = datetime(2026, 3, 29, tzinfo=calendar.zone)
    assert calendar.work_time_between(spring, spring + DAY) == timedelta(hours=2), "01:00 to 04:00 lasts two hours"


def test_a_day_whose_only_window_is_skipped_is_no_work_day() -> None:
    calendar = berlin((2, 3))
    begins, ends = datetime(2026, 3, 28, tzinfo=calendar.zone), datetime(2026, 3, 31, tzinfo=calendar.zone)
    assert calendar.work_days_between(to_seconds(begins), to_seconds(ends)) == 2
    on_the_day = to_seconds(datetime(2026, 3, 29, 12, tzinfo=calendar.zone))
    assert calendar.work_days_between(to_seconds(begins), on_the_day) == 1


def test_windows_may_touch() -> None:
    calendar = berlin((8.5, 12), (12, 17.5))
    begins = datetime(2026, 1, 5, tzinfo=calendar.zone)
    assert calendar.work_time_between(begins, begins + DAY) == timedelta(hours=9)
    assert calendar.side_of(to_seconds(begins + timedelta(hours=12))) is Side.CLOSING
