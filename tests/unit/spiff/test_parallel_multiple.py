"""Parallel multiple events: each definition is waited for on its own, and the event goes on when all have come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.events import EscalationThrown, TaskWithdrawn, TimerArmed, TimerCancelled, VariablesWritten
from engine.message_events import SubscriptionClosed, SubscriptionOpened
from engine.spiff import Cause, OpenGathering
from tests.unit.spiff.drawing import (
    all_of,
    boundary,
    call,
    catch,
    chain,
    document,
    element,
    end,
    escalation,
    event_based,
    event_sub,
    extensions,
    for_each,
    mapping,
    message,
    of_condition,
    of_message,
    of_signal,
    parallel,
    repeated,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import NOW, Case

ROOTS = (message("paid", "paid", "= order"), signal("alarm", "alarm"))
HOUR, CYCLE = timer("timeDuration", "PT1H"), timer("timeCycle", "R2/PT1H")
BOTH = of_message("paid") + of_signal("alarm")
ALL = BOTH + HOUR + of_condition("= n > 3")


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts, *ROOTS), reloads=reloads)
    driven.start(order=7, n=0, **variables)
    return driven


def in_flow(definitions: str, *, reloads: bool, **outputs: str) -> Case:
    event = all_of(catch("w", extensions(mapping(outputs=outputs)) + definitions if outputs else definitions))
    return case(start(), event, user("after"), chain("start", "w", "after"), reloads=reloads)


def on_border(definitions: str, *, interrupts: bool, reloads: bool) -> Case:
    event = all_of(boundary("b", "a", definitions, interrupts=interrupts))
    return case(start(), user("a"), event, user("t"), chain("start", "a"), chain("b", "t"), reloads=reloads)


def names(driven: Case) -> list[str]:
    """What is waited for with a subscription."""
    return sorted(one.message for one in driven.tree.subscriptions.values())


def tell(driven: Case, name: str, **variables: object) -> None:
    """Let the message or signal of a name come."""
    opened = next(one for one in driven.tree.subscriptions.values() if one.message == name)
    assert driven.deliver(opened.subscription, **variables)


def test_the_token_goes_on_when_everything_has_come_in_any_order(reloads: bool) -> None:
    driven = in_flow(ALL, reloads=reloads)
    instance = next(iter(driven.tree.instances))
    tell(driven, "alarm")
    assert driven.fire()
    driven.correct(instance, n=4)
    driven.correct(instance, n=0)
    assert (driven.open, driven.waiting, names(driven)) == ([], [], ["paid"])
    tell(driven, "paid")
    assert (driven.open, names(driven)) == (["after"], [])
    assert driven.path == ["start", "start-w", "w", "w-after", "after"]


def test_a_condition_that_is_true_already_is_one_that_has_come(reloads: bool) -> None:
    event = all_of(catch("w", of_condition("= n = 0") + of_message("paid")))
    driven = case(start(), event, user("after"), chain("start", "w", "after"), reloads=reloads)
    assert names(driven) == ["paid"]
    tell(driven, "paid")
    assert driven.open == ["after"]


def test_what_came_is_written_together_and_the_later_wins(reloads: bool) -> None:
    driven = in_flow(BOTH, reloads=reloads, sum="= amount", who="= by", also="= more")
    tell(driven, "alarm", by="first", more=1)
    tell(driven, "paid", by="second", amount=12)
    assert driven.of(VariablesWritten)[-1].values == {"sum": 12, "who": "second", "also": 1}


def test_what_has_come_and_what_is_awaited_is_told(reloads: bool) -> None:
    driven = in_flow(ALL, reloads=reloads)
    driven.now += timedelta(minutes=5)
    tell(driven, "paid")
    (told,) = driven.tree.gatherings
    timers, subscriptions = driven.tree.timers, driven.tree.subscriptions
    assert told == OpenGathering(
        instance=next(iter(driven.tree.instances)),
        element="w",
        name="",
        calls=(),
        waits=frozenset({*timers, *subscriptions}),
        causes=(
            Cause(kind="message", name="paid", key="7", at=NOW + timedelta(minutes=5)),
            Cause(kind="signal", name="alarm", key="", at=None),
            Cause(kind="timer", name="", key="", at=None),
            Cause(kind="condition", name="", key="", at=None),
        ),
    )
    tell(driven, "alarm")
    driven.correct(told.instance, n=4)
    assert driven.fire()
    assert (driven.open, driven.tree.gatherings) == (["after"], [])


def test_nothing_more_is_taken_of_what_has_come(reloads: bool) -> None:
    driven = in_flow(BOTH, reloads=reloads)
    opened = next(iter(driven.tree.subscriptions))
    assert driven.deliver(opened)
    size = len(driven.tree.dump())
    for _ in range(20):
        assert not driven.deliver(opened)
        assert not driven.catch(opened)
    assert len(driven.tree.dump()) == size


def test_a_border_ends_its_activity_when_all_have_come(reloads: bool) -> None:
    driven = on_border(ALL, interrupts=True, reloads=reloads)
    driven.fire()
    driven.correct(next(iter(driven.tree.instances)), n=4)
    tell(driven, "paid")
    assert driven.open == ["a"]
    tell(driven, "alarm")
    assert (driven.open, driven.waiting, names(driven)) == (["t"], [], [])
    assert len(driven.of(TaskWithdrawn)) == 1


def test_what_has_come_is_forgotten_with_the_activity(reloads: bool) -> None:
    driven = on_border(BOTH + HOUR, interrupts=True, reloads=reloads)
    tell(driven, "paid")
    driven.complete("a")
    assert driven.is_complete
    assert (len(driven.of(SubscriptionClosed)), len(driven.of(TimerCancelled))) == (1, 1)


def test_beside_its_activity_all_are_waited_for_anew(reloads: bool) -> None:
    driven = on_border(BOTH, interrupts=False, reloads=reloads)
    for begun in (["t"], ["t", "t"]):
        tell(driven, "alarm")
        assert names(driven) == ["paid"]
        tell(driven, "paid")
        assert (driven.open, names(driven)) == (["a", *begun], ["alarm", "paid"])
    driven.complete("a")
    assert (driven.open, names(driven)) == (["t", "t"], [])


def test_twenty_rounds_leave_the_state_as_it_was(reloads: bool) -> None:
    driven = on_border(BOTH, interrupts=False, reloads=reloads)
    sizes = set()
    for _ in range(20):
        tell(driven, "alarm", x=1)
        tell(driven, "paid", x=2)
        driven.complete("t")
        sizes.add(len(driven.tree.dump()))
        assert driven.open == ["a"]
    assert max(sizes) - min(sizes) < 16


def test_a_cycle_is_armed_again_in_step_until_it_is_used_up(reloads: bool) -> None:
    driven = on_border(of_message("paid") + CYCLE, interrupts=False, reloads=reloads)
    assert driven.fire()
    driven.now = NOW + timedelta(minutes=150)
    tell(driven, "paid")
    assert [each.due_at for each in driven.tree.timers.values()] == [NOW + timedelta(hours=3)]
    tell(driven, "paid")
    assert driven.fire()
    assert (driven.open, driven.waiting, names(driven)) == (["a", "t", "t"], [], [])


def test_a_moment_that_cannot_come_again_ends_the_waiting_for_all(reloads: bool) -> None:
    driven = on_border(of_message("paid") + HOUR, interrupts=False, reloads=reloads)
    driven.fire()
    tell(driven, "paid")
    assert (driven.open, driven.waiting, names(driven), driven.tree.gatherings) == (["a", "t"], [], [], [])


def test_a_condition_has_to_become_false_before_the_next_round(reloads: bool) -> None:
    driven = on_border(of_condition("= n > 3") + of_message("paid"), interrupts=False, reloads=reloads)
    instance = next(iter(driven.tree.instances))
    driven.correct(instance, n=4)
    tell(driven, "paid")
    tell(driven, "paid")
    assert driven.open == ["a", "t"]
    driven.correct(instance, n=0)
    driven.correct(instance, n=5)
    assert driven.open == ["a", "t", "t"]


def test_an_escalation_from_inside_is_one_of_them(reloads: bool) -> None:
    inside = (start("s"), user("u"), throw("x", escalation("late")), user("v"), chain("s", "u", "x", "v"))
    event = all_of(boundary("b", "part", escalation("late") + of_message("paid")))
    driven = case(
        start(), sub("part", *inside), event, user("t"), chain("start", "part"), chain("b", "t"), reloads=reloads
    )
    driven.complete("u")
    assert driven.open == ["v"]
    assert [(cause.kind, cause.name, cause.at is None) for cause in driven.tree.gatherings[0].causes] == [
        ("escalation", "late", False),
        ("message", "paid", True),
    ]
    tell(driven, "paid")
    assert driven.open == ["t"]


def test_an_escalation_that_comes_last_ends_what_threw_it(reloads: bool) -> None:
    inside = (start("s"), user("u"), throw("x", escalation("late")), user("v"), chain("s", "u", "x", "v"))
    event = all_of(boundary("b", "part", escalation("late") + of_message("paid")))
    driven = case(
        start(), sub("part", *inside), event, user("t"), chain("start", "part"), chain("b", "t"), reloads=reloads
    )
    tell(driven, "paid")
    driven.complete("u")
    assert driven.open == ["t"]


def test_what_only_an_escalation_is_missing_of_is_told_with_its_calls(reloads: bool) -> None:
    thrower = (start("s"), user("u"), throw("x", escalation("late")), chain("s", "u", "x"))
    event = all_of(boundary("b", "part", escalation("late") + of_message("paid")))
    called = document(start(), sub("part", *thrower), event, user("t"), chain("start", "part"), chain("b", "t"), *ROOTS,
                      key="inner")  # fmt: skip
    driven = Case(document(start(), call("c", "inner"), chain("start", "c")), called, reloads=reloads)
    driven.start(order=7)
    tell(driven, "paid")
    (told,) = driven.tree.gatherings
    assert (told.element, told.calls, told.waits) == ("b", ("c",), frozenset())
    driven.complete("u")
    assert (driven.open, driven.tree.gatherings) == (["t"], [])


def test_an_escalation_that_has_come_is_caught_further_out_the_next_time(reloads: bool) -> None:
    thrower = (start("s"), throw("x", escalation("late")), throw("y", escalation("late")), user("v"),
               chain("s", "x", "y", "v"))  # fmt: skip
    nearer = all_of(boundary("b", "inner", escalation("late") + of_message("paid"), interrupts=False))
    outer = sub("outer", start("s0"), sub("inner", *thrower), nearer, user("t"), chain("s0", "inner"), chain("b", "t"))
    further = boundary("far", "outer", escalation("late"), interrupts=False)
    driven = case(start(), outer, further, user("f"), chain("start", "outer"), chain("far", "f"), reloads=reloads)
    assert [thrown.caught_by for thrown in driven.of(EscalationThrown)] == ["b", "far"]
    assert driven.open == ["f", "v"]
    tell(driven, "paid")
    assert driven.open == ["f", "t", "v"]


def test_an_escalation_is_caught_further_out_when_the_rest_cannot_come_again(reloads: bool) -> None:
    thrower = (start("s"), throw("x", escalation("late")), user("v"), throw("y", escalation("late")), user("z"),
               chain("s", "x", "v", "y", "z"))  # fmt: skip
    nearer = all_of(boundary("b", "inner", escalation("late") + HOUR, interrupts=False))
    outer = sub("outer", start("s0"), sub("inner", *thrower), nearer, user("t"), chain("s0", "inner"), chain("b", "t"))
    further = boundary("far", "outer", escalation("late"), interrupts=False)
    driven = case(start(), outer, further, user("f"), chain("start", "outer"), chain("far", "f"), reloads=reloads)
    driven.fire()
    assert driven.open == ["t", "v"]
    driven.complete("v")
    assert [thrown.caught_by for thrown in driven.of(EscalationThrown)] == ["b", "far"]
    assert driven.open == ["f", "t", "z"]


@pytest.mark.parametrize("interrupts", [True, False])
def test_an_event_sub_process_begins_when_all_have_come(reloads: bool, interrupts: bool) -> None:
    begun = all_of(event_sub("es", BOTH + HOUR, user("t"), chain("on_es", "t"), interrupts=interrupts))
    inside = (start("s"), user("u"), chain("s", "u"), begun)
    driven = case(start(), sub("part", *inside), chain("start", "part"), reloads=reloads)
    tell(driven, "alarm")
    driven.fire()
    assert driven.open == ["u"]
    tell(driven, "paid")
    assert driven.open == (["t"] if interrupts else ["t", "u"])
    assert (driven.waiting, names(driven)) == ([], [])


def test_escalations_alone_begin_an_event_sub_process_too(reloads: bool) -> None:
    both = escalation("late") + escalation("loud")
    begun = all_of(event_sub("es", both, user("t"), chain("on_es", "t"), interrupts=False))
    line = (start("s"), user("u"), throw("x", escalation("late")), user("v"), throw("y", escalation("loud")),
            user("w"), chain("s", "u", "x", "v", "y", "w"))  # fmt: skip
    driven = case(start(), sub("part", *line, begun), chain("start", "part"), reloads=reloads)
    driven.complete("u")
    assert driven.open == ["v"]
    driven.complete("v")
    assert driven.open == ["t", "w"]


def test_each_performance_gathers_its_own(reloads: bool) -> None:
    inside = (start("s"), all_of(catch("w", BOTH)), user("u"), chain("s", "w", "u"))
    driven = case(
        start(), repeated(sub("part", *inside), for_each(cardinality="2")), chain("start", "part"), reloads=reloads
    )
    tell(driven, "paid")
    assert sorted(names(driven)) == ["alarm", "alarm", "paid"]
    tell(driven, "paid")
    assert driven.open == []
    tell(driven, "alarm")
    assert driven.open == ["u"]


def test_an_arm_of_a_gateway_is_taken_when_all_of_it_have_come(reloads: bool) -> None:
    arms = (event_based("g"), all_of(catch("both", BOTH)), catch("late", HOUR), user("t"), user("u"))
    flows = (chain("start", "g", "both", "t"), chain("g", "late", "u"))
    driven = case(start(), *arms, *flows, reloads=reloads)
    tell(driven, "alarm")
    assert (driven.open, names(driven), driven.waiting) == ([], ["paid"], ["late"])
    assert [cause.at is None for cause in driven.tree.gatherings[0].causes] == [True, False]
    tell(driven, "paid")
    assert (driven.open, names(driven), driven.waiting) == (["t"], [], [])
    other = case(start(), *arms, *flows, reloads=reloads)
    tell(other, "alarm")
    assert other.fire()
    assert (other.open, names(other), other.tree.gatherings) == (["u"], [], [])


def test_in_a_loop_it_begins_with_nothing(reloads: bool) -> None:
    again = element("exclusiveGateway", "from"), element("exclusiveGateway", "to", default="to-after")
    driven = case(
        start(), *again, all_of(catch("w", BOTH)), user("ask"), user("after"), chain("start", "from", "w", "ask", "to"),
        chain("to", "after"),
        '<bpmn:sequenceFlow id="back" sourceRef="to" targetRef="from">'
        "<bpmn:conditionExpression>= again</bpmn:conditionExpression></bpmn:sequenceFlow>",
        reloads=reloads,
    )  # fmt: skip
    for goes_on in (True, False):
        tell(driven, "alarm")
        assert names(driven) == ["paid"]
        tell(driven, "paid")
        driven.complete("ask", again=goes_on)
    assert driven.open == ["after"]


def test_while_it_is_paused_everything_may_come(reloads: bool) -> None:
    driven = in_flow(BOTH, reloads=reloads)
    instance = next(iter(driven.tree.instances))
    driven.pause(instance)
    tell(driven, "alarm")
    tell(driven, "paid")
    assert driven.open == []
    driven.resume(instance)
    assert driven.open == ["after"]


def test_a_token_may_be_moved_there_and_away(reloads: bool) -> None:
    driven = in_flow(BOTH, reloads=reloads)
    tell(driven, "alarm")
    instance = next(iter(driven.tree.instances))
    driven.add(instance, "w")
    assert sorted(names(driven)) == ["alarm", "paid", "paid"]
    driven.remove("w")
    assert sorted(names(driven)) == ["alarm", "paid"]
    driven.cancel(instance)
    assert driven.is_complete


def test_a_fault_in_one_of_them_begins_none(reloads: bool) -> None:
    event = all_of(catch("w", of_message("paid") + timer("timeDuration", "= wrong")))
    driven = case(start(), event, user("after"), chain("start", "w", "after"), reloads=reloads)
    assert (driven.fault_codes, driven.of(SubscriptionOpened), driven.of(TimerArmed)) == (["timer_unusable"], [], [])
    driven.correct(next(iter(driven.tree.instances)), wrong="PT1H")
    driven.retry(next(iter(driven.tree.faults)))
    assert (driven.waiting, names(driven)) == (["w"], ["paid"])


def test_a_signal_and_a_message_of_another_branch_let_it_go_on_at_once(reloads: bool) -> None:
    driven = case(
        start(), parallel("f"), all_of(catch("w", of_signal("alarm") + of_condition("= n > 3"))), user("after"),
        user("a"), end("loud", of_signal("alarm")), chain("start", "f", "w", "after"), chain("f", "a", "loud"),
        reloads=reloads,
    )  # fmt: skip
    driven.complete("a", n=5)
    assert driven.open == ["after"]


def test_one_definition_alone_waits_like_any_other_event(reloads: bool) -> None:
    driven = in_flow(of_message("paid"), reloads=reloads)
    tell(driven, "paid")
    assert driven.open == ["after"]
