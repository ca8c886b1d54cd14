"""The life of one deadline: start, pause, resume, extend, meet, and the calendar changing under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from processes.calendars import (
    CompiledCalendar,
    DayKind,
    DaySpan,
    compile_calendar,
    sample_calendars,
)
from processes.deadlines import (
    Deadline,
    DeadlineError,
    DeadlineSettings,
    Ending,
    ExtensionAmount,
    ExtensionWindow,
    Lamp,
    LineKind,
    Pause,
    Run,
    StartCause,
    Subject,
    SuccessorLimit,
    cancel,
    elapsed,
    explain,
    extend,
    extension_amount,
    extension_refusal,
    hand_over,
    is_overdue,
    lamp,
    meet,
    pause,
    preview,
    rebase,
    remaining,
    resume,
    rework,
    start,
    suspension_refusal,
    time_limit,
)
from tests.unit.deadlines.paper import moment

SAMPLES = sample_calendars()
STANDARD = compile_calendar(SAMPLES["standard"])
SUBJECT = Subject(deadline_id="d1", case_id="c1", stage="disposal", unit_id="water")
OTHER_UNIT = Subject(deadline_id="d2", case_id="c1", stage="disposal", unit_id="roads")
DEFAULTS = DeadlineSettings()
MONDAY_TEN = moment("2026-01-05 10:00")


def four_hours() -> Deadline:
    """Monday 10:00 and 4 work hours: due Monday 16:30, warning after 3.2 h at 15:42."""
    return start(STANDARD, SUBJECT, limit=time_limit(4, "work_hour"), at=MONDAY_TEN)


def with_day_off(on: date) -> CompiledCalendar:
    off = DaySpan(kind=DayKind.LOCAL_DAY_OFF, begins=on, ends=on, name_zh="停工日", name_en="day off")
    return compile_calendar(replace(SAMPLES["standard"], local_days=(off,)))


def test_a_deadline_says_what_it_was_derived_under() -> None:
    deadline = four_hours()
    assert (deadline.calendar_key, deadline.calendar_version) == ("standard", STANDARD.version)
    assert (deadline.warn_at, deadline.due_at) == (moment("2026-01-05 15:42"), moment("2026-01-05 16:30"))
    assert (deadline.cause, deadline.attempt, deadline.is_open) == (StartCause.FIRST, 1, True)


def test_a_deadline_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        four_hours().due_at = None  # type: ignore[misc]  # the refusal of exactly this is tested


def test_a_start_is_cut_to_the_second_and_told_in_the_citys_zone() -> None:
    at = datetime(2026, 1, 5, 2, 0, 0, 700_000, tzinfo=UTC)
    deadline = start(STANDARD, SUBJECT, limit=time_limit(4, "工作时"), at=at)
    assert deadline.started_at.isoformat() == "2026-01-05T10:00:00+08:00"


def test_a_paused_clock_does_not_run() -> None:
    paused = pause(four_hours(), STANDARD, at=moment("2026-01-05 11:00"))
    assert (paused.due_at, paused.warn_at, paused.is_paused) == (None, None, True)
    for at in ("2026-01-05 11:00", "2026-01-06 09:00", "2026-03-01 00:00"):
        assert elapsed(STANDARD, paused.run, moment(at)) == 1
        assert lamp(paused, moment(at)) is Lamp.GREY


def test_a_resumed_clock_goes_on_with_what_was_left() -> None:
    paused = pause(four_hours(), STANDARD, at=moment("2026-01-05 11:00"))
    resumed = resume(paused, STANDARD, at=moment("2026-01-06 08:30"))
    assert resumed.due_at == moment("2026-01-06 11:30")
    assert remaining(STANDARD, resumed.run, moment("2026-01-06 09:30")) == 2


def test_a_deadline_paused_after_its_time_stays_overdue() -> None:
    paused = pause(four_hours(), STANDARD, at=moment("2026-01-06 09:00"))
    assert paused.due_at == moment("2026-01-05 16:30")
    assert is_overdue(paused, moment("2026-01-06 09:00"))
    assert lamp(resume(paused, STANDARD, at=moment("2026-01-07 09:00")), moment("2026-01-07 09:00")) is Lamp.RED


def test_a_pause_that_begins_on_the_due_second_comes_too_late() -> None:
    paused = pause(four_hours(), STANDARD, at=moment("2026-01-05 16:30"))
    assert paused.due_at == moment("2026-01-05 16:30")
    resumed = resume(paused, STANDARD, at=moment("2026-01-06 09:00"))
    assert resumed.due_at == moment("2026-01-05 16:30")
    assert LineKind.PAUSED not in {line.kind for line in explain(resumed, STANDARD)}


def test_pausing_twice_and_resuming_a_running_clock_are_refused() -> None:
    paused = pause(four_hours(), STANDARD, at=moment("2026-01-05 11:00"))
    with pytest.raises(DeadlineError, match="already paused"):
        pause(paused, STANDARD, at=moment("2026-01-05 11:30"))
    with pytest.raises(DeadlineError, match="not paused"):
        resume(four_hours(), STANDARD, at=moment("2026-01-05 11:30"))


@pytest.mark.parametrize(("begins", "ends"), [("09:59", "11:00"), ("11:00", "10:30")])
def test_a_pause_out_of_order_is_refused(begins: str, ends: str) -> None:
    with pytest.raises(DeadlineError) as refused:
        resume(
            pause(four_hours(), STANDARD, at=moment(f"2026-01-05 {begins}")), STANDARD, at=moment(f"2026-01-05 {ends}")
        )
    assert refused.value.code == "pause_order"


def test_only_the_last_pause_may_be_open() -> None:
    pauses = (Pause(moment("2026-01-05 11:00")), Pause(moment("2026-01-05 15:00"), moment("2026-01-05 16:00")))
    with pytest.raises(DeadlineError) as refused:
        Run(MONDAY_TEN, time_limit(4, "work_hour"), pauses)
    assert refused.value.code == "pause_order"


def test_lamps_turn_at_the_warning_and_after_the_due_second() -> None:
    deadline = four_hours()
    shown = {at: lamp(deadline, moment(f"2026-01-05 {at}")) for at in ("15:41:59", "15:42", "16:30", "16:30:01")}
    assert list(shown.values()) == [Lamp.GREEN, Lamp.YELLOW, Lamp.YELLOW, Lamp.RED]


def test_a_met_deadline_keeps_its_time_and_its_lamp() -> None:
    met = meet(four_hours(), STANDARD, at=moment("2026-01-05 16:00"))
    assert (met.met_at, met.used, met.ending) == (moment("2026-01-05 16:00"), Decimal("3.5"), Ending.MET)
    assert lamp(met, moment("2027-01-01 00:00")) is Lamp.YELLOW
    assert not is_overdue(met, moment("2027-01-01 00:00"))


def test_met_on_the_second_is_in_time_and_one_later_is_not() -> None:
    in_time = meet(four_hours(), STANDARD, at=moment("2026-01-05 16:30"))
    late = meet(four_hours(), STANDARD, at=moment("2026-01-05 16:30:01"))
    assert not is_overdue(in_time, moment("2026-02-01 00:00"))
    assert is_overdue(late, moment("2026-02-01 00:00"))


def test_an_ended_deadline_takes_no_further_change() -> None:
    ended = cancel(four_hours(), STANDARD, at=moment("2026-01-05 11:00"))
    assert (ended.met_at, ended.used) == (None, Decimal(1))
    for change in (
        lambda: pause(ended, STANDARD, at=MONDAY_TEN),
        lambda: meet(ended, STANDARD, at=MONDAY_TEN),
        lambda: extend(ended, STANDARD, amount=Decimal(1), at=MONDAY_TEN),
    ):
        with pytest.raises(DeadlineError) as refused:
            change()
        assert refused.value.code == "already_ended"


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(DeadlineError) as refused:
        meet(four_hours(), STANDARD, at=MONDAY_TEN - timedelta(seconds=1))
    assert refused.value.code == "end_before_start"


def test_an_extension_moves_due_and_warning() -> None:
    extended = extend(four_hours(), STANDARD, amount=Decimal(4), at=moment("2026-01-05 16:00"))
    assert extended.due_at == moment("2026-01-06 11:30"), "8 h: 5 h Monday, 3 h Tuesday"
    assert extended.warn_at == moment("2026-01-06 09:54"), "6.4 h: 5 h Monday, 1.4 h Tuesday"


def test_extensions_follow_the_citys_rule() -> None:
    before, after = moment("2026-01-05 16:00"), moment("2026-01-05 16:31")
    deadline = four_hours()
    assert extension_refusal(deadline, DEFAULTS, at=before) is None
    assert extension_amount(deadline, DEFAULTS, requested=Decimal(9)) == 4
    assert extension_refusal(deadline, DEFAULTS, at=moment("2026-01-05 16:30")) is None, "not overdue on the second"
    late = extension_refusal(deadline, DEFAULTS, at=after)
    assert late is not None
    assert late.code == "overdue"
    lenient = replace(DEFAULTS, extension_window=ExtensionWindow.WHILE_OPEN)
    assert extension_refusal(deadline, lenient, at=after) is None
    for _ in range(2):
        deadline = extend(deadline, STANDARD, amount=Decimal(4), at=before)
    used_up = extension_refusal(deadline, DEFAULTS, at=before)
    assert used_up is not None
    assert used_up.code == "extensions_used_up"
    ended = extension_refusal(meet(deadline, STANDARD, at=before), DEFAULTS, at=before)
    assert ended is not None
    assert ended.code == "already_ended"


def test_an_extension_as_requested_needs_an_amount() -> None:
    free = replace(DEFAULTS, extension_amount=ExtensionAmount.AS_REQUESTED)
    assert extension_amount(four_hours(), free, requested=Decimal("1.5")) == Decimal("1.5")
    with pytest.raises(DeadlineError) as refused:
        extension_amount(four_hours(), free, requested=None)
    assert refused.value.code == "amount_missing"


@pytest.mark.parametrize(
    ("days", "code"), [(30, None), (365, None), (366, "suspension_length"), (0, "suspension_length")]
)
def test_a_suspension_lasts_no_longer_than_the_city_allows(days: int, code: str | None) -> None:
    refusal = suspension_refusal(four_hours(), DEFAULTS, at=MONDAY_TEN, until=MONDAY_TEN + timedelta(days=days))
    assert (refusal.code if refusal else None) == code


def test_a_second_suspension_is_refused() -> None:
    paused = pause(four_hours(), STANDARD, at=moment("2026-01-05 11:00"))
    resumed = resume(paused, STANDARD, at=moment("2026-01-05 12:00"))
    later = moment("2026-02-01 00:00")
    codes = [
        refusal.code
        for deadline in (paused, resumed, cancel(resumed, STANDARD, at=moment("2026-01-05 15:00")))
        if (refusal := suspension_refusal(deadline, DEFAULTS, at=moment("2026-01-05 15:00"), until=later))
    ]
    assert codes == ["already_paused", "suspensions_used_up", "already_ended"]


def test_after_a_return_the_next_unit_gets_a_full_limit_and_the_first_keeps_its_used_time() -> None:
    succession = hand_over(four_hours(), STANDARD, DEFAULTS, subject=OTHER_UNIT, at=moment("2026-01-05 15:00"))
    former, successor = succession.former, succession.successor
    assert (former.ending, former.used, former.subject.unit_id) == (Ending.RETURNED, Decimal("2.5"), "water")
    assert successor.subject.unit_id == "roads"
    assert successor.limit == former.limit
    assert (successor.due_at, successor.cause) == (moment("2026-01-06 10:00"), StartCause.AFTER_RETURN)
    assert successor.attempt == 1


def test_a_city_may_give_the_next_unit_only_what_is_left() -> None:
    rest = replace(DEFAULTS, after_return=SuccessorLimit.REMAINDER)
    successor = hand_over(four_hours(), STANDARD, rest, subject=OTHER_UNIT, at=moment("2026-01-05 15:00")).successor
    assert successor.limit.amount == Decimal("1.5")
    assert successor.due_at == four_hours().due_at


def test_what_is_left_of_an_overdue_clock_is_next_to_nothing() -> None:
    rest = replace(DEFAULTS, after_return=SuccessorLimit.REMAINDER)
    at = moment("2026-01-06 09:00")
    successor = hand_over(four_hours(), STANDARD, rest, subject=OTHER_UNIT, at=at).successor
    assert successor.due_at == at + timedelta(seconds=1)


def test_rework_gets_a_fresh_limit_and_counts() -> None:
    met = meet(four_hours(), STANDARD, at=moment("2026-01-05 15:00"))
    again = rework(met, STANDARD, DEFAULTS, subject=OTHER_UNIT, at=moment("2026-01-07 09:00")).successor
    assert (again.attempt, again.cause, again.limit) == (2, StartCause.REWORK, met.limit)
    assert again.due_at == moment("2026-01-07 15:30")
    met_again = meet(again, STANDARD, at=moment("2026-01-07 15:00"))
    third = rework(met_again, STANDARD, DEFAULTS, subject=SUBJECT, at=moment("2026-01-08 09:00")).successor
    assert third.attempt == 3


def test_rework_on_the_remainder_is_a_setting() -> None:
    met = meet(four_hours(), STANDARD, at=moment("2026-01-05 15:00"))
    strict = replace(DEFAULTS, after_rework=SuccessorLimit.REMAINDER)
    again = rework(met, STANDARD, strict, subject=SUBJECT, at=moment("2026-01-07 09:00")).successor
    assert again.due_at == moment("2026-01-07 10:30")


def test_only_met_work_can_be_done_again() -> None:
    with pytest.raises(DeadlineError) as refused:
        rework(four_hours(), STANDARD, DEFAULTS, subject=SUBJECT, at=moment("2026-01-07 09:00"))
    assert refused.value.code == "not_met"


def test_the_warning_share_is_a_setting() -> None:
    deadline = start(STANDARD, SUBJECT, limit=time_limit(2, "work_hour"), at=MONDAY_TEN, warn_share=Decimal("0.5"))
    assert deadline.warn_at == moment("2026-01-05 11:00")
    with pytest.raises(DeadlineError) as refused:
        start(STANDARD, SUBJECT, limit=time_limit(2, "work_hour"), at=MONDAY_TEN, warn_share=Decimal("1.1"))
    assert refused.value.pointer == "/warn_share"


def test_a_calendar_change_moves_open_deadlines_and_leaves_ended_ones() -> None:
    calendar = with_day_off(date(2026, 1, 5))
    moved = rebase(four_hours(), calendar)
    assert (moved.due_at, moved.calendar_version) == (moment("2026-01-06 15:00"), calendar.version)
    ended = meet(four_hours(), STANDARD, at=moment("2026-01-05 16:00"))
    assert rebase(ended, calendar) is ended


def test_a_deadline_is_not_derived_under_another_calendar() -> None:
    with pytest.raises(DeadlineError) as refused:
        rebase(four_hours(), compile_calendar(SAMPLES["seasonal"]))
    assert refused.value.code == "other_calendar"


def test_a_preview_tells_who_moves_who_becomes_overdue_and_who_is_rescued() -> None:
    limit, at = time_limit(1, "work_day"), moment("2026-08-19 12:00")
    calendar = with_day_off(date(2026, 8, 18))
    names = {"in time": "2026-08-18 16:00", "untouched": "2026-08-19 09:00", "late": "2026-08-17 09:00"}
    before = [
        start(STANDARD, msgspec.structs.replace(SUBJECT, deadline_id=name), limit=limit, at=moment(begins))
        for name, begins in names.items()
    ]
    forward = preview([*before, meet(before[0], STANDARD, at=at)], calendar, at=at)
    assert forward.examined == 3
    assert {move.before.subject.deadline_id for move in forward.moves} == {"in time", "late"}
    assert [move.before.subject.deadline_id for move in forward.rescued] == []
    much_later = preview(before, calendar, at=moment("2026-09-30 12:00"))
    assert (len(much_later.moves), much_later.newly_overdue, much_later.rescued) == (2, (), ()), "late either way"
    rescued = preview(before, calendar, at=moment("2026-08-18 12:00")).rescued
    assert [move.before.subject.deadline_id for move in rescued] == ["late"]
    back = preview([rebase(deadline, calendar) for deadline in before], STANDARD, at=moment("2026-08-18 12:00"))
    assert [move.before.subject.deadline_id for move in back.newly_overdue] == ["late"]
    assert back.calendar_version == STANDARD.version


def test_a_preview_reports_what_the_proposed_calendar_cannot_derive() -> None:
    long_ago = start(STANDARD, SUBJECT, limit=time_limit(2500, "work_day"), at=moment("2089-06-01 10:00"))
    fridays = compile_calendar(replace(SAMPLES["standard"], working_weekdays=(5,)))
    seen = preview([long_ago], fridays, at=MONDAY_TEN)
    assert [obstacle.problem.code for obstacle in seen.obstacles] == ["beyond_horizon"]
    assert seen.moves == ()


def test_an_explanation_names_the_days_off_the_pause_and_the_end() -> None:
    deadline = start(STANDARD, SUBJECT, limit=time_limit(3, "work_day"), at=moment("2026-02-13 16:00"))
    paused = pause(deadline, STANDARD, at=moment("2026-02-24 09:30"))
    standing = explain(paused, STANDARD)
    assert standing[-1].kind is LineKind.STANDING
    resumed = resume(paused, STANDARD, at=moment("2026-02-25 09:30"))
    extended = extend(resumed, STANDARD, amount=Decimal(1), at=moment("2026-02-25 10:00"))
    met = meet(extended, STANDARD, at=moment("2026-02-26 10:00"))
    lines = explain(met, STANDARD)
    assert [line.kind.value for line in lines[:3]] == ["limit", "start", "extended"]
    assert any("2026-02-15 周日 至 2026-02-23 周一 春节" in line.message_zh for line in lines)
    assert any("Sun 2026-02-15 to Mon 2026-02-23, Spring Festival" in line.message_en for line in lines)
    [pause_line] = [line for line in lines if line.kind is LineKind.PAUSED]
    assert (pause_line.begins, pause_line.ends) == (moment("2026-02-24 09:30"), moment("2026-02-25 09:30"))
    assert lines[-1].kind is LineKind.ENDED
    assert "2.4615 工作日" in lines[-1].message_zh, "1.5 h, 6.5 h, 1 h, 5.5 h, 1.5 h = 16 h of 6.5 h a day"


def test_an_explanation_under_another_calendar_version_says_so() -> None:
    kinds = [line.kind for line in explain(four_hours(), with_day_off(date(2026, 3, 2)))]
    assert LineKind.OTHER_VERSION in kinds
    assert LineKind.OTHER_VERSION not in [line.kind for line in explain(four_hours(), STANDARD)]


def test_a_long_derivation_stays_readable() -> None:
    deadline = start(STANDARD, SUBJECT, limit=time_limit(200, "work_day"), at=MONDAY_TEN)
    lines = explain(deadline, STANDARD)
    assert len(lines) < 50
    assert sum((line.counted for line in lines), start=Fraction(0)) == 200
