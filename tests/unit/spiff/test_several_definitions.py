"""Events with several definitions: the first that comes decides, and all of them are thrown, in their order."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from engine.events import EscalationThrown, TaskWithdrawn, VariablesWritten
from engine.message_events import MessageThrown, SignalThrown, SubscriptionCorrelated
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    escalation,
    event_based,
    event_sub,
    exclusive,
    extensions,
    mapping,
    message,
    of_condition,
    of_message,
    of_signal,
    parallel,
    properties,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import Case

ROOTS = (message("paid", "paid", "= order"), signal("alarm", "alarm"))
HOUR, DAY = timer("timeDuration", "PT1H"), timer("timeDuration", "P1D")
ANY = of_message("paid") + of_signal("alarm") + HOUR + DAY + of_condition("= n > 3")


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts, *ROOTS), reloads=reloads)
    driven.start(order=7, **variables)
    return driven


def test_whatever_comes_first_lets_the_token_go_on_and_nothing_else_is_waited_for(reloads: bool) -> None:
    driven = case(
        start(), catch("w", extensions(mapping(outputs={"got": "= sum"})) + ANY), user("after"),
        chain("start", "w", "after"), reloads=reloads,
    )  # fmt: skip
    assert driven.waiting == ["w", "w"]
    assert [element for element, *_ in driven.subscribed] == ["w", "w", "w"]
    assert driven.correlate("w", sum=5)
    assert (driven.open, driven.waiting, driven.subscribed) == (["after"], [], [])
    assert driven.path == ["start", "start-w", "w", "w-after", "after"]


def test_the_earliest_of_two_timers_fires(reloads: bool) -> None:
    driven = case(start(), catch("w", HOUR + DAY), user("after"), chain("start", "w", "after"), reloads=reloads)
    assert driven.fire()
    assert driven.open == ["after"]


def test_a_condition_among_others_is_met_at_once(reloads: bool) -> None:
    driven = case(start(), catch("w", ANY), user("after"), chain("start", "w", "after"), reloads=reloads, n=4)
    assert driven.open == ["after"]


ARMS = (
    event_based("g"),
    catch("x", extensions(mapping(outputs={"got": "= sum"})) + of_message("paid") + HOUR),
    catch("y", of_signal("alarm") + DAY + of_condition("= n > 3")),
    user("after-x"), user("after-y"),
    chain("start", "g", "x", "after-x"), chain("g", "y", "after-y"),
)  # fmt: skip


@pytest.mark.parametrize("arm", ["x", "y"])
def test_an_arm_of_a_gateway_is_taken_by_the_first_that_comes_of_any(reloads: bool, arm: str) -> None:
    driven = case(start(), *ARMS, reloads=reloads)
    assert (driven.waiting, [element for element, *_ in driven.subscribed]) == (["x", "y"], ["x", "y", "y"])
    assert driven.correlate(arm, sum=5)
    assert (driven.open, driven.waiting, driven.subscribed) == ([f"after-{arm}"], [], [])
    assert driven.path == ["start", "start-g", "g", f"g-{arm}", arm, f"{arm}-after-{arm}", f"after-{arm}"]
    assert driven.of(VariablesWritten)[-1].values == ({"got": 5} if arm == "x" else {"sum": 5})


def test_the_moment_of_an_arm_is_taken_too_and_the_gateway_waits_anew_in_a_loop(reloads: bool) -> None:
    driven = case(start(), *ARMS[:3], exclusive("j"), user("after-y"), chain("start", "j", "g", "x", "j"),
                  chain("g", "y", "after-y"), reloads=reloads, sum=0)  # fmt: skip
    assert driven.fire()
    assert driven.fault_codes == []
    assert driven.waiting == ["x", "y"]
    driven.correct(next(iter(driven.tree.instances)), n=4)
    assert (driven.open, driven.waiting, driven.subscribed) == (["after-y"], [], [])


def test_no_token_is_moved_to_an_arm_whose_gateway_would_not_have_waited(reloads: bool) -> None:
    driven = case(start(), *ARMS, reloads=reloads)
    driven.correlate("x", sum=5)
    for arm in ("x", "y"):
        with pytest.raises(InvalidState, match="arm of an event-based gateway") as refused:
            driven.move("after-x", arm)
        assert refused.value.code == "move_target_unusable"
    driven.move("after-x", "g")
    assert driven.waiting == ["x", "y"]


def test_a_border_ends_its_activity_for_any_of_them(reloads: bool) -> None:
    driven = case(
        start(), user("a"), boundary("b", "a", ANY), user("late"), chain("start", "a"), chain("b", "late"),
        reloads=reloads,
    )  # fmt: skip
    assert driven.fire()
    assert (driven.open, driven.waiting, driven.subscribed) == (["late"], [], [])
    assert len(driven.of(TaskWithdrawn)) == 1


def test_a_border_beside_its_activity_takes_each_of_them(reloads: bool) -> None:
    driven = case(
        start(), user("a"), boundary("b", "a", ANY, interrupts=False), user("t"), chain("start", "a"), chain("b", "t"),
        reloads=reloads,
    )  # fmt: skip
    assert driven.correlate("b")
    assert driven.fire()
    assert driven.fire()
    assert driven.open == ["a", "t", "t", "t"]
    driven.complete("a")
    assert (driven.waiting, driven.subscribed) == ([], [])


def test_an_event_sub_process_begins_with_what_is_thrown_or_sent(reloads: bool) -> None:
    begun = event_sub("es", escalation("late") + of_message("paid"), user("t"), chain("on_es", "t"), interrupts=False)
    driven = case(
        start(), sub("part", start("s"), user("u"), throw("x", escalation("late")), user("v"),
                     chain("s", "u", "x", "v"), begun), chain("start", "part"), reloads=reloads,
    )  # fmt: skip
    assert driven.correlate("on_es")
    driven.complete("u")
    assert driven.open == ["t", "t", "v"]


def test_all_are_thrown_and_a_fault_at_one_repeats_none_before_it(reloads: bool) -> None:
    thrown = (
        extensions(properties(correlationKey="= key")) + of_signal("alarm") + of_message("paid") + escalation("late")
    )
    driven = case(
        start(), parallel("f"), throw("t", thrown), user("after"), catch("w", of_signal("alarm")), user("heard"),
        chain("start", "f", "w", "heard"), chain("f", "t", "after"), reloads=reloads,
    )  # fmt: skip
    assert (driven.open, driven.fault_codes) == (["heard"], ["correlation_key_unusable"])
    driven.correct(next(iter(driven.tree.instances)), key="7")
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["after", "heard"]
    assert [len(driven.of(kind)) for kind in (SignalThrown, MessageThrown, EscalationThrown)] == [1, 1, 1]
    assert len(driven.of(SubscriptionCorrelated)) == 1


def test_an_end_throws_all_and_terminates_last(reloads: bool) -> None:
    both = "<bpmn:terminateEventDefinition/>" + of_message("paid")
    driven = case(
        start(), parallel("f"), user("a"), user("b"), end("e", both), chain("start", "f", "a", "e"), chain("f", "b"),
        reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    assert driven.is_complete
    assert [event.element for event in driven.of(MessageThrown)] == ["e"]
