"""A calendar that changed: open deadlines are counted anew with their timers, what has ended stays as it was judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from processes.calendars import DayKind, DaySpan, compile_calendar, sample_calendars
from tests.unit.timekeeping.keeping import at
from tests.unit.timekeeping.test_a_case import dispatched

OFF = DaySpan(
    kind=DayKind.LOCAL_DAY_OFF, begins=date(2026, 7, 2), ends=date(2026, 7, 2), name_zh="那达慕", name_en="Naadam"
)
CHANGED = compile_calendar(replace(sample_calendars()["standard"], local_days=(OFF,)))


def test_a_day_off_moves_what_is_open() -> None:
    case = dispatched("2026-07-01 10:00")
    case.calendar = CHANGED
    assert case.act(case.timekeeper.rederive, "2026-07-01 11:00") == ["disposal"]
    # Wed 10:00; Thu is off; Fri, Mon 10:00.
    assert case.running("disposal").clock.due_at == at("2026-07-06 10:00")
    assert case.timer("late").due_at == at("2026-07-06 10:00")
    assert case.running("disposal").clock.calendar_version == CHANGED.version


def test_counting_anew_twice_changes_nothing_more() -> None:
    case = dispatched("2026-07-01 10:00")
    case.calendar = CHANGED
    case.act(case.timekeeper.rederive)
    told = len(case.events)
    assert case.act(case.timekeeper.rederive) == []
    assert len(case.events) == told


def test_what_has_ended_stays_as_it_was_judged() -> None:
    case = dispatched("2026-07-01 10:00")
    case.complete("dispose", "2026-07-02 15:00")
    before = case.deadlines("disposal")
    case.calendar = CHANGED
    assert case.act(case.timekeeper.rederive) == []
    assert case.deadlines("disposal") == before
