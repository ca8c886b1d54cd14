"""Timers: armed when an element begins to wait, fired once and never early, cancelled when the flow goes elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.events import (
    InstanceCompleted,
    TaskOpened,
    TaskWithdrawn,
    TimerArmed,
    TimerCancelled,
    TimerFired,
)
from engine.spiff import LiveTree
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    exclusive,
    flow,
    inclusive,
    parallel,
    start,
    sub,
    terminate,
    timer,
    user,
)
from tests.unit.spiff.driving import NOW, Case

HOUR = timedelta(hours=1)


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=reloads)
    driven.start(**variables)
    return driven


def waiting(kind: str, text: str) -> tuple[str, ...]:
    return (start(), catch("w", timer(kind, text)), user("a"), chain("start", "w", "a"))


def reminded(cycle: str) -> tuple[str, ...]:
    """A task with a reminder that repeats."""
    remind = boundary("remind", "a", timer("timeCycle", cycle), interrupts=False)
    return (start(), user("a"), remind, user("note"), end(), chain("start", "a", "end"), chain("remind", "note"))


def escalated(*, interrupts: bool = True) -> tuple[str, ...]:
    """A task with one boundary timer of an hour."""
    late = boundary("late", "a", timer("timeDuration", "PT1H"), interrupts=interrupts)
    return (start(), user("a"), late, user("b"), end(), chain("start", "a", "end"), chain("late", "b"))


def test_an_event_in_the_flow_waits_for_its_moment(reloads: bool) -> None:
    driven = case(*waiting("timeDuration", "PT1H"), reloads=reloads)
    (armed,) = driven.of(TimerArmed)
    assert (armed.element, armed.due_at, armed.attached_to) == ("w", NOW + HOUR, "")
    assert driven.open == []
    assert driven.fire()
    assert driven.open == ["a"]
    assert driven.waiting == []
    assert [event.timer for event in driven.of(TimerFired)] == [armed.timer]
    assert driven.path == ["start", "start-w", "w", "w-a", "a"]


def test_a_timer_never_fires_early(reloads: bool) -> None:
    driven = case(*waiting("timeDuration", "PT1H"), reloads=reloads)
    (armed,) = driven.of(TimerArmed)
    assert not driven.fire(armed.timer, after=HOUR - timedelta(microseconds=1))
    assert driven.of(TimerFired) == []
    assert driven.fire(armed.timer, after=timedelta(microseconds=1))


def test_a_timer_fires_once(reloads: bool) -> None:
    driven = case(*waiting("timeDuration", "PT1H"), reloads=reloads)
    (armed,) = driven.of(TimerArmed)
    assert driven.fire(armed.timer, after=HOUR)
    assert not driven.fire(armed.timer, after=HOUR)
    assert not driven.fire(999, after=HOUR)
    assert driven.open == ["a"]


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDate", "2026-12-01T09:00:00+08:00", datetime(2026, 12, 1, 1, tzinfo=UTC)),
        ("timeDate", "2026-12-01T09:00:00", datetime(2026, 12, 1, 1, tzinfo=UTC)),
        ("timeDate", "2026-12-01", datetime(2026, 11, 30, 16, tzinfo=UTC)),
        ("timeDate", '= date and time("2026-12-01T09:00:00")', datetime(2026, 12, 1, 1, tzinfo=UTC)),
        ("timeDate", "= now() + @\"PT2H\"", NOW + 2 * HOUR),
        ("timeDate", "= when", datetime(2026, 12, 1, 1, 30, tzinfo=UTC)),
        ("timeDuration", "P1M", datetime(2026, 12, 22, 8, 30, tzinfo=UTC)),
        ("timeDuration", "= duration(span)", NOW + timedelta(minutes=90)),
        ("timeDuration", "= span", NOW + timedelta(minutes=90)),
    ],
)  # fmt: skip
def test_a_moment_is_computed_when_the_element_begins_to_wait(kind: str, text: str, due: datetime) -> None:
    driven = case(*waiting(kind, text), reloads=True, when="2026-12-01T09:30:00", span="PT1H30M")
    assert driven.of(TimerArmed)[0].due_at == due


def test_a_moment_that_has_passed_comes_after_a_second() -> None:
    driven = case(*waiting("timeDate", "2020-01-01T00:00:00Z"), reloads=True)
    assert driven.of(TimerArmed)[0].due_at == NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "= null"),
        ("timeDate", "= 5"),
        ("timeDate", '= "tomorrow"'),
        ("timeDate", '= date and time("-0044-03-15T00:00:00")'),
        ("timeDuration", '= duration("PT0S")'),
        ("timeDuration", '= duration("-PT5M")'),
        ("timeDuration", '= duration("P11Y")'),
        ("timeDuration", '= @"2026-01-01"'),
    ],
)
def test_what_is_computed_and_no_moment_is_a_fault_that_can_be_retried(kind: str, text: str) -> None:
    driven = case(*waiting(kind, text), reloads=True)
    assert driven.fault_codes == ["timer_unusable"]
    fault = next(iter(driven.tree.faults.values()))
    assert fault.element == "w"
    assert "w" in fault.message_zh
    driven.retry(fault.fault)
    assert driven.of(TimerArmed) == []


def test_an_interrupting_timer_withdraws_the_task_and_leaves_by_the_border(reloads: bool) -> None:
    driven = case(*escalated(), reloads=reloads)
    assert driven.of(TimerArmed)[0].attached_to == "a"
    assert driven.fire()
    assert driven.open == ["b"]
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["a"]
    assert driven.path[-3:] == ["late", "late-b", "b"]
    driven.complete("b")
    assert driven.of(InstanceCompleted)[0].ends == ["b"]


def test_a_timer_that_does_not_interrupt_leaves_the_task_open(reloads: bool) -> None:
    driven = case(*escalated(interrupts=False), reloads=reloads)
    assert driven.fire()
    assert driven.open == ["a", "b"]
    assert driven.waiting == []
    driven.complete("a")
    assert not driven.is_complete
    driven.complete("b")
    assert driven.is_complete


def test_completing_the_task_cancels_its_timers(reloads: bool) -> None:
    driven = case(*escalated(), reloads=reloads)
    (armed,) = driven.of(TimerArmed)
    driven.complete("a")
    assert driven.is_complete
    assert [event.timer for event in driven.of(TimerCancelled)] == [armed.timer]
    assert not driven.fire(armed.timer, after=2 * HOUR)


def test_cancelling_the_instance_cancels_its_timers() -> None:
    driven = Case(document(*escalated()), reloads=True)
    instance = driven.start()
    driven.cancel(instance)
    assert len(driven.of(TimerCancelled)) == 1


def test_a_terminate_end_cancels_the_timers_of_its_scope(reloads: bool) -> None:
    driven = case(
        start(), parallel("fork"), user("a"), terminate("stop"), catch("w", timer("timeDuration", "PT1H")), end(),
        chain("start", "fork", "a", "stop"), chain("fork", "w", "end"), reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    assert driven.is_complete
    assert [event.element for event in driven.of(TimerCancelled)] == ["w"]


def test_a_cycle_fires_as_often_as_it_says(reloads: bool) -> None:
    driven = case(*reminded("R3/PT1H"), reloads=reloads)
    dues = []
    while driven.waiting:
        dues.append(next(iter(driven.tree.timers.values())).due_at)
        assert driven.fire()
    assert dues == [NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR]
    assert driven.open == ["a", "note", "note", "note"]
    assert [event.repeats for event in driven.of(TimerArmed)] == [2, 1, 0]
    assert len({event.timer for event in driven.of(TimerArmed)}) == 3


def test_a_cycle_that_was_missed_fires_once_and_goes_on_in_step(reloads: bool) -> None:
    driven = case(*reminded("R3/PT1H"), reloads=reloads)
    assert driven.fire(after=timedelta(hours=5, minutes=20))
    assert driven.open == ["a", "note"]
    (armed,) = driven.tree.timers.values()
    assert armed.due_at == NOW + timedelta(hours=6)
    assert driven.of(TimerArmed)[-1].repeats == 1


def test_a_cycle_without_end_goes_on_until_the_task_is_completed(reloads: bool) -> None:
    driven = case(*reminded("R/PT1H"), reloads=reloads)
    for _ in range(20):
        assert driven.fire()
        driven.complete("note")
    driven.complete("a")
    assert driven.is_complete
    assert driven.waiting == []


def test_an_interrupted_sub_process_loses_everything_inside(reloads: bool) -> None:
    inside = (
        start("s"), parallel("f"), user("a"), catch("w", timer("timeDuration", "PT9H")),
        sub("inner", start("s2"), user("b"), boundary("late2", "b", timer("timeDuration", "PT8H")), chain("s2", "b")),
        chain("s", "f", "a"), chain("f", "w"), chain("f", "inner"),
    )  # fmt: skip
    driven = case(
        start(), sub("part", *inside), boundary("late", "part", timer("timeDuration", "PT1H")), user("after"),
        end(), chain("start", "part", "end"), chain("late", "after"), reloads=reloads,
    )  # fmt: skip
    assert driven.waiting == ["late", "late2", "w"]
    assert driven.fire()
    assert driven.open == ["after"]
    assert driven.waiting == []
    assert sorted(event.element for event in driven.of(TimerCancelled)) == ["late2", "w"]
    assert sorted(event.element for event in driven.of(TaskWithdrawn)) == ["a", "b"]


def test_timers_work_inside_a_sub_process(reloads: bool) -> None:
    inside = (
        start("s"), user("a"), boundary("late", "a", timer("timeDuration", "= limit")),
        catch("w", timer("timeDuration", "PT2H")), chain("s", "a"), chain("late", "w"),
    )  # fmt: skip
    driven = case(
        start(), sub("part", *inside), user("after"), chain("start", "part", "after"), reloads=reloads, limit="PT1H"
    )
    assert driven.fire()
    assert driven.waiting == ["w"]
    assert driven.fire()
    assert driven.open == ["after"]


def test_a_sub_process_that_ends_in_time_cancels_its_timer(reloads: bool) -> None:
    driven = case(
        start(), sub("part", start("s"), user("a"), chain("s", "a")),
        boundary("late", "part", timer("timeDuration", "PT1H")), user("b"), end(),
        chain("start", "part", "end"), chain("late", "b"), reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    assert driven.is_complete
    assert len(driven.of(TimerCancelled)) == 1


def test_a_loop_arms_its_timer_anew_each_time(reloads: bool) -> None:
    driven = case(
        start(), exclusive("again"), catch("w", timer("timeDuration", "PT1H")), user("a"),
        exclusive("ok", default="ok-end"), end(),
        chain("start", "again", "w", "a", "ok", "end"), flow("ok", "again", "= rework"), reloads=reloads,
    )  # fmt: skip
    for _ in range(50):
        assert driven.fire()
        driven.complete("a", rework=True)
    assert len(driven.tree.timers) == 1
    assert len({event.timer for event in driven.of(TimerArmed)}) == 51
    assert len(driven.tree.dump()) < 200


def test_a_loop_of_timers_alone_is_accepted() -> None:
    driven = case(
        start(), exclusive("again"), catch("w", timer("timeDate", "2020-01-01")), exclusive("ok", default="ok-again"),
        end(), chain("start", "again", "w", "ok", "again"), flow("ok", "end", "= done"), reloads=True, done=False,
    )  # fmt: skip
    assert driven.fire()
    assert driven.waiting == ["w"]


def test_an_inclusive_join_waits_for_a_token_that_may_still_come_by_a_border() -> None:
    driven = case(
        start(), inclusive("split"), user("a"), user("b"), user("c"),
        boundary("late", "b", timer("timeDuration", "PT1H"), interrupts=False),
        inclusive("join"), user("after"),
        chain("start", "split"), flow("split", "a", "= true"), flow("split", "b", "= true"),
        chain("a", "join", "after"), chain("late", "join"), chain("b", "c"), reloads=True,
    )  # fmt: skip
    driven.complete("a")
    assert driven.open == ["b"]
    driven.fire()
    assert driven.open == ["after", "b"]


def test_a_task_that_cannot_be_opened_arms_nothing_and_a_retry_arms_once(reloads: bool) -> None:
    asked = user("a").replace('candidateGroups="desk"', 'candidateGroups="= groups"')
    late = boundary("late", "a", timer("timeDuration", "PT1H"))
    driven = case(start(), asked, late, user("b"), chain("start", "a"), chain("late", "b"), reloads=reloads, groups=5)
    assert driven.fault_codes == ["assignment_failed"]
    assert driven.waiting == []


def test_a_boundary_timer_that_cannot_be_computed_leaves_the_task_unopened_until_a_retry(reloads: bool) -> None:
    late = boundary("late", "a", timer("timeDate", "= case.category"))
    driven = case(start(), user("a"), late, user("b"), chain("start", "a"), chain("late", "b"), reloads=reloads)
    assert driven.fault_codes == ["timer_unusable"]
    assert driven.of(TaskOpened) == []
    driven.facts.known["category"] = "2026-12-01"
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["a"]
    assert driven.waiting == ["late"]


def test_several_timers_of_one_task_fire_each_for_itself(reloads: bool) -> None:
    warn = boundary("warn", "a", timer("timeDuration", "PT1H"), interrupts=False)
    late = boundary("late", "a", timer("timeDuration", "PT2H"))
    driven = case(
        start(), user("a"), warn, late, user("b"), user("c"), end(),
        chain("start", "a", "end"), chain("warn", "b"), chain("late", "c"), reloads=reloads,
    )  # fmt: skip
    assert driven.fire()
    assert driven.open == ["a", "b"]
    assert driven.fire()
    assert driven.open == ["b", "c"]


def test_a_faulted_output_does_not_bring_the_timer_back(reloads: bool) -> None:
    asked = user("a", '<zeebe:ioMapping><zeebe:output source="= 5" target="case.category"/></zeebe:ioMapping>')
    late = boundary("late", "a", timer("timeDuration", "PT1H"))
    driven = case(start(), asked, late, user("b"), chain("start", "a"), chain("late", "b"), reloads=reloads)
    driven.complete("a")
    assert driven.fault_codes == ["fact_refused"]
    assert driven.waiting == []


def test_an_armed_timer_survives_being_stored_to_the_letter() -> None:
    driven = case(*reminded("R3/PT1H"), reloads=False)
    state = driven.tree.dump()
    again = LiveTree.load(state, lambda _sha: driven.definition)
    assert again.timers == driven.tree.timers
    assert again.dump() == state
