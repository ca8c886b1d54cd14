"""Conditions: met at once or as soon as they become true, and once for each time that they do."""

from __future__ import annotations

from engine.events import ExpressionWarned, TaskOpened
from engine.message_events import SubscriptionCorrelated, SubscriptionOpened
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    event_based,
    event_sub,
    exclusive,
    flow,
    mapping,
    message,
    of_condition,
    of_message,
    parallel,
    script,
    start,
    user,
)
from tests.unit.spiff.driving import Case

SET_LEVEL = mapping(outputs={"case.level": "= level"})


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=reloads)
    driven.start(**variables)
    return driven


def beside(condition: str, *waiting: str) -> tuple[str, ...]:
    """A branch that waits for a condition, and one in which somebody answers again and again."""
    return (
        start(), parallel("f"), exclusive("m"), user("ask"), chain("start", "f", "m", "ask", "m"),
        *waiting, catch("w", of_condition(condition)), user("after"), chain("f", "w", "after"),
    )  # fmt: skip


def test_what_is_true_already_is_passed_at_once(reloads: bool) -> None:
    driven = case(*beside("= n > 3"), reloads=reloads, n=4)
    assert driven.open == ["after", "ask"]


def test_it_is_met_when_an_answer_makes_it_true(reloads: bool) -> None:
    driven = case(*beside("= n > 3"), reloads=reloads, n=1)
    driven.complete("ask", n=3)
    assert driven.open == ["ask"]
    driven.complete("ask", n=4)
    assert driven.open == ["after", "ask"]
    assert [event.element for event in driven.of(SubscriptionCorrelated)] == ["w"]


def test_it_is_met_when_a_fact_of_the_case_makes_it_true(reloads: bool) -> None:
    driven = case(
        start(), parallel("f"), user("ask", SET_LEVEL), catch("w", of_condition("= case.level > 3")), user("after"),
        chain("start", "f", "ask"), chain("f", "w", "after"), reloads=reloads,
    )  # fmt: skip
    driven.complete("ask", level=5)
    assert driven.open == ["after"]


def test_what_is_neither_true_nor_false_is_not_true_yet_and_told_once(reloads: bool) -> None:
    driven = case(*beside("= n.big > 3"), reloads=reloads, n=1)
    driven.complete("ask", other=1)
    driven.complete("ask", other=2)
    assert driven.open == ["ask"]
    assert [event.element for event in driven.of(ExpressionWarned)] == ["w"]


def test_a_value_that_is_no_boolean_is_not_true(reloads: bool) -> None:
    driven = case(*beside('= "true"'), reloads=reloads)
    assert driven.open == ["ask"]


def test_a_border_that_does_not_interrupt_meets_it_once_for_each_time_it_becomes_true(reloads: bool) -> None:
    driven = case(
        start(), parallel("f"), exclusive("m"), user("ask"), chain("start", "f", "m", "ask", "m"),
        user("host"), boundary("b", "host", of_condition("= n > 3"), interrupts=False), user("told"),
        chain("f", "host"), chain("b", "told"), reloads=reloads, n=4,
    )  # fmt: skip

    def told() -> int:
        return [event.element for event in driven.of(TaskOpened)].count("told")

    assert told() == 1
    for n, times in ((5, 1), (2, 1), (6, 2), (7, 2), (1, 2), (9, 3)):
        driven.complete("ask", n=n)
        assert told() == times, n


def test_an_event_sub_process_begins_when_its_condition_becomes_true(reloads: bool) -> None:
    driven = case(
        start(), user("ask"), user("then"), chain("start", "ask", "then"),
        event_sub("es", of_condition("= stop"), user("stopped"), chain("on_es", "stopped")), reloads=reloads,
    )  # fmt: skip
    driven.complete("ask", stop=True)
    assert driven.open == ["stopped"]


def test_what_comes_first_of_a_message_and_a_condition_decides(reloads: bool) -> None:
    driven = Case(
        document(
            message("paid", "paid", "= 7"), start(), parallel("f"), user("ask"), event_based("g"),
            catch("c", of_condition("= n > 3")), catch("m", of_message("paid")), user("by_c"), user("by_m"),
            chain("start", "f", "ask"), chain("f", "g", "c", "by_c"), chain("g", "m", "by_m"),
        ),
        reloads=reloads,
    )  # fmt: skip
    driven.start()
    driven.complete("ask", n=4)
    assert driven.open == ["by_c"]
    assert driven.subscribed == []


def test_of_two_that_become_true_at_once_the_first_may_leave_the_other_false(reloads: bool) -> None:
    lower = script("lower", "= 0", result="n")
    driven = case(
        start(), parallel("f"), user("ask"), catch("one", of_condition("= n > 3")), lower, user("by_one"),
        catch("two", of_condition("= n > 2")), user("by_two"),
        chain("start", "f", "ask"), chain("f", "one", "lower", "by_one"), chain("f", "two", "by_two"), reloads=reloads,
    )  # fmt: skip
    driven.complete("ask", n=4)
    assert driven.open == ["by_one"]


def test_a_correction_may_make_it_true(reloads: bool) -> None:
    driven = case(*beside("= n > 3"), reloads=reloads, n=1)
    driven.correct(next(iter(driven.tree.instances)), n=4)
    assert driven.open == ["after", "ask"]


def test_nothing_is_judged_while_the_instance_is_paused(reloads: bool) -> None:
    driven = case(*beside("= n > 3"), reloads=reloads, n=1)
    instance = next(iter(driven.tree.instances))
    driven.pause(instance)
    driven.correct(instance, n=4)
    assert driven.open == ["ask"]
    driven.resume(instance)
    assert driven.open == ["after", "ask"]


def test_a_loop_that_never_waits_stands_still_as_a_fault(reloads: bool) -> None:
    driven = case(
        start(), exclusive("m"), catch("w", of_condition("= true")), exclusive("d", default="d-m"), user("out"),
        chain("start", "m", "w", "d", "m"), flow("d", "out", "= n > 3"), reloads=reloads, n=1,
    )  # fmt: skip
    assert driven.fault_codes == ["step_limit"]


def test_it_is_waited_for_with_a_subscription_that_nobody_can_send_to(reloads: bool) -> None:
    driven = case(*beside("= n > 3"), reloads=reloads, n=1)
    (opened,) = driven.of(SubscriptionOpened)
    assert (opened.kind, opened.message, opened.key) == ("condition", "w", "")
