"""A case that is extended, suspended over a holiday, returned, reworked and escalated: every due time from paper.

The office is open 08:30-12:00 and 14:30-17:30: a work day has 6.5 hours. The limit of the disposal is 2 work days, and
a warning is due after 80 % of it, 1.6 work days. 2026-07-01 is a Wednesday. National Day is 2026-10-01 to 10-07.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import InvalidState
from processes.deadlines import Ending, LineKind, StartCause, explain, is_overdue
from tests.unit.spiff.drawing import boundary, chain, document, end, exclusive, flow, properties, start, timer, user
from tests.unit.timekeeping.keeping import CALENDAR, TREE, KeptCase, at

LIMITED = properties(deadline="disposal", deadlineLimit="2 工作日", deadlineUnit="U12")
CASE = document(
    start(),
    user("dispatch"),
    user("dispose", LIMITED),
    boundary("warned", "dispose", timer("timeDate", '= deadline("disposal").warn at'), interrupts=False),
    user("head"),
    boundary("late", "dispose", timer("timeDate", '= deadline("disposal").due at'), interrupts=False),
    user("lead"),
    user("verify"),
    exclusive("good", default="good-done"),
    end("done"),
    chain("start", "dispatch", "dispose", "verify", "good", "done"),
    chain("warned", "head"),
    chain("late", "lead"),
    flow("good", "dispose", "= passed = false"),
)


def dispatched(when: str) -> KeptCase:
    case = KeptCase(CASE, when)
    case.complete("dispatch", when)
    return case


def key_of(case: KeptCase) -> int:
    return case.act(lambda work: case.timekeeper.find(work, "disposal"))


def test_it_is_due_two_work_days_later_and_warns_before() -> None:
    case = dispatched("2026-07-01 10:00")
    clock = case.running("disposal").clock
    # Wed 10:00 is 1.5 h into the day. 2 days on: Fri 10:00. 1.6 days on: Thu, 1.5 + 3.9 = 5.4 h into the day: 16:24.
    assert (clock.due_at, clock.warn_at) == (at("2026-07-03 10:00"), at("2026-07-02 16:24"))
    assert clock.subject.unit_id == "U12"
    assert (case.timer("late").due_at, case.timer("warned").due_at) == (clock.due_at, clock.warn_at)
    assert case.task("dispose")[1].due_at == clock.due_at


def test_an_extension_adds_one_original_limit_and_moves_its_timers() -> None:
    case = dispatched("2026-07-01 10:00")
    key = key_of(case)
    case.act(lambda work: case.timekeeper.extend(work, key), "2026-07-02 09:00")
    # 4 days on from Wed 10:00: Thu, Fri, Mon, Tue 10:00. 3.2 days: Mon 10:00 and 1.3 h: 11:18.
    assert case.running("disposal").clock.due_at == at("2026-07-07 10:00")
    assert case.timer("late").due_at == at("2026-07-07 10:00")
    assert case.timer("warned").due_at == at("2026-07-06 11:18")
    assert case.task("dispose")[1].due_at == at("2026-07-07 10:00")
    lines = explain(case.running("disposal").clock, CALENDAR)
    assert [line.begins for line in lines if line.kind is LineKind.EXTENDED] == [at("2026-07-02 09:00")]


def test_no_more_than_two_extensions_are_granted_and_none_once_overdue() -> None:
    case = dispatched("2026-07-01 10:00")
    key = key_of(case)
    for _ in range(2):
        case.act(lambda work: case.timekeeper.extend(work, key))
    with pytest.raises(InvalidState, match="At most 2 extensions"):
        case.act(lambda work: case.timekeeper.extend(work, key))
    late = dispatched("2026-07-01 10:00")
    with pytest.raises(InvalidState, match="The deadline is overdue"):
        late.act(lambda work: late.timekeeper.extend(work, key), "2026-07-03 10:01")


def test_a_suspension_over_a_holiday_leaves_what_was_left() -> None:
    case = dispatched("2026-09-28 10:00")
    assert case.running("disposal").clock.due_at == at("2026-09-30 10:00")
    key = key_of(case)
    case.act(lambda work: case.timekeeper.pause(work, key), "2026-09-29 10:00")
    assert (case.running("disposal").clock.due_at, case.timer("late").due_at) == (None, None)
    assert case.task("dispose")[1].due_at is None
    assert not case.fire("late", "2026-10-08 14:59")

    case.act(lambda work: case.timekeeper.resume(work, key), "2026-10-08 15:00")
    # One day was used on Mon and Tue. Thu 10-08 15:00 is 4 h into the day; one day on: Fri 10-09 15:00.
    # 0.6 days on: 3.9 h. 2.5 h are left on Thu, so 1.4 h into Fri: 09:54.
    assert case.running("disposal").clock.due_at == at("2026-10-09 15:00")
    assert case.timer("late").due_at == at("2026-10-09 15:00")
    assert case.timer("warned").due_at == at("2026-10-09 09:54")


def test_after_a_return_the_next_unit_gets_the_full_limit_and_the_first_keeps_what_it_used() -> None:
    case = dispatched("2026-09-28 10:00")
    task = case.task("dispose")[0]

    def returned(work: object) -> None:
        work._live_tree().move(task, "dispatch", work._step())  # type: ignore[attr-defined]

    case.act(returned, "2026-09-29 10:00")
    first = case.deadlines("disposal")[0].clock
    assert (first.ending, first.used) == (Ending.RETURNED, Decimal(1))

    case.complete("dispatch", "2026-09-29 11:00")
    # Tue 11:00. One day on: Wed 09-30 11:00; the next work day is Thu 10-08: 11:00.
    clock = case.running("disposal").clock
    assert (clock.due_at, clock.cause, clock.attempt) == (at("2026-10-08 11:00"), StartCause.AFTER_RETURN, 1)


def test_rework_gets_a_fresh_limit_and_counts() -> None:
    case = dispatched("2026-07-01 10:00")
    case.complete("dispose", "2026-07-02 15:00")
    # Wed 10:00 to Thu 15:00: 5 h on Wed, 4 h on Thu, 9 h of 6.5 h a day.
    assert case.deadlines("disposal")[0].clock.used == Decimal("1.384615")
    assert case.timer("late").is_open is False
    case.complete("verify", "2026-07-03 09:00", passed=False)
    # Fri 09:00. Mon, Tue: 09:00.
    clock = case.running("disposal").clock
    assert (clock.due_at, clock.cause, clock.attempt) == (at("2026-07-07 09:00"), StartCause.REWORK, 2)
    assert [row.is_latest for row in case.deadlines("disposal")] == [False, True]


def test_escalation_fires_at_its_moments_and_not_before() -> None:
    case = dispatched("2026-07-01 10:00")
    assert not case.fire("warned", "2026-07-02 16:23")
    assert case.fire("warned", "2026-07-02 16:24")
    assert not case.fire("late", "2026-07-03 09:59")
    assert case.fire("late", "2026-07-03 10:00")
    assert {case.task(element)[1].is_open for element in ("head", "lead", "dispose")} == {True}
    assert not is_overdue(case.running("disposal").clock, at("2026-07-03 10:00"))
    assert is_overdue(case.running("disposal").clock, at("2026-07-03 10:01"))


def test_the_log_alone_makes_the_rows() -> None:
    case = dispatched("2026-09-28 10:00")
    key = key_of(case)
    case.act(lambda work: case.timekeeper.extend(work, key), "2026-09-28 11:00")
    case.act(lambda work: case.timekeeper.pause(work, key), "2026-09-29 10:00")
    case.act(lambda work: case.timekeeper.resume(work, key), "2026-10-08 15:00")
    case.complete("dispose", "2026-10-09 09:00")
    case.complete("verify", "2026-10-09 10:00", passed=False)
    assert case.refolded() == case.store.rows(TREE, "deadline")
