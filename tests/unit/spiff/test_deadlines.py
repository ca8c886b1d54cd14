"""Deadlines as the engine sees them: begun and ended with their elements, and followed by timers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.deadlines import DeadlineAsked, Moments, Outcome
from engine.effects import Effect
from engine.errors import Invalid
from engine.events import TaskDueMoved, TaskOpened, TimerArmed, TimerMoved
from engine.feel import STANDARD, Evaluation, Parameter, Value, from_datetime, table_function
from engine.spiff import Declared, lint_process
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    exclusive,
    extensions,
    flow,
    properties,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.driving import NOW, Case

HOUR = timedelta(hours=1)


@dataclass
class Clock:
    """A clock of so many hours."""

    name: str
    unit: str
    due_at: datetime
    is_open: bool = True
    outcome: Outcome | None = None
    is_paused: bool = False

    @property
    def moments(self) -> Moments:
        """It warns an hour before it is due."""
        return Moments(None, None) if self.is_paused else Moments(self.due_at - HOUR, self.due_at)


@dataclass
class Clocks:
    """A host whose limits are hours by the wall."""

    now: datetime = NOW
    kept: dict[int, Clock] = field(default_factory=dict)

    def start(self, asked: DeadlineAsked) -> None:
        if not isinstance(asked.limit, str):
            raise Invalid("limit", "时限不是文字", "Expected a text")
        self.kept[asked.key] = Clock(asked.name, str(asked.unit), self.now + int(asked.limit) * HOUR)

    def end(self, key: int, outcome: Outcome) -> str | None:
        clock = self.kept.get(key)
        if clock is None or not clock.is_open:
            return None
        clock.is_open, clock.outcome = False, outcome
        return clock.name

    def affect(self, effect: Effect) -> None:
        raise NotImplementedError("no procedure of these tests does")

    def is_open(self, key: int) -> bool:
        return key in self.kept and self.kept[key].is_open

    def is_running(self, name: str) -> bool:
        return any(clock.name == name and clock.is_open for clock in self.kept.values())

    def moments(self, key: int) -> Moments:
        return self.kept[key].moments if key in self.kept else Moments(None, None)

    def called(self, name: str) -> Clock:
        """The last one of a name."""
        return [clock for clock in self.kept.values() if clock.name == name][-1]


def deadline(evaluation: Evaluation, name: str) -> Value:
    """What the host answers expressions."""
    clocks = evaluation.subject
    assert isinstance(clocks, Clocks)
    found = next((clock for clock in reversed(clocks.kept.values()) if clock.name == name), None)
    due_at = found.moments.due_at if found else None
    return {"due at": from_datetime(due_at) if due_at else None}


FUNCTIONS = STANDARD.extended(
    [
        table_function(
            "deadline",
            (Parameter("name"),),
            deadline,
            help_zh="时限",
            help_en="A deadline",
            example="true",
            members=("due at",),
        )
    ]
)


def limited(**more: str) -> str:
    return properties(deadline="work", deadlineLimit="4", **more)


def case(*parts: str, reloads: bool) -> Case:
    driven = Case(document(*parts), reloads=reloads, functions=FUNCTIONS, deadlines=Clocks())
    driven.start()
    return driven


def clocks(driven: Case) -> Clocks:
    assert isinstance(driven.deadlines, Clocks)
    return driven.deadlines


def reminded(*inner: str) -> tuple[str, ...]:
    """A task with a deadline and a border that follows it."""
    late = boundary("late", "a", timer("timeDate", '= deadline("work").due at'), interrupts=False)
    return (start(), user("a", *inner), late, user("note"), end(), chain("start", "a", "end"), chain("late", "note"))


def test_it_begins_with_its_activity_and_is_met_when_that_is_done(reloads: bool) -> None:
    driven = case(start(), user("a", limited(deadlineUnit="U12")), user("b"), chain("start", "a", "b"), reloads=reloads)
    [clock] = clocks(driven).kept.values()
    assert (clock.is_open, clock.unit) == (True, "U12")
    driven.complete("a")
    assert (clock.is_open, clock.outcome) == (False, Outcome.MET)


def test_it_is_left_unmet_when_its_activity_is_cancelled(reloads: bool) -> None:
    quit_ = boundary("quit", "a", timer("timeDuration", "PT1H"))
    driven = case(
        start(), user("a", limited()), quit_, user("b"), chain("start", "a"), chain("quit", "b"), reloads=reloads
    )
    driven.fire(after=HOUR)
    assert clocks(driven).called("work").outcome is Outcome.LEFT


def test_it_is_handed_over_when_the_flow_is_moved_elsewhere(reloads: bool) -> None:
    driven = case(start(), user("first"), user("a", limited()), chain("start", "first", "a"), reloads=reloads)
    driven.complete("first")
    driven.move("a", "first")
    assert clocks(driven).called("work").outcome is Outcome.HANDED_OVER


def test_a_task_says_when_it_is_due_by_the_nearest_deadline_around_it(reloads: bool) -> None:
    parts = (start("s"), user("a"), user("b", properties(deadline="b", deadlineLimit="1")), chain("s", "a", "b"))
    inner = sub("part", *parts, inner=extensions(limited()))
    driven = case(start(), inner, chain("start", "part"), reloads=reloads)
    driven.complete("a")
    dues = {opened.element: opened.due_at for opened in driven.of(TaskOpened)}
    assert dues == {"a": NOW + 4 * HOUR, "b": NOW + HOUR}


def test_a_limit_that_comes_to_nothing_is_a_fault_and_begins_nothing(reloads: bool) -> None:
    task = user("a", properties(deadline="work", deadlineLimit="= hours"))
    driven = case(start(), task, chain("start", "a"), reloads=reloads)
    assert (driven.fault_codes, driven.open, clocks(driven).kept) == (["deadline_unusable"], [], {})


def test_a_timer_moves_with_the_deadline_that_it_names(reloads: bool) -> None:
    driven = case(*reminded(limited()), reloads=reloads)
    [armed] = driven.of(TimerArmed)
    assert armed.due_at == NOW + 4 * HOUR

    clocks(driven).called("work").due_at += HOUR
    driven.deadline_moved("work")

    assert [moved.due_at for moved in driven.of(TimerMoved)] == [NOW + 5 * HOUR]
    assert [moved.due_at for moved in driven.of(TaskDueMoved)] == [NOW + 5 * HOUR]
    assert not driven.fire(after=4 * HOUR)
    assert driven.fire(after=HOUR)
    assert driven.open == ["a", "note"]


def test_a_timer_waits_for_nothing_while_its_deadline_is_paused(reloads: bool) -> None:
    driven = case(*reminded(limited()), reloads=reloads)
    clocks(driven).called("work").is_paused = True
    driven.deadline_moved("work")
    assert not driven.fire(after=100 * HOUR)

    clocks(driven).called("work").is_paused = False
    clocks(driven).called("work").due_at = driven.now + HOUR
    driven.deadline_moved("work")
    assert driven.fire(after=HOUR)


def test_a_deadline_that_did_not_move_moves_no_timer(reloads: bool) -> None:
    driven = case(*reminded(limited()), reloads=reloads)
    driven.deadline_moved("work")
    driven.deadline_moved("other")
    assert driven.of(TimerMoved) == []


def test_a_timer_waits_until_the_deadline_begins_and_no_longer_than_it_runs(reloads: bool) -> None:
    part = sub("part", start("s"), user("first"), user("a", limited()), user("last"), chain("s", "first", "a", "last"))
    late = boundary("late", "part", timer("timeDate", '= deadline("work").due at'), interrupts=False)
    driven = case(start(), part, late, user("note"), chain("start", "part"), chain("late", "note"), reloads=reloads)
    assert [armed.due_at for armed in driven.of(TimerArmed)] == [None]
    driven.complete("first")
    driven.complete("a")
    assert [moved.due_at for moved in driven.of(TimerMoved)] == [NOW + 4 * HOUR, None]


def test_a_process_may_have_a_deadline_from_one_element_to_another(reloads: bool) -> None:
    declared = extensions(properties(deadline="case", deadlineLimit="9", deadlineFrom="b", deadlineUntil="c"))
    driven = case(declared, start(), user("a"), user("b"), user("c"), chain("start", "a", "b", "c"), reloads=reloads)
    assert clocks(driven).kept == {}
    driven.complete("a")
    assert clocks(driven).called("case").is_open
    driven.complete("b")
    assert clocks(driven).called("case").outcome is Outcome.MET


def test_a_process_that_ends_elsewhere_leaves_its_deadline_unmet(reloads: bool) -> None:
    declared = extensions(properties(deadline="case", deadlineLimit="9", deadlineUntil="c"))
    parts = (declared, start(), user("a"), exclusive("x", default="x-end"), end(), user("c"))
    driven = case(*parts, chain("start", "a", "x", "end"), flow("x", "c", "= n = 1"), reloads=reloads)
    driven.complete("a", n=2)
    assert clocks(driven).called("case").outcome is Outcome.LEFT


def test_a_process_meets_its_deadline_with_its_end_unless_it_says_with_what(reloads: bool) -> None:
    declared = extensions(properties(deadline="case", deadlineLimit="9"))
    driven = case(declared, start(), user("a"), end(), chain("start", "a", "end"), reloads=reloads)
    driven.complete("a")
    assert clocks(driven).called("case").outcome is Outcome.MET


def test_where_nobody_counts_a_deadline_is_a_fault() -> None:
    driven = Case(document(*reminded(limited())), functions=FUNCTIONS)
    driven.start()
    assert driven.fault_codes == ["deadline_unusable"]


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        ("timeDate", "= deadline(x)", "timer.deadline_computed"),
        ("timeCycle", '= if deadline("work") = null then "R/PT1H" else "R/PT2H"', "timer.deadline_cycle"),
        ("timeDate", '= deadline("case").due at', "timer.deadline_elsewhere"),
    ],
)
def test_timers_that_cannot_follow_are_told(kind: str, text: str, rule: str) -> None:
    late = boundary("late", "a", timer(kind, text), interrupts=False)
    source = document(start(), user("a", limited()), late, user("b"), chain("start", "a"), chain("late", "b"))
    assert rule in {finding.rule for finding in lint_process(source, functions=FUNCTIONS)}


def test_a_written_limit_is_judged_by_who_knows_limits() -> None:
    source = document(*reminded(limited()))
    declared = Declared(facts={}, limit_problem=lambda written: (f"{written} 没有单位", f"{written} has no unit"))
    found = [item for item in lint_process(source, declared, functions=FUNCTIONS) if item.rule == "deadline.unusable"]
    assert [(item.element, item.message_en) for item in found] == [("a", 'deadlineLimit "4": 4 has no unit')]


def test_a_timer_that_follows_can_stand_in_the_flow(reloads: bool) -> None:
    part: tuple[Any, ...] = (
        extensions(properties(deadline="case", deadlineLimit="9")),
        start(),
        catch("w", timer("timeDate", '= deadline("case").due at')),
        user("a"),
        chain("start", "w", "a"),
    )
    driven = case(*part, reloads=reloads)
    assert driven.fire(after=9 * HOUR)
    assert driven.open == ["a"]
