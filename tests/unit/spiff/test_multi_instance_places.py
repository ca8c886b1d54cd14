"""Multi-instance with events on its border, of every kind of activity, and wherever it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.events import TaskWithdrawn, TimerArmed, TimerCancelled
from engine.spiff.limits import MOST_ITEMS
from tests.unit.spiff.drawing import (
    boundary,
    call,
    chain,
    document,
    element,
    end,
    error,
    exclusive,
    flow,
    for_each,
    mapping,
    message,
    outside,
    parallel,
    properties,
    receive,
    repeated,
    script,
    start,
    sub,
    terminate,
    timer,
    user,
)
from tests.unit.spiff.items import SEQUENTIAL, VOTING, asking, case, values_of


@pytest.fixture(params=[{}, SEQUENTIAL], ids=["parallel", "sequential"])
def order(request: pytest.FixtureRequest) -> dict[str, str]:
    return dict(request.param)


# --- the border


def bordered(*borders: str) -> tuple[str, ...]:
    after = [user(f"after_{name}") + chain(name, f"after_{name}") for name in ("late", "lost") if name in str(borders)]
    return (*asking(VOTING), *borders, *after)


def test_an_interrupting_border_ends_the_whole_and_is_armed_once(reloads: bool) -> None:
    late = boundary("late", "u", timer("timeDuration", "PT1H"))
    driven = case(*bordered(late), reloads=reloads, people=["a", "b", "c"])
    assert driven.waiting == ["late"]
    driven.complete("u", vote=1)
    driven.fire()
    assert driven.open == ["after_late"]
    assert len(driven.of(TaskWithdrawn)) == 2
    assert values_of(driven, "votes") == []


def test_a_border_that_does_not_interrupt_begins_one_branch_beside_the_whole(reloads: bool) -> None:
    late = boundary("late", "u", timer("timeDuration", "PT1H"), interrupts=False)
    driven = case(*bordered(late), reloads=reloads, people=["a", "b"])
    driven.fire()
    assert driven.open == ["after_late", "u", "u"]
    driven.complete("u", vote=1)
    driven.complete("u", vote=2)
    assert driven.open == ["after_late", "next"]


def test_the_border_is_given_up_with_the_last_performance(reloads: bool) -> None:
    late = boundary("late", "u", timer("timeDuration", "PT1H"))
    driven = case(*bordered(late), reloads=reloads, people=["a"])
    driven.complete("u", vote=1)
    assert driven.waiting == []
    assert len(driven.of(TimerArmed)) == len(driven.of(TimerCancelled)) == 1


def test_an_error_of_one_performance_ends_the_whole(reloads: bool) -> None:
    failing = repeated(outside("u", "post"), for_each("= people", "p"))
    lost = boundary("lost", "u", error("lost"))
    driven = case(
        start(), failing, lost, user("next"), user("caught"), chain("start", "u", "next"), chain("lost", "caught"),
        reloads=reloads, people=["a", "b"],
    )  # fmt: skip
    assert driven.asked == ["u", "u"]
    driven.answer("u")
    driven.reject("u", "lost")
    assert (driven.open, driven.asked) == (["caught"], [])


def test_a_terminate_beside_it_ends_every_performance(reloads: bool) -> None:
    driven = case(
        start(), parallel("fork"), repeated(user("u"), for_each(cardinality="3")), user("stop"), terminate("over"),
        chain("start", "fork", "u"), chain("fork", "stop", "over"), reloads=reloads,
    )  # fmt: skip
    driven.complete("stop")
    assert driven.is_complete
    assert len(driven.of(TaskWithdrawn)) == 3


def test_cancelling_the_instance_withdraws_every_performance(reloads: bool) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=["a", "b"])
    driven.cancel(next(iter(driven.tree.instances)))
    assert driven.is_complete
    assert len(driven.of(TaskWithdrawn)) == 2


def test_moving_one_performance_away_ends_the_whole(reloads: bool) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=["a", "b"])
    driven.move("u", "next")
    assert driven.open == ["next"]


# --- every kind of activity


def test_scripts_compute_for_each(reloads: bool, order: dict[str, str]) -> None:
    each = for_each("= [1, 2, 3]", "n", output="squares", yields="= square", **order)
    squares = repeated(script("s", "= n * n", "square"), each)
    driven = case(start(), squares, user("next"), chain("start", "s", "next"), reloads=reloads)
    assert values_of(driven, "squares") == [[1, 4, 9]]


def test_as_many_scripts_as_items_are_allowed_in_one_command(order: dict[str, str]) -> None:
    each = for_each(cardinality=str(MOST_ITEMS), output="all", yields="= n", **order)
    scripts = repeated(script("s", "= loopCounter", "n"), each)
    scripts = scripts.replace(
        "</bpmn:extensionElements>", properties(mostItems="1000") + "</bpmn:extensionElements>", 1
    )
    driven = case(start(), scripts, user("next"), chain("start", "s", "next"), reloads=False)
    assert driven.open == ["next"]
    assert values_of(driven, "all") == [list(range(1, MOST_ITEMS + 1))]


def test_outside_systems_are_asked_for_each(reloads: bool) -> None:
    maps = mapping(outputs={"code": "= answer"})
    each = for_each("= people", "p", output="codes", yields="= code")
    parts = (start(), repeated(outside("o", "post", maps), each), user("next"), chain("start", "o", "next"))
    driven = case(*parts, reloads=reloads, people=["a", "b"])
    assert driven.asked == ["o", "o"]
    driven.answer("o", answer=1)
    driven.answer("o", answer=2)
    assert values_of(driven, "codes") == [[1, 2]]


def test_a_message_is_waited_for_by_the_key_of_each_item(reloads: bool) -> None:
    paid = message("m", "paid", "= order")
    parts = (paid, start(), repeated(receive("r", "m"), for_each("= orders", "order")), user("next"))
    driven = case(*parts, chain("start", "r", "next"), reloads=reloads, orders=["1", "2"])
    assert driven.subscribed == [("r", "paid", "1"), ("r", "paid", "2")]
    driven.correlate("r")
    driven.correlate("r")
    assert driven.open == ["next"]


def test_sub_processes_run_side_by_side_each_with_its_own_joins(reloads: bool) -> None:
    inner = sub("s", start("i"), parallel("f"), user("u"), user("v"), parallel("j"), user("w"),
                chain("i", "f", "u", "j", "w"), chain("f", "v", "j"))  # fmt: skip
    each = for_each("= people", "p", output="all", yields="= p")
    driven = case(start(), repeated(inner, each), user("next"), chain("start", "s", "next"),
                  reloads=reloads, people=["a", "b"])  # fmt: skip
    assert driven.open == ["u", "u", "v", "v"]
    first, second = (task.task for task in driven.tree.tasks.values() if task.element == "u")
    driven.complete_task(first)
    driven.complete_task(second)
    assert driven.open == ["v", "v"]
    driven.complete("v")
    assert driven.open == ["v", "w"]
    driven.complete("w")
    driven.complete("v")
    driven.complete("w")
    assert driven.open == ["next"]
    assert values_of(driven, "all") == [["a", "b"]]


def test_a_terminate_inside_ends_one_performance_only(reloads: bool) -> None:
    inner = sub("s", start("i"), parallel("f"), user("u"), user("v"), terminate("t"),
                chain("i", "f", "u", "t"), chain("f", "v"))  # fmt: skip
    driven = case(start(), repeated(inner, for_each(cardinality="2")), user("next"), chain("start", "s", "next"),
                  reloads=reloads)  # fmt: skip
    driven.complete("u")
    assert driven.open == ["u", "v"]
    driven.complete("u")
    assert driven.open == ["next"]


def test_calls_run_an_instance_for_each_item(reloads: bool, order: dict[str, str]) -> None:
    called = document(start(), user("c"), chain("start", "c"), key="inner")
    each = for_each("= people", "p", output="votes", yields="= vote", **order)
    maps = mapping({"who": "= p"}, {"vote": "= vote"})
    parts = (start(), repeated(call("k", "inner", maps), each), user("next"), chain("start", "k", "next"))
    driven = case(*parts, reloads=reloads, called=called, people=["a", "b"])
    assert len(driven.tree.instances) == (2 if order else 3)
    driven.complete("c", vote=1)
    driven.complete("c", vote=2)
    assert driven.open == ["next"]
    assert values_of(driven, "votes") == [[1, 2]]


def test_nested_items_see_their_own_and_the_outer_ones(reloads: bool) -> None:
    rows = for_each("= rows", "row", output="table", yields="= cells")
    cells = for_each("= row", "cell", output="cells", yields="= double")
    inner = sub("s", start("i"), repeated(script("d", "= cell * 2", "double"), cells), user("u"), chain("i", "d", "u"))
    driven = case(start(), repeated(inner, rows), user("next"), chain("start", "s", "next"),
                  reloads=reloads, rows=[[1, 2], [], [3]])  # fmt: skip
    for _ in range(3):
        driven.complete("u")
    assert driven.open == ["next"]
    assert values_of(driven, "table") == [[[2, 4], [], [6]]]


def test_in_a_loop_every_round_begins_anew(reloads: bool, order: dict[str, str]) -> None:
    voting = for_each("= people", "p", output="votes", yields="= vote", **order)
    driven = case(
        start(), exclusive("in"), repeated(user("u"), voting), exclusive("out", default="out-in"), end(),
        chain("start", "in", "u", "out", "in"), flow("out", "end", "= not(some v in votes satisfies v = false)"),
        reloads=reloads, people=["a", "b"],
    )  # fmt: skip
    for round_, answers in enumerate([(False, True), (True, False), (True, True)]):
        assert len(driven.open) == (1 if order else 2), round_
        for vote in answers:
            driven.complete("u", vote=vote)
    assert driven.is_complete
    assert values_of(driven, "votes") == [[False, True], [True, False], [True, True]]


def test_inside_a_sub_process_it_ends_with_it(reloads: bool) -> None:
    inner = sub("s", start("i"), repeated(user("u"), for_each(cardinality="2")), chain("i", "u"))
    late = boundary("late", "s", timer("timeDuration", "PT1H"))
    driven = case(start(), inner, late, user("next"), chain("start", "s"), chain("late", "next"), reloads=reloads)
    driven.complete("u")
    driven.fire(after=timedelta(hours=1))
    assert driven.open == ["next"]


def test_conditions_on_the_flows_out_of_it_are_asked_once(reloads: bool) -> None:
    driven = case(
        start(), repeated(user("u"), VOTING), user("x"), user("y"),
        chain("start", "u"), flow("u", "x", "= votes[1] = 1"), flow("u", "y", "= votes[2] = 1"),
        reloads=reloads, people=["a", "b"],
    )  # fmt: skip
    driven.complete("u", vote=1)
    driven.complete("u", vote=2)
    assert driven.open == ["x"]


def test_a_plain_task_for_each_is_passed(reloads: bool) -> None:
    passed = repeated(element("task", "t"), for_each(cardinality="5"))
    assert case(start(), passed, user("next"), chain("start", "t", "next"), reloads=reloads).open == ["next"]
