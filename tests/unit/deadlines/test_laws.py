"""Laws that hold for every calendar, start and limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from processes.calendars import Calendar, CompiledCalendar, Window, compile_calendar, to_seconds
from processes.deadlines import (
    LimitUnit,
    LineKind,
    Pause,
    Run,
    Subject,
    TimeLimit,
    due_at,
    due_at_of,
    elapsed,
    elapsed_between,
    explain,
    is_overdue,
    lamp,
    remaining,
    share_reached_at,
    start,
)
from tests.unit.calendars.strategies import calendars, moments
from tests.unit.deadlines.paper import moment, paper_calendars

QUIETLY = settings(max_examples=60, deadline=None)
FIXED = paper_calendars()
SECOND = timedelta(seconds=1)

every_unit = st.sampled_from(LimitUnit)
whole_day_units = st.sampled_from((LimitUnit.WORK_DAY, LimitUnit.WORK_DAY_FROM_NEXT))
known_calendars = st.sampled_from(sorted(FIXED)).map(FIXED.__getitem__)
any_calendar = st.one_of(known_calendars, calendars().map(compile_calendar))


@st.composite
def limits(draw: st.DrawFn, unit: LimitUnit | None = None) -> TimeLimit:
    chosen = unit or draw(every_unit)
    if chosen is LimitUnit.WORK_DAY_FROM_NEXT:
        return TimeLimit(Decimal(draw(st.integers(1, 20))), chosen)
    return TimeLimit(Decimal(draw(st.integers(1, 4_000))) / 100, chosen)


@QUIETLY
@given(any_calendar, limits(), moments(), moments())
def test_a_later_start_is_never_due_earlier(
    calendar: CompiledCalendar, limit: TimeLimit, one: datetime, other: datetime
) -> None:
    earlier, later = sorted((one, other))
    assert due_at(calendar, earlier, limit) <= due_at(calendar, later, limit)


@QUIETLY
@given(any_calendar, every_unit, moments(), st.data())
def test_a_longer_limit_is_never_due_earlier(
    calendar: CompiledCalendar, unit: LimitUnit, begins: datetime, data: st.DataObject
) -> None:
    shorter, longer = sorted((data.draw(limits(unit)), data.draw(limits(unit))), key=lambda limit: limit.amount)
    assert due_at(calendar, begins, shorter) <= due_at(calendar, begins, longer)


def test_a_work_day_of_twenty_four_hours_from_the_next_ends_at_its_midnight() -> None:
    rows = FIXED["standard"].rows
    whole_day = Window(timedelta(0), timedelta(days=1))
    calendar = compile_calendar(
        replace(rows, seasons=tuple(replace(one, windows=(whole_day,)) for one in rows.seasons))
    )
    saturday = moment("2025-12-20 08:00")
    due = due_at(calendar, saturday, TimeLimit(Decimal(1), LimitUnit.WORK_DAY_FROM_NEXT))
    assert due == moment("2025-12-23 00:00")


@QUIETLY
@given(any_calendar, limits(), moments())
def test_what_elapses_until_due_is_the_limit(calendar: CompiledCalendar, limit: TimeLimit, begins: datetime) -> None:
    due = due_at(calendar, begins, limit)
    passed = elapsed_between(calendar, begins, due, limit.unit)
    a_second_less = elapsed_between(calendar, begins, due - SECOND, limit.unit)
    assert passed >= limit.quantity
    assert a_second_less < limit.quantity or (a_second_less == passed and limit.unit is LimitUnit.WORK_DAY)


@QUIETLY
@given(known_calendars, st.integers(1, 30), moments(), every_unit)
def test_whole_limits_elapse_exactly(
    calendar: CompiledCalendar, amount: int, begins: datetime, unit: LimitUnit
) -> None:
    assume(unit is not LimitUnit.WORK_DAY or calendar in (FIXED["standard"], FIXED["eight_hours"]))
    limit = TimeLimit(Decimal(amount), unit)
    assert elapsed_between(calendar, begins, due_at(calendar, begins, limit), unit) == amount


@QUIETLY
@given(any_calendar, moments(), st.integers(1, 200_000), st.integers(1, 200_000))
def test_work_hours_may_be_split_anywhere(calendar: CompiledCalendar, begins: datetime, one: int, other: int) -> None:
    start_second = to_seconds(begins)
    halfway = calendar.moment_after_work(start_second, one)
    assert calendar.moment_after_work(halfway, other) == calendar.moment_after_work(start_second, one + other)


@QUIETLY
@given(any_calendar, moments(), st.integers(1, 40), st.integers(1, 40))
def test_whole_work_hour_limits_may_be_split(
    calendar: CompiledCalendar, begins: datetime, one: int, other: int
) -> None:
    first, second, both = (TimeLimit(Decimal(amount), LimitUnit.WORK_HOUR) for amount in (one, other, one + other))
    assert due_at(calendar, due_at(calendar, begins, first), second) == due_at(calendar, begins, both)


@QUIETLY
@given(
    moments(), st.integers(1, 9), st.integers(1, 9), st.sampled_from((LimitUnit.WORK_DAY, LimitUnit.WORK_DAY_FROM_NEXT))
)
def test_whole_work_days_of_equal_length_may_be_split(begins: datetime, one: int, other: int, unit: LimitUnit) -> None:
    calendar = FIXED["standard"]
    first, second, both = (TimeLimit(Decimal(amount), unit) for amount in (one, other, one + other))
    assert due_at(calendar, due_at(calendar, begins, first), second) == due_at(calendar, begins, both)


@QUIETLY
@given(moments(), st.integers(1, 9))
def test_a_work_day_of_equal_length_keeps_the_time_of_day(near: datetime, days: int) -> None:
    calendar = FIXED["standard"]
    begins = calendar.moment(calendar.when_work_goes_on(to_seconds(near)))
    due = due_at(calendar, begins, TimeLimit(Decimal(days), LimitUnit.WORK_DAY))
    assert due.timetz() == begins.timetz()
    assert calendar.day(due.date()).is_work_day


@QUIETLY
@given(any_calendar, limits(), moments(), st.sampled_from(("UTC", "America/St_Johns", "Pacific/Kiritimati")))
def test_the_zone_a_start_is_told_in_changes_nothing(
    calendar: CompiledCalendar, limit: TimeLimit, begins: datetime, zone: str
) -> None:
    assert due_at(calendar, begins, limit) == due_at(calendar, begins.astimezone(ZoneInfo(zone)), limit)


def without_work(calendar: CompiledCalendar, near: datetime, window: int) -> tuple[int, int]:
    """The stretch without work after one of the windows of the first work day from ``near`` on."""
    on = calendar.moment(calendar.when_work_goes_on(to_seconds(near))).date()
    windows = calendar.day(on).windows
    midnight = datetime(on.year, on.month, on.day, tzinfo=calendar.zone)
    closing = to_seconds(midnight + windows[window % len(windows)].closes)
    return closing, calendar.when_work_goes_on(closing)


A_WORK_DAY = TimeLimit(Decimal(1), LimitUnit.WORK_DAY)
working_units = st.sampled_from((LimitUnit.WORK_HOUR, LimitUnit.WORK_DAY, LimitUnit.WORK_DAY_FROM_NEXT))


@QUIETLY
@given(known_calendars, working_units.flatmap(limits), moments(), moments(), st.integers(0, 1), st.integers(0, 99))
@example(FIXED["standard"], A_WORK_DAY, moment("2026-01-05 12:00"), moment("2026-01-05 11:00"), 0, 20)
@example(FIXED["standard"], A_WORK_DAY, moment("2026-01-09 08:30"), moment("2026-01-09 17:00"), 1, 60)
def test_a_pause_while_nobody_works_changes_nothing(
    calendar: CompiledCalendar, limit: TimeLimit, begins: datetime, near: datetime, window: int, part: int
) -> None:
    closing, opening = without_work(calendar, near, window)
    first = closing + (opening - closing) * part // 100
    assume(to_seconds(begins) <= first)
    pause = Pause(calendar.moment(first), calendar.moment(opening))
    assert due_at_of(calendar, Run(begins, limit, (pause,))) == due_at(calendar, begins, limit)


@QUIETLY
@given(any_calendar, st.integers(1, 40), moments(), st.integers(0, 100_000), st.integers(1, 200_000))
def test_a_pause_moves_work_hours_by_exactly_the_work_it_covers(
    calendar: CompiledCalendar, hours: int, begins: datetime, after: int, length: int
) -> None:
    limit = TimeLimit(Decimal(hours), LimitUnit.WORK_HOUR)
    pause = Pause(begins + after * SECOND, begins + (after + length) * SECOND)
    assume(pause.begins < due_at(calendar, begins, limit))
    covered = calendar.worked_between(to_seconds(begins) + after, to_seconds(begins) + after + length)
    expected = calendar.moment_after_work(to_seconds(begins), hours * 3600 + covered)
    assert due_at_of(calendar, Run(begins, limit, (pause,))) == calendar.moment(expected)


@QUIETLY
@given(any_calendar, limits(), moments(), st.integers(0, 100_000), st.integers(0, 100_000), moments())
def test_elapsed_and_remaining_make_the_limit_and_stand_in_a_pause(
    calendar: CompiledCalendar, limit: TimeLimit, begins: datetime, after: int, length: int, at: datetime
) -> None:
    pause = Pause(begins + after * SECOND, begins + (after + length) * SECOND)
    run = Run(begins, limit, (pause,))
    assert elapsed(calendar, run, at) + remaining(calendar, run, at) == limit.quantity
    assert pause.ends is not None
    assert elapsed(calendar, run, pause.begins) == elapsed(calendar, run, pause.ends)
    assert elapsed(calendar, run, at) >= 0


@QUIETLY
@given(any_calendar, limits(), moments(), st.integers(0, 300_000))
def test_a_clock_without_the_end_of_its_pause_is_due_only_if_it_was_before(
    calendar: CompiledCalendar, limit: TimeLimit, begins: datetime, after: int
) -> None:
    paused_at = begins + after * SECOND
    due = due_at(calendar, begins, limit)
    reached = share_reached_at(calendar, Run(begins, limit), Fraction(1))
    standing = due_at_of(calendar, Run(begins, limit, (Pause(paused_at),)))
    assert reached is not None
    assert standing == (due if reached <= paused_at else None)


@QUIETLY
@given(any_calendar, limits(), moments(), st.lists(moments(), min_size=3, max_size=8).map(sorted))
def test_a_lamp_only_turns_from_green_over_yellow_to_red(
    calendar: CompiledCalendar, limit: TimeLimit, begins: datetime, times: list[datetime]
) -> None:
    deadline = start(calendar, SUBJECT, limit=limit, at=begins)
    assert deadline.warn_at is not None
    assert deadline.due_at is not None
    assert deadline.started_at <= deadline.warn_at <= deadline.due_at
    order = ["green", "yellow", "red"]
    shown = [order.index(lamp(deadline, at)) for at in times]
    assert shown == sorted(shown)
    assert [is_overdue(deadline, at) for at in times] == [at > deadline.due_at for at in times]


@QUIETLY
@given(any_calendar, limits(), moments())
def test_every_explanation_adds_up_and_ends_at_the_due_time(
    calendar: CompiledCalendar, limit: TimeLimit, begins: datetime
) -> None:
    deadline = start(calendar, SUBJECT, limit=limit, at=begins)
    assert deadline.due_at is not None
    lines = explain(deadline, calendar)
    counted = sum((line.counted for line in lines), start=Fraction(0))
    assert counted == elapsed_between(calendar, deadline.started_at, deadline.due_at, limit.unit)
    assert [line.begins for line in lines if line.kind is LineKind.DUE] == [deadline.due_at]
    assert len(lines) < 50
    assert all(line.message_zh and line.message_en for line in lines)


@QUIETLY
@given(calendars(), limits(), moments())
def test_announcing_what_was_computed_moves_nothing(calendar: Calendar, limit: TimeLimit, begins: datetime) -> None:
    bare = replace(calendar, announced_years=(), local_days=())
    provisional, renamed = compile_calendar(bare), compile_calendar(replace(bare, name_en="renamed"))
    assert due_at(provisional, begins, limit) == due_at(renamed, begins, limit)
    assert provisional.version != renamed.version
    assert provisional.is_provisional(begins, begins)


SUBJECT = Subject(deadline_id="d1", case_id="c1", stage="disposal", unit_id="u1")
