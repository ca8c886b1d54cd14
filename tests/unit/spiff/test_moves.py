"""Moving a token: an activity is cancelled with its inside and the flow entered again, or the move refused in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import InvalidState
from engine.events import FlowReentered, InstanceCompleted, TaskWithdrawn, TimerCancelled
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    event_based,
    exclusive,
    flow,
    inclusive,
    parallel,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.driving import Case


def case(*parts: str, reloads: bool) -> Case:
    driven = Case(document(*parts), reloads=reloads)
    driven.start()
    return driven


LINE = (start(), user("a"), user("b"), user("c"), end(), chain("start", "a", "b", "c", "end"))
#: ``before`` → a and b at the same time (a through a2) → ``after``.
BRANCHES = (
    start(),
    user("before"),
    parallel("fork"),
    user("a"),
    user("a2"),
    user("b"),
    parallel("join"),
    user("after"),
    chain("start", "before", "fork", "a", "a2", "join", "after"),
    chain("fork", "b", "join"),
)
PARALLEL = (*BRANCHES, end(), chain("after", "end"))


def test_a_token_is_moved_back_and_on_again(reloads: bool) -> None:
    driven = case(*LINE, reloads=reloads)
    driven.complete("a")
    task = driven.task("b")
    driven.move("b", "a")
    assert driven.open == ["a"]
    assert driven.of(FlowReentered) == [
        FlowReentered(instance=task.instance, activity=task.task, left="b", entered="a")
    ]
    assert [event.task for event in driven.of(TaskWithdrawn)] == [task.task]
    for element in ("a", "b", "c"):
        driven.complete(element)
    assert driven.is_complete


def test_a_token_is_moved_ahead(reloads: bool) -> None:
    driven = case(*LINE, reloads=reloads)
    driven.move("a", "c")
    assert driven.open == ["c"]


def test_a_token_is_moved_to_an_end(reloads: bool) -> None:
    driven = case(*LINE, reloads=reloads)
    driven.move("a", "end")
    assert driven.is_complete
    assert driven.of(InstanceCompleted)[0].ends == ["end"]


def test_timers_and_the_inside_go_with_what_is_left(reloads: bool) -> None:
    late = boundary("late", "part", timer("timeDuration", "PT1H"))
    inside = sub("part", start("s"), parallel("f"), user("x"), user("y"), chain("s", "f", "x"), chain("f", "y"))
    parts = (start(), user("a"), inside, late, user("b"), end(), chain("start", "a", "part", "end"), chain("late", "b"))
    driven = case(*parts, chain("b", "end"), reloads=reloads)
    driven.complete("a")
    driven.move("x", "a")
    assert driven.open == ["a"]
    assert driven.waiting == []
    assert {event.element for event in driven.of(TaskWithdrawn)} == {"x", "y"}
    assert [event.element for event in driven.of(TimerCancelled)] == ["late"]
    assert [event.left for event in driven.of(FlowReentered)] == ["part"]


def test_the_target_is_looked_for_from_the_inside_out(reloads: bool) -> None:
    inside = sub("part", start("s"), user("x"), user("y"), chain("s", "x", "y"))
    driven = case(start(), user("a"), inside, end(), chain("start", "a", "part", "end"), reloads=reloads)
    driven.complete("a")
    driven.complete("x")
    driven.move("y", "x")
    assert driven.open == ["x"]
    assert [event.left for event in driven.of(FlowReentered)] == ["y"]
    driven.complete("x")
    driven.complete("y")
    assert driven.is_complete


def test_moving_within_a_parallel_branch_leaves_the_other_alone(reloads: bool) -> None:
    driven = case(*PARALLEL, reloads=reloads)
    driven.complete("before")
    driven.complete("a")
    driven.move("a2", "a")
    assert driven.open == ["a", "b"]
    for element in ("a", "a2", "b", "after"):
        driven.complete(element)
    assert driven.is_complete


def test_moving_within_a_parallel_branch_that_a_loop_leads_around(reloads: bool) -> None:
    again = (exclusive("again", default="again-end"), flow("again", "before", "= more"), flow("again", "end"), end())
    driven = case(*BRANCHES, *again, chain("after", "again"), reloads=reloads)
    driven.complete("before")
    driven.complete("a")
    driven.move("a2", "a")
    assert driven.open == ["a", "b"]


@pytest.mark.parametrize("target", ["before", "b", "after"])
def test_moving_out_of_a_parallel_branch_is_refused_in_words(reloads: bool, target: str) -> None:
    driven = case(*PARALLEL, reloads=reloads)
    driven.complete("before")
    with pytest.raises(InvalidState) as refused:
        driven.move("a", target)
    assert refused.value.code == "move_breaks_join"
    assert refused.value.element == target


@pytest.mark.parametrize("target", ["a", "b"])
def test_moving_into_a_parallel_branch_is_refused_in_words(reloads: bool, target: str) -> None:
    driven = case(*PARALLEL, reloads=reloads)
    with pytest.raises(InvalidState) as refused:
        driven.move("before", target)
    assert refused.value.code == "move_breaks_join"


def test_moving_across_a_whole_parallel_part_is_sound(reloads: bool) -> None:
    driven = case(*PARALLEL, reloads=reloads)
    driven.move("before", "after")
    assert driven.open == ["after"]
    driven.move("after", "before")
    driven.complete("before")
    assert driven.open == ["a", "b"]


def test_branches_that_are_never_joined_do_not_run_twice(reloads: bool) -> None:
    parts = (start(), user("before"), parallel("fork"), user("a"), user("b"), chain("start", "before", "fork", "a"))
    driven = case(*parts, chain("fork", "b"), reloads=reloads)
    driven.complete("before")
    with pytest.raises(InvalidState) as refused:
        driven.move("a", "before")
    assert refused.value.code == "move_breaks_join"


def test_branches_that_are_never_joined_do_not_run_twice_when_a_join_lies_before_them(reloads: bool) -> None:
    branches = (parallel("split"), user("x"), user("y"), end("x_end"), end("y_end"))
    flows = (chain("after", "split", "x", "x_end"), chain("split", "y", "y_end"))
    driven = case(*BRANCHES, *branches, *flows, reloads=reloads)
    for element in ("before", "a", "a2", "b", "after"):
        driven.complete(element)
    assert driven.open == ["x", "y"]
    with pytest.raises(InvalidState) as refused:
        driven.move("x", "before")
    assert refused.value.code == "move_breaks_join"


def test_a_gateway_that_waits_for_one_of_several_events_splits_no_token(reloads: bool) -> None:
    arms = (event_based("g"), catch("soon", timer("timeDuration", "PT1H")), catch("late", timer("timeDuration", "P1D")))
    parts = (user("before"), *arms, user("x"), user("y"), chain("start", "before", "g", "soon", "x"))
    driven = case(start(), *parts, chain("g", "late", "y"), reloads=reloads)
    driven.complete("before")
    assert driven.fire()
    driven.add(next(iter(driven.tree.instances)), "y")
    driven.move("x", "before")
    assert driven.open == ["before", "y"]


def test_the_last_of_the_branches_may_go_back(reloads: bool) -> None:
    parts = (start(), user("before"), parallel("fork"), user("a"), user("b"), chain("start", "before", "fork", "a"))
    driven = case(*parts, chain("fork", "b"), reloads=reloads)
    driven.complete("before")
    driven.complete("b")
    driven.move("a", "before")
    assert driven.open == ["before"]


def test_a_lone_token_leaves_an_inclusive_branch(reloads: bool) -> None:
    split = (inclusive("split", default="split-a"), flow("split", "a"), flow("split", "b", "= x = 1"))
    parts = (*split, user("before"), user("a"), user("b"), inclusive("join"), user("after"))
    flows = (chain("start", "before", "split"), chain("a", "join"), chain("b", "join"), chain("join", "after", "end"))
    driven = case(start(), *parts, end(), *flows, reloads=reloads)
    driven.complete("before")
    assert driven.open == ["a"]
    driven.move("a", "before")
    driven.complete("before", x=1)
    assert driven.open == ["b"]
    driven.complete("b")
    assert driven.open == ["after"]


def test_one_of_two_inclusive_branches_cannot_leave(reloads: bool) -> None:
    split = (inclusive("split"), flow("split", "a"), flow("split", "b"))
    parts = (*split, user("before"), user("a"), user("b"), inclusive("join"), user("after"))
    flows = (chain("start", "before", "split"), chain("a", "join"), chain("b", "join"), chain("join", "after", "end"))
    driven = case(start(), *parts, end(), *flows, reloads=reloads)
    driven.complete("before")
    for target in ("before", "b", "after"):
        with pytest.raises(InvalidState, match="join wait for ever"):
            driven.move("a", target)


def test_a_reminder_beside_the_activity_does_not_hold_it(reloads: bool) -> None:
    remind = boundary("remind", "b", timer("timeDuration", "PT1H"), interrupts=False)
    driven = case(*LINE, remind, user("note"), end("noted"), chain("remind", "note", "noted"), reloads=reloads)
    driven.complete("a")
    driven.fire(after=timedelta(hours=1))
    assert driven.open == ["b", "note"]
    driven.move("b", "a")
    assert driven.open == ["a", "note"]


def test_a_move_through_a_gateway_is_decided_anew(reloads: bool) -> None:
    ways = (exclusive("which", default="which-b"), flow("which", "a", "= x = 1"), flow("which", "b"))
    driven = case(start(), *ways, user("a"), user("b"), chain("start", "which"), chain("b", "a"), reloads=reloads)
    assert driven.open == ["b"]
    driven.move("b", "which")
    assert driven.open == ["b"]


@pytest.mark.parametrize(
    ("target", "code"),
    [("nowhere", "move_target_missing"), ("start", "move_target_unusable"), ("late", "move_target_unusable")],
)
def test_a_target_that_cannot_be_entered_is_refused_in_words(reloads: bool, target: str, code: str) -> None:
    late = boundary("late", "b", timer("timeDuration", "PT1H"))
    driven = case(*LINE, late, user("d"), chain("late", "d"), reloads=reloads)
    with pytest.raises(InvalidState) as refused:
        driven.move("a", target)
    assert refused.value.code == code


def test_a_join_is_no_target(reloads: bool) -> None:
    driven = case(*PARALLEL, reloads=reloads)
    with pytest.raises(InvalidState) as refused:
        driven.move("before", "join")
    assert refused.value.code == "move_target_unusable"


def test_an_activity_that_is_not_open_is_refused_in_words(reloads: bool) -> None:
    driven = case(*LINE, reloads=reloads)
    with pytest.raises(InvalidState) as refused:
        driven.tree.move(99, "a", driven.step("user:1"))
    assert refused.value.code == "activity_not_open"
