"""Signals inside one tree: who waits when one is thrown gets it once and in a fixed order; who comes later does not."""

from __future__ import annotations

import pytest

from engine.events import InstanceCompleted, TaskWithdrawn
from engine.message_events import SignalThrown, SubscriptionCorrelated, SubscriptionOpened
from tests.unit.spiff.drawing import (
    boundary,
    call,
    catch,
    chain,
    document,
    end,
    event_based,
    event_sub,
    exclusive,
    extensions,
    flow,
    mapping,
    of_signal,
    parallel,
    properties,
    script,
    signal,
    start,
    sub,
    throw,
    user,
)
from tests.unit.spiff.driving import Case

ALARM = signal("s", "alarm")
CALM = signal("c", "calm")
LEVEL = extensions(mapping(inputs={"level": "= 3"}))


def case(*parts: str, reloads: bool, called: bytes = b"") -> Case:
    driven = Case(document(ALARM, CALM, *parts), *([called] if called else []), reloads=reloads)
    driven.start()
    return driven


def heard(driven: Case) -> list[str]:
    return [event.element for event in driven.of(SubscriptionCorrelated)]


def test_all_branches_that_wait_hear_it_in_the_order_in_which_they_began(reloads: bool) -> None:
    parts = (
        start(), parallel("f"), user("later"), catch("two", of_signal("s")), catch("one", of_signal("s")), user("go"),
        throw("t", LEVEL + of_signal("s")), user("a"), user("b"), user("z"),
        chain("start", "f", "later", "two", "b"), chain("f", "one", "a"), chain("f", "go", "t", "z"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    driven.complete("later")
    driven.complete("go")
    assert heard(driven) == ["one", "two"]
    assert driven.open == ["a", "b", "z"]
    (first, _) = driven.of(SubscriptionCorrelated)
    assert (first.sender, first.message, first.variables) == ("t", None, {"level": 3})


def test_whoever_begins_to_wait_after_the_throw_does_not_hear_it(reloads: bool) -> None:
    """Also in the same step: what counts is who waits when the throw event is passed."""
    parts = (
        start(), throw("t", of_signal("s")), catch("w", of_signal("s")), user("a"), chain("start", "t", "w", "a"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    assert heard(driven) == []
    assert driven.subscribed == [("w", "alarm", "")]


def test_nobody_waiting_is_no_mistake(reloads: bool) -> None:
    driven = case(start(), throw("t", of_signal("s")), end(), chain("start", "t", "end"), reloads=reloads)
    assert driven.is_complete
    assert len(driven.of(SignalThrown)) == 1


def test_a_border_ends_what_throws_from_inside_it_in_time(reloads: bool) -> None:
    """Nothing behind the throw event runs any more, however automatic it is."""
    inside = sub(
        "part", start("in"), throw("t", of_signal("s")), script("never", "= 1", "ran"), user("after"),
        chain("in", "t", "never", "after"),
    )  # fmt: skip
    parts = (
        start(), inside, boundary("x", "part", of_signal("s")), user("a"), user("b"), chain("start", "part", "a"),
        chain("x", "b"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    assert driven.open == ["b"]
    assert "never" not in driven.path


def test_an_end_event_that_ends_its_own_scope_by_a_signal_leaves_by_the_border(reloads: bool) -> None:
    inside = sub("part", start("in"), user("w"), end("e", of_signal("s")), chain("in", "w", "e"))
    parts = (
        start(), inside, boundary("x", "part", of_signal("s")), end(), end("y"), chain("start", "part", "end"),
        chain("x", "y"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    driven.complete("w")
    assert [event.ends for event in driven.of(InstanceCompleted)] == [["y"]]


def test_a_border_that_goes_on_waits_for_each_of_several(reloads: bool) -> None:
    parts = (
        start(), parallel("f"), user("a"), boundary("x", "a", of_signal("s"), interrupts=False), user("b"),
        user("go"), throw("t", of_signal("s")), throw("u", of_signal("s")), user("z"),
        chain("start", "f", "a"), chain("x", "b"), chain("f", "go", "t", "u", "z"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    driven.complete("go")
    assert driven.open == ["a", "b", "b", "z"]
    (first, second, third) = driven.of(SubscriptionOpened)
    assert (first.origin, second.origin, third.origin) == (0, first.subscription, first.subscription)


def test_from_outside_a_border_is_found_by_the_subscription_that_was_open_first(reloads: bool) -> None:
    """Two signals were thrown elsewhere while one subscription was open; both reach it, one after the other."""
    parts = (
        start(), user("a"), boundary("x", "a", of_signal("s"), interrupts=False), user("b"),
        chain("start", "a"), chain("x", "b"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    (opened,) = driven.of(SubscriptionOpened)
    assert driven.catch(opened.subscription, level=1)
    assert driven.catch(opened.subscription, level=2)
    assert driven.open == ["a", "b", "b"]
    driven.complete("a")
    assert not driven.catch(opened.subscription)


@pytest.mark.parametrize("interrupts", [True, False])
def test_an_event_sub_process_begins_when_its_own_scope_throws(interrupts: bool, reloads: bool) -> None:
    watch = event_sub(
        "watch", of_signal("s"), user("b"), end("out"), chain("on_watch", "b", "out"), interrupts=interrupts
    )
    parts = (start(), throw("t", of_signal("s")), user("a"), end(), watch, chain("start", "t", "a", "end"))
    driven = case(*parts, reloads=reloads)
    assert driven.open == (["b"] if interrupts else ["a", "b"])


def test_an_event_gateway_takes_the_branch_whose_signal_comes(reloads: bool) -> None:
    parts = (
        start(), parallel("f"), event_based("g"), catch("alarm", of_signal("s")), catch("calm", of_signal("c")),
        user("a"), user("b"), user("go"), throw("t", of_signal("c")), user("z"),
        chain("start", "f", "g", "alarm", "a"), chain("g", "calm", "b"), chain("f", "go", "t", "z"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    driven.complete("go")
    assert driven.open == ["b", "z"]
    assert driven.subscribed == []


def test_it_reaches_those_who_are_called_and_those_who_call(reloads: bool) -> None:
    inner = document(
        ALARM, start(), throw("t", of_signal("s")), catch("w", of_signal("s")), end(), chain("start", "t", "w", "end"),
        key="inner",
    )  # fmt: skip
    parts = (
        start(), call("k", "inner"), boundary("x", "k", of_signal("s"), interrupts=False), user("a"), user("go"),
        throw("u", of_signal("s")), chain("start", "k", "a"), chain("x", "go", "u"), end(), flow("u", "end"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads, called=inner)
    assert heard(driven) == ["x"]
    driven.complete("go")
    assert heard(driven) == ["x", "x", "w"]
    assert driven.open == ["a", "go"]


def test_a_procedure_hears_its_host_once_the_host_is_at_rest(reloads: bool) -> None:
    """It may act on the host then, which it could not in the midst of the host's step."""
    void = document(
        ALARM, extensions(properties(attachesTo="case", startedBy="dispatcher")), start(), catch("w", of_signal("s")),
        end("v", extensions(properties(effect="void", target="onVoid"))),
        chain("start", "w", "v"), key="watch",
    )  # fmt: skip
    host = document(
        ALARM, extensions(properties(onVoid="voided")), start(), user("a"), throw("t", of_signal("s")), user("b"),
        end(), exclusive("which", default="which-end"), end("voided"), chain("start", "a", "t", "b", "which"),
        flow("which", "end"), flow("which", "voided", "false"),
    )  # fmt: skip
    driven = Case(host, reloads=reloads)
    driven.start()
    driven.attach(void)
    driven.complete("a")
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["b"]
    assert sorted(event.ends for event in driven.of(InstanceCompleted)) == [["v"], ["voided"]]


def test_two_who_answer_each_other_without_end_stand_as_a_fault(reloads: bool) -> None:
    other = document(
        ALARM, CALM, start(), *_turning("w", of_signal("s"), of_signal("c")), flow("start", "j"), key="other",
    )  # fmt: skip
    parts = (
        start(), user("a"), throw("first", of_signal("s")), *_turning("w", of_signal("c"), of_signal("s")),
        chain("start", "a", "first", "j"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    driven.attach(other)
    driven.complete("a")
    assert driven.fault_codes == ["step_limit"]


def _turning(waiting: str, heard: str, thrown: str) -> tuple[str, ...]:
    """Wait for one signal and throw another, again and again."""
    return (
        exclusive("j", default=f"j-{waiting}"), catch(waiting, heard), throw("t", thrown), end(),
        chain("j", waiting, "t", "j"), flow("j", "end", "false"),
    )  # fmt: skip
