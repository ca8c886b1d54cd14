"""Event sub-processes: begun by what comes from outside or is thrown inside, beside the flow or in its stead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.events import (
    ErrorThrown,
    EscalationThrown,
    InstanceCompleted,
    TaskWithdrawn,
    TimerArmed,
    TimerCancelled,
    TimerFired,
)
from engine.message_events import SubscriptionClosed, SubscriptionOpened
from tests.unit.spiff.beside_the_flow import CAUSES, LINE, beside, case
from tests.unit.spiff.drawing import (
    boundary,
    chain,
    end,
    error,
    escalation,
    event_sub,
    extensions,
    mapping,
    of_message,
    outside,
    parallel,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import Case


def come(driven: Case, **variables: object) -> None:
    """Let come what the event sub-process waits for."""
    if driven.waiting:
        assert driven.fire()
    else:
        assert driven.correlate("on_x", **variables)


@pytest.mark.parametrize("cause", CAUSES)
def test_what_interrupts_ends_everything_beside_it(cause: str, reloads: bool) -> None:
    driven = case(*LINE, beside(CAUSES[cause]), reloads=reloads, order="7")
    come(driven)
    assert (driven.open, driven.subscribed, driven.waiting) == (["u"], [], [])
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["a"]
    driven.complete("u")
    assert driven.is_complete
    assert driven.of(InstanceCompleted)[0].ends == ["x"]
    assert driven.path[-4:] == ["on_x", "x", "on_x-u", "u"]


@pytest.mark.parametrize("cause", CAUSES)
def test_what_does_not_interrupt_runs_beside_the_flow(cause: str, reloads: bool) -> None:
    driven = case(*LINE, beside(CAUSES[cause], interrupts=False), reloads=reloads, order="7")
    come(driven)
    assert driven.open == ["a", "u"]
    driven.complete("a")
    driven.complete("b")
    assert not driven.is_complete
    driven.complete("u")
    assert driven.is_complete


@pytest.mark.parametrize("cause", ["message", "signal"])
def test_a_message_begins_it_as_often_as_it_comes(cause: str, reloads: bool) -> None:
    driven = case(*LINE, beside(CAUSES[cause], interrupts=False), reloads=reloads, order="7")
    come(driven)
    come(driven)
    assert driven.open == ["a", "u", "u"]


def test_a_cycle_begins_it_again_and_again(reloads: bool) -> None:
    driven = case(*LINE, beside(timer("timeCycle", "R2/PT1H"), interrupts=False), reloads=reloads)
    driven.fire()
    driven.fire()
    assert driven.open == ["a", "u", "u"]
    assert driven.waiting == []


@pytest.mark.parametrize("cause", CAUSES)
def test_nothing_is_waited_for_when_the_scope_is_done(cause: str, reloads: bool) -> None:
    driven = case(*LINE, beside(CAUSES[cause]), reloads=reloads, order="7")
    driven.complete("a")
    driven.complete("b")
    assert driven.is_complete
    assert not driven.tree.timers
    assert not driven.tree.subscriptions
    assert len(driven.of(TimerArmed)) == len(driven.of(TimerCancelled))
    assert len(driven.of(SubscriptionOpened)) == len(driven.of(SubscriptionClosed))


def test_a_timer_that_fires_late_has_no_effect(reloads: bool) -> None:
    driven = case(*LINE, beside(CAUSES["timer"]), reloads=reloads)
    (armed,) = driven.tree.timers
    driven.complete("a")
    driven.complete("b")
    assert not driven.fire(armed, after=timedelta(hours=2))
    assert not driven.of(TimerFired)


def test_what_came_is_kept_by_the_outputs_of_the_start(reloads: bool) -> None:
    kept = extensions(mapping(outputs={"amount": "= paid * 2"}))
    driven = case(*LINE, beside(kept + of_message("m")), reloads=reloads, order="7")
    driven.correlate("on_x", paid=4)
    driven.complete("u")
    assert '"amount": Decimal' not in str(driven.events)
    assert any(getattr(event, "values", {}).get("amount") == 8 for event in driven.events)


def test_outputs_that_cannot_be_written_are_a_fault_that_keeps_what_came(reloads: bool) -> None:
    kept = extensions(mapping(outputs={"case.category": "= paid"}))
    driven = case(*LINE, beside(kept + of_message("m")), reloads=reloads, order="7")
    driven.correlate("on_x", paid=4)
    (fault,) = driven.tree.faults.values()
    assert (fault.element, fault.code) == ("on_x", "fact_refused")
    driven.facts.assign = lambda name, value: {name: str(value)}  # type: ignore[method-assign]
    driven.retry(fault.fault)
    assert driven.open == ["u"]


def test_a_key_that_cannot_be_computed_is_a_fault_of_the_start_with_nothing_begun(reloads: bool) -> None:
    driven = case(*LINE, beside(of_message("m")), reloads=reloads)
    (fault,) = driven.tree.faults.values()
    assert (fault.element, fault.code) == ("start", "correlation_key_unusable")
    assert not driven.open
    assert not driven.tree.subscriptions


FAILING = (start(), parallel("f"), user("a"), user("b"), end("e", error("lost")),
           chain("start", "f", "a", "e"), chain("f", "b"))  # fmt: skip


@pytest.mark.parametrize("caught", ["lost", ""])
def test_an_error_inside_begins_it_in_the_stead_of_everything_else(caught: str, reloads: bool) -> None:
    driven = case(*FAILING, beside(error(caught)), reloads=reloads)
    driven.complete("a")
    assert driven.open == ["u"]
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["b"]
    assert driven.of(ErrorThrown)[0].caught_by == "on_x"
    driven.complete("u")
    assert driven.is_complete


def test_an_error_that_names_another_code_is_not_caught(reloads: bool) -> None:
    driven = case(*FAILING, beside(error("broken")), reloads=reloads)
    driven.complete("a")
    assert driven.fault_codes == ["error_uncaught"]


def test_an_error_of_an_outside_system_begins_it(reloads: bool) -> None:
    driven = case(start(), outside("o", "t"), chain("start", "o"), beside(error("lost")), reloads=reloads)
    driven.reject("o", "lost", why="gone")
    assert driven.open == ["u"]


def test_the_border_of_what_failed_goes_before_the_event_sub_process_around_it(reloads: bool) -> None:
    parts = (start(), outside("o", "t"), boundary("border", "o", error()), user("v"), chain("border", "v"))
    driven = case(*parts, chain("start", "o"), beside(error("lost")), reloads=reloads)
    driven.reject("o", "lost")
    assert driven.open == ["v"]


@pytest.mark.parametrize("interrupts", [True, False])
def test_an_escalation_begins_it(interrupts: bool, reloads: bool) -> None:
    telling = (start(), user("a"), throw("t", escalation("late")), user("b"), chain("start", "a", "t", "b"))
    driven = case(*telling, beside(escalation("late"), interrupts=interrupts), reloads=reloads)
    driven.complete("a")
    assert driven.open == (["u"] if interrupts else ["b", "u"])
    assert driven.of(EscalationThrown)[0].caught_by == "on_x"


def test_it_does_not_catch_what_it_throws_itself(reloads: bool) -> None:
    again = event_sub("x", escalation("late"), user("u"), throw("t2", escalation("late")), user("v"),
                      chain("on_x", "u", "t2", "v"), interrupts=False)  # fmt: skip
    telling = (start(), user("a"), throw("t", escalation("late")), user("b"), chain("start", "a", "t", "b"))
    driven = case(*telling, again, reloads=reloads)
    driven.complete("a")
    driven.complete("u")
    assert driven.open == ["b", "v"]
    assert [event.caught_by for event in driven.of(EscalationThrown)] == ["on_x", ""]


def test_an_error_out_of_one_goes_to_the_border_around_its_scope(reloads: bool) -> None:
    failing = event_sub("x", of_message("m"), user("u"), end("e", error("lost")), chain("on_x", "u", "e"))
    part = sub(
        "part",
        start("s"),
        user("a"),
        chain("s", "a"),
        failing,
        event_sub("y", error(), user("never"), chain("on_y", "never")),
    )
    driven = case(start(), part, boundary("border", "part", error("lost")), user("v"), chain("border", "v"),
                  chain("start", "part"), reloads=reloads, order="7")  # fmt: skip
    driven.correlate("on_x")
    driven.complete("u")
    # The scope is interrupted already: none of its other event sub-processes begins.
    assert driven.open == ["v"]


def test_another_one_of_the_scope_catches_the_error_of_one_that_does_not_interrupt(reloads: bool) -> None:
    failing = event_sub(
        "x", of_message("m"), user("u"), end("e", error("lost")), chain("on_x", "u", "e"), interrupts=False
    )
    driven = case(*LINE, failing, event_sub("y", error(), user("v"), chain("on_y", "v")), reloads=reloads, order="7")
    driven.correlate("on_x")
    driven.complete("u")
    assert driven.open == ["v"]
    assert driven.subscribed == []
