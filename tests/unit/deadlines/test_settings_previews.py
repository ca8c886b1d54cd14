"""What other settings would do to open deadlines, told before they are saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import msgspec

from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines import (
    Deadline,
    DeadlineSettings,
    Lamp,
    SettingsPreview,
    extend,
    meet,
    pause,
    preview_settings,
    start,
    time_limit,
)
from tests.unit.deadlines.paper import moment
from tests.unit.deadlines.test_clocks import MONDAY_TEN, STANDARD, SUBJECT

USUAL = DeadlineSettings()


def running(name: str = "d1") -> Deadline:
    """Four work hours from Monday 10:00: warns at 15:42, is due at 16:30."""
    subject = msgspec.structs.replace(SUBJECT, deadline_id=name)
    return start(STANDARD, subject, limit=time_limit(4, "work_hour"), at=MONDAY_TEN)


def told(*deadlines: Deadline, at: datetime = MONDAY_TEN, **changes: object) -> SettingsPreview:
    proposed = replace(USUAL, **changes)
    return preview_settings(deadlines, lambda _: STANDARD, current=USUAL, proposed=proposed, at=at)


def test_a_share_that_is_reached_earlier_lets_some_begin_to_warn() -> None:
    found = told(running(), at=moment("2026-01-05 15:00"), warn_share=Decimal("0.5"))
    (move,) = found.moves
    # Two of the four hours: 10:00 to 12:00.
    assert move.after.deadline.warn_at == moment("2026-01-05 12:00")
    assert (move.before.lamp, move.after.lamp) == (Lamp.GREEN, Lamp.YELLOW)
    assert found.gained(lambda standing: standing.lamp is Lamp.YELLOW) == 1
    assert found.lost(lambda standing: standing.lamp is Lamp.YELLOW) == 0


def test_fewer_extensions_take_the_right_from_those_who_had_one() -> None:
    extended = extend(running("extended"), STANDARD, amount=Decimal(4), at=MONDAY_TEN)
    found = told(running("fresh"), extended, most_extensions=1)
    assert [move.before.deadline.subject.deadline_id for move in found.moves] == ["extended"]
    assert found.lost(lambda standing: standing.may_extend) == 1
    assert found.gained(lambda standing: standing.may_extend) == 0


def test_more_suspensions_give_the_right_and_what_has_ended_is_left_out() -> None:
    ended = meet(running("ended"), STANDARD, at=moment("2026-01-05 11:00"))
    none_allowed = replace(USUAL, most_suspensions=0)
    found = preview_settings(
        [running(), ended], lambda _: STANDARD, current=none_allowed, proposed=USUAL, at=MONDAY_TEN
    )
    assert (found.examined, found.gained(lambda standing: standing.may_suspend)) == (1, 1)


def test_the_same_settings_move_nothing() -> None:
    paused = pause(running("paused"), STANDARD, at=moment("2026-01-05 11:00"))
    assert told(running(), paused).moves == ()


def test_a_deadline_whose_calendar_is_gone_is_told_as_an_obstacle() -> None:
    def gone(_: str) -> CompiledCalendar:
        raise CalendarError("no_calendar", "", message_zh="没有日历", message_en="there is no calendar")

    found = preview_settings([running()], gone, current=USUAL, proposed=USUAL, at=MONDAY_TEN)
    assert [obstacle.problem.code for obstacle in found.obstacles] == ["no_calendar"]
