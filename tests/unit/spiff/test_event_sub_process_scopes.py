"""Event sub-processes and their scope: nested, repeated, called, moved into, ended and paused with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import InvalidState
from engine.events import (
    ErrorThrown,
    TaskWithdrawn,
    TimerCancelled,
)
from engine.spiff import lint_process
from tests.unit.spiff.beside_the_flow import ALARM, CAUSES, LINE, PAID, beside, case
from tests.unit.spiff.drawing import (
    again_while,
    boundary,
    call,
    catch,
    chain,
    document,
    end,
    error,
    escalation,
    event_sub,
    exclusive,
    extensions,
    flow,
    for_each,
    mapping,
    of_message,
    parallel,
    repeated,
    script,
    start,
    sub,
    terminate,
    timer,
    user,
)


def test_its_scope_is_the_sub_process_around_it_and_the_flow_goes_on_from_there(reloads: bool) -> None:
    part = sub("part", start("s"), user("a"), chain("s", "a"), beside(of_message("m")))
    driven = case(start(), part, user("next"), chain("start", "part", "next"), reloads=reloads, order="7")
    driven.correlate("on_x")
    driven.complete("u")
    assert driven.open == ["next"]
    assert driven.subscribed == []


def test_one_inside_another(reloads: bool) -> None:
    inner = event_sub("y", timer("timeDuration", "PT1H"), user("v"), chain("on_y", "v"))
    outer = event_sub("x", of_message("m"), user("u"), chain("on_x", "u"), inner)
    driven = case(*LINE, outer, reloads=reloads, order="7")
    assert driven.waiting == []
    driven.correlate("on_x")
    assert (driven.open, driven.waiting) == (["u"], ["on_y"])
    driven.fire()
    assert driven.open == ["v"]
    driven.complete("v")
    assert driven.is_complete


@pytest.mark.parametrize("order", [{}, {"isSequential": "true"}])
def test_each_performance_has_its_own(order: dict[str, str], reloads: bool) -> None:
    waiting = beside(of_message("m"), interrupts=False)
    part = sub("part", start("s"), user("a"), chain("s", "a"), waiting)
    each = repeated(part, for_each("= [1, 2]", "order", **order))
    driven = case(start(), each, user("next"), chain("start", "part", "next"), reloads=reloads)
    keys = [key for _, _, key in driven.subscribed]
    assert keys == (["1"] if order else ["1", "2"])
    driven.correlate("on_x")
    assert driven.open.count("u") == 1
    while "next" not in driven.open:
        driven.complete(driven.open[0])
    assert driven.subscribed == []


def test_an_error_in_one_performance_interrupts_that_one_alone(reloads: bool) -> None:
    part = sub("part", start("s"), user("a"), end("e", error("lost")), chain("s", "a", "e"), beside(error("lost")))
    driven = case(start(), repeated(part, for_each(cardinality="2")), chain("start", "part"), reloads=reloads)
    driven.complete("a")
    assert driven.open == ["a", "u"]


def test_a_loop_waits_anew_each_time(reloads: bool) -> None:
    part = sub("part", start("s"), user("a"), chain("s", "a"), beside(of_message("m")))
    each = repeated(part, again_while("loopCounter < 3"))
    driven = case(start(), each, chain("start", "part"), reloads=reloads, order="7")
    for _ in range(3):
        driven.correlate("on_x")
        driven.complete("u")
    assert driven.is_complete


def test_a_flow_that_comes_round_again_waits_anew(reloads: bool) -> None:
    part = sub("part", start("s"), user("a"), chain("s", "a"), beside(of_message("m")))
    again = (exclusive("in"), exclusive("out", default="out-done"), user("done"), flow("out", "in", "= v > 0"))
    driven = case(start(), part, *again, chain("start", "in", "part", "out", "done"), reloads=reloads, order="7", v=1)
    driven.complete("a")
    driven.correlate("on_x")
    driven.complete("u", v=0)
    assert driven.open == ["done"]


def test_a_called_process_has_its_own_and_throws_outwards_past_it(reloads: bool) -> None:
    called = document(start(), user("in"), end("e", error("lost")), chain("start", "in", "e"),
                      event_sub("z", escalation(), user("w"), chain("on_z", "w")), key="called")  # fmt: skip
    driven = case(
        start(), call("c", "called"), chain("start", "c"), beside(error("lost")), reloads=reloads, called=called
    )
    driven.complete("in")
    assert driven.open == ["u"]
    assert driven.of(ErrorThrown)[0].caught_by == "on_x"
    assert len(driven.tree.instances) == 1


def test_a_terminate_end_ends_what_waits_and_what_runs_beside(reloads: bool) -> None:
    parts = (start(), user("a"), terminate("stop"), chain("start", "a", "stop"))
    driven = case(*parts, beside(of_message("m"), interrupts=False), reloads=reloads, order="7")
    driven.correlate("on_x")
    driven.complete("a")
    assert driven.is_complete
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["u"]


def test_cancelling_the_instance_ends_it_too(reloads: bool) -> None:
    driven = case(*LINE, beside(CAUSES["timer"], interrupts=False), reloads=reloads)
    driven.cancel(1)
    assert driven.is_complete
    assert len(driven.of(TimerCancelled)) == 1


def test_an_interrupting_one_may_end_a_flow_that_goes_on_for_ever(reloads: bool) -> None:
    parts = (start(), exclusive("in"), user("a"), chain("start", "in", "a", "in"))
    driven = case(*parts, beside(of_message("m")), reloads=reloads, order="7")
    driven.complete("a")
    driven.correlate("on_x")
    driven.complete("u")
    assert driven.is_complete


def test_a_token_moved_back_into_the_flow_lets_the_scope_wait_again(reloads: bool) -> None:
    driven = case(*LINE, beside(of_message("m")), reloads=reloads, order="7")
    driven.correlate("on_x")
    driven.move("u", "b")
    assert (driven.open, [name for name, *_ in driven.subscribed]) == (["b"], ["on_x"])
    driven.correlate("on_x")
    assert driven.open == ["u"]


def test_a_token_beside_the_flow_is_not_moved_into_it(reloads: bool) -> None:
    driven = case(*LINE, beside(of_message("m"), interrupts=False), reloads=reloads, order="7")
    driven.correlate("on_x")
    with pytest.raises(InvalidState) as refused:
        driven.move("u", "b")
    assert refused.value.code == "move_breaks_join"


@pytest.mark.parametrize("target", ["x", "on_x"])
def test_it_is_not_entered_by_hand(target: str, reloads: bool) -> None:
    driven = case(*LINE, beside(of_message("m")), reloads=reloads, order="7")
    with pytest.raises(InvalidState) as refused:
        driven.move("a", target)
    assert refused.value.code == "move_target_unusable"


def test_a_timer_inside_is_computed_with_the_variables_of_its_scope(reloads: bool) -> None:
    waiting = beside(timer("timeDuration", "= wait"))
    part = sub("part", start("s"), user("a"), chain("s", "a"), waiting, inner=extensions(mapping({"wait": '= "PT2H"'})))
    driven = case(start(), part, chain("start", "part"), reloads=reloads)
    (armed,) = driven.tree.timers.values()
    assert armed.due_at == driven.now + timedelta(hours=2)


def test_it_sees_and_writes_the_variables_around_it(reloads: bool) -> None:
    handling = event_sub(
        "x", of_message("m"), script("w", "= order + 1", "order"), user("u"), chain("on_x", "w", "u"), interrupts=False
    )
    driven = case(
        *LINE, catch("never", timer("timeDuration", "PT9H")), flow("start", "never"), handling, reloads=reloads, order=7
    )
    driven.correlate("on_x")
    driven.complete("a")
    assert any(getattr(event, "values", {}).get("order") == 8 for event in driven.events)


def rules(*parts: str) -> set[tuple[str, str | None]]:
    return {(finding.rule, finding.element) for finding in lint_process(document(*parts, PAID, ALARM))}


def test_a_loop_that_an_error_is_handled_in_at_once_is_told() -> None:
    def looping(handled: str) -> set[tuple[str, str | None]]:
        failing = sub(
            "part", start("s"), script("w", "= 1", "n"), end("e", error("lost")), chain("s", "w", "e"), handled
        )
        back = (exclusive("in"), exclusive("out", default="out-done"), user("done"), flow("out", "in", "= v"))
        return rules(start(), failing, *back, chain("start", "in", "part", "out", "done"))

    at_once = event_sub("x", error("lost"), end("x_end"), chain("on_x", "x_end"))
    assert "loop.without_wait" in {rule for rule, _ in looping(at_once)}
    assert "loop.without_wait" not in {rule for rule, _ in looping(beside(error("lost")))}


def test_what_stands_still_inside_is_told() -> None:
    nodes = (exclusive("g", default="g-u"), user("u"), user("v"), parallel("j"), flow("g", "v", "= v"), flow("g", "u"))
    stuck = event_sub("x", of_message("m"), *nodes, chain("on_x", "g"), chain("u", "j"), chain("v", "j"))
    assert ("soundness.deadlock", "j") in rules(*LINE, stuck)


@pytest.mark.parametrize("kind", ["event sub-process", "border"])
def test_what_comes_while_the_instance_is_paused_is_kept_until_it_goes_on(kind: str, reloads: bool) -> None:
    border = boundary("on_x", "a", of_message("m")) + user("u") + chain("on_x", "u")
    driven = case(*LINE, border if kind == "border" else beside(of_message("m")), reloads=reloads, order="7")
    driven.tree.pause(1, driven.step("user:operator"))
    driven.correlate("on_x", paid=4)
    driven.tree.resume(1, driven.step("user:operator"))
    assert driven.open == ["u"]
    assert any(getattr(event, "values", {}).get("paid") == 4 for event in driven.events)
