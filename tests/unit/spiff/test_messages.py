"""Messages and signals: waited for by name and key, taken once, given up when the flow goes elsewhere; and thrown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import Invalid
from engine.events import InstanceCancelled, InstanceCompleted, TaskWithdrawn, TimerCancelled, TimerFired
from engine.feel import Value
from engine.message_events import (
    MessageThrown,
    SignalThrown,
    SubscriptionClosed,
    SubscriptionCorrelated,
    SubscriptionOpened,
)
from engine.spiff.limits import TIME_TO_LIVE
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    event_based,
    exclusive,
    extensions,
    flow,
    mapping,
    message,
    of_message,
    of_signal,
    parallel,
    properties,
    receive,
    send,
    signal,
    start,
    sub,
    terminate,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import NOW, Case

PAID = message("m", "paid", "= order")
SHIPPED = message("n", "shipped", "= order")
ALARM = signal("s", "alarm")
HOUR = timedelta(hours=1)


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(PAID, SHIPPED, ALARM, *parts), reloads=reloads)
    driven.start(**{"order": "A-1", **variables})
    return driven


def whatever(name: str, value: Value) -> dict[str, str]:
    """A case that takes any value for any fact."""
    return {name: str(value)}


def waiting(inner: str) -> tuple[str, ...]:
    return (start(), catch("w", inner), user("a"), chain("start", "w", "a"))


def interrupted(inner: str, *, interrupts: bool = True) -> tuple[str, ...]:
    event = boundary("x", "a", inner, interrupts=interrupts)
    return (start(), user("a"), event, user("b"), end(), chain("start", "a", "end"), chain("x", "b"))


def chosen(*arms: str) -> tuple[str, ...]:
    """An event-based gateway whose arms each lead to a user task of their own."""
    names = [arm.split('id="', 1)[1].split('"', 1)[0] for arm in arms]
    ways = [part for name in names for part in (flow("g", name), user(f"after-{name}"), flow(name, f"after-{name}"))]
    return (start(), event_based("g"), *arms, flow("start", "g"), *ways)


def test_a_message_is_waited_for_by_name_and_key_and_brings_variables(reloads: bool) -> None:
    driven = case(*waiting(of_message("m")), reloads=reloads)
    assert driven.subscribed == [("w", "paid", "A-1")]
    assert driven.open == []
    assert driven.correlate("w", amount=12)
    assert driven.open == ["a"]
    assert driven.subscribed == []
    (correlated,) = driven.of(SubscriptionCorrelated)
    assert (correlated.message, correlated.sender, correlated.variables) == (7, "user:9", {"amount": 12})
    assert driven.path == ["start", "start-w", "w", "w-a", "a"]


def test_a_subscription_is_taken_once(reloads: bool) -> None:
    driven = case(*waiting(of_message("m")), reloads=reloads)
    (opened,) = driven.of(SubscriptionOpened)
    assert driven.deliver(opened.subscription)
    assert not driven.deliver(opened.subscription)
    assert not driven.deliver(999)
    assert len(driven.of(SubscriptionCorrelated)) == 1


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("= order", "B", "B"), ("= order", 17, "17"), ("= order + 0.50", 1, "1.50"), ("fixed", None, "fixed")],
)
def test_a_key_is_a_text_or_a_number(key: str, value: object, told: str) -> None:
    source = document(message("k", "paid", key), *waiting(of_message("k")))
    driven = Case(source, reloads=True)
    driven.start(order=value)
    assert driven.subscribed == [("w", "paid", told)]


@pytest.mark.parametrize("value", [None, True, "", "x" * 256, ["a"], "nul\0"])
def test_a_key_that_is_neither_is_a_fault_until_it_is_mended(value: object) -> None:
    driven = case(*waiting(of_message("m")), reloads=True, order=value)
    assert driven.fault_codes == ["correlation_key_unusable"]
    assert driven.subscribed == []
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.fault_codes == ["correlation_key_unusable"]


def test_the_key_is_computed_when_the_wait_begins(reloads: bool) -> None:
    parts = (start(), parallel("f"), catch("w", of_message("m")), user("a"), chain("start", "f", "w"), chain("f", "a"))
    driven = case(*parts, reloads=reloads)
    driven.complete("a", order="B-2")
    assert driven.subscribed == [("w", "paid", "A-1")]


def test_output_mappings_choose_what_of_a_message_is_kept(reloads: bool) -> None:
    mapped = extensions(mapping(outputs={"sum": "= amount * 2", "case.level": "= amount"}))
    driven = case(*waiting(mapped + of_message("m")), reloads=reloads)
    driven.correlate("w", amount=4, noise="x")
    assert driven.facts.known["level"] == 4
    (row,) = [event.values for event in driven.events if type(event).__name__ == "VariablesWritten"][1:]
    assert row == {"sum": 8}


def test_outputs_that_fail_keep_what_came_until_they_are_mended(reloads: bool) -> None:
    mapped = extensions(mapping(outputs={"case.category": "= kind"}))
    driven = case(*waiting(mapped + of_message("m")), reloads=reloads)
    driven.correlate("w", kind=3)
    assert driven.fault_codes == ["fact_refused"]
    assert driven.subscribed == []
    driven.facts.assign = whatever  # type: ignore[method-assign]
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["a"]


def test_reserved_names_are_refused_and_nothing_moves(reloads: bool) -> None:
    driven = case(*waiting(of_message("m")), reloads=reloads)
    with pytest.raises(Invalid) as refused:
        driven.correlate("w", case=1)
    assert refused.value.code == "reserved_name"


def test_a_signal_is_waited_for_by_name_alone(reloads: bool) -> None:
    driven = case(*waiting(of_signal("s")), reloads=reloads)
    assert driven.subscribed == [("w", "alarm", "")]
    assert [event.kind for event in driven.of(SubscriptionOpened)] == ["signal"]
    assert driven.correlate("w")
    assert driven.open == ["a"]


def test_definitions_at_the_root_are_followed(reloads: bool) -> None:
    root = '<bpmn:messageEventDefinition id="d" messageRef="m"/>'
    inner = "<bpmn:eventDefinitionRef>d</bpmn:eventDefinitionRef>"
    driven = Case(document(PAID, *waiting(inner), around=root), reloads=reloads)
    driven.start(order="A-1")
    assert driven.subscribed == [("w", "paid", "A-1")]


@pytest.mark.parametrize("inner", [of_message("m"), of_signal("s")])
def test_an_interrupting_border_ends_its_activity(inner: str, reloads: bool) -> None:
    driven = case(*interrupted(inner), reloads=reloads)
    assert driven.correlate("x", why="因故")
    assert driven.open == ["b"]
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["a"]
    assert driven.subscribed == []
    driven.complete("b")
    assert driven.is_complete


@pytest.mark.parametrize("inner", [of_message("m"), of_signal("s")])
def test_a_border_that_does_not_interrupt_takes_every_one_that_comes(inner: str, reloads: bool) -> None:
    driven = case(*interrupted(inner, interrupts=False), reloads=reloads)
    for _ in range(3):
        assert driven.correlate("x")
    assert driven.open == ["a", "b", "b", "b"]
    assert len({event.subscription for event in driven.of(SubscriptionOpened)}) == 4
    driven.complete("a")
    assert driven.subscribed == []
    for _ in range(3):
        driven.complete("b")
    assert driven.is_complete


@pytest.mark.parametrize("leaves", ["complete", "cancel", "terminate"])
def test_a_wait_is_given_up_when_the_flow_goes_elsewhere(leaves: str, reloads: bool) -> None:
    parts = (
        start(), parallel("f"), user("a"), boundary("x", "a", of_message("m")), user("late"), chain("x", "late"),
        user("stop"), terminate("all"), chain("start", "f", "a"), chain("f", "stop", "all"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    instance = next(iter(driven.tree.instances))
    if leaves == "cancel":
        driven.cancel(instance)
        assert driven.of(InstanceCancelled)
    else:
        driven.complete("a" if leaves == "complete" else "stop")
    assert [event.element for event in driven.of(SubscriptionClosed)] == ["x"]
    assert driven.subscribed == []
    assert not driven.correlate("x")


def test_a_receive_task_waits_and_its_border_as_well(reloads: bool) -> None:
    parts = (
        start(), receive("r", "m"), boundary("late", "r", timer("timeDuration", "PT1H")), user("a"), user("b"),
        chain("start", "r", "a"), chain("late", "b"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    assert (driven.subscribed, driven.waiting) == ([("r", "paid", "A-1")], ["late"])
    assert driven.correlate("r", amount=1)
    assert (driven.open, driven.waiting) == (["a"], [])
    late = case(*parts, reloads=reloads)
    assert late.fire()
    assert (late.open, late.subscribed) == (["b"], [])


def test_a_receive_task_sees_its_inputs(reloads: bool) -> None:
    task = receive("r", "m", extensions(mapping(inputs={"order": '= "in-" + order'}, outputs={"got": "= amount"})))
    driven = case(start(), task, user("a"), chain("start", "r", "a"), reloads=reloads)
    assert driven.subscribed == [("r", "paid", "in-A-1")]
    assert driven.correlate("r", amount=5)
    assert driven.open == ["a"]


ARMS = (
    catch("paid", of_message("m")),
    receive("shipped", "n"),
    catch("alarm", of_signal("s")),
    catch("soon", timer("timeDuration", "PT1H")),
    catch("later", timer("timeDuration", "PT2H")),
)


@pytest.mark.parametrize("first", ["paid", "shipped", "alarm", "soon"])
def test_the_first_arm_is_taken_and_the_others_are_given_up(first: str, reloads: bool) -> None:
    driven = case(*chosen(*ARMS), reloads=reloads)
    assert [element for element, _, _ in driven.subscribed] == ["alarm", "paid", "shipped"]
    assert driven.waiting == ["later", "soon"]
    assert {armed.element: armed.due_at - NOW for armed in driven.tree.timers.values()} == {
        "soon": HOUR,
        "later": 2 * HOUR,
    }
    assert driven.fire() if first == "soon" else driven.correlate(first, seen=first)
    assert driven.open == [f"after-{first}"]
    assert (driven.subscribed, driven.waiting) == ([], [])
    assert driven.path == ["start", "start-g", "g", f"g-{first}", first, f"{first}-after-{first}", f"after-{first}"]
    assert len(driven.of(SubscriptionClosed)) == (3 if first == "soon" else 2)
    assert len(driven.of(TimerCancelled)) == (1 if first == "soon" else 2)
    driven.complete(f"after-{first}")
    assert driven.is_complete


def test_the_second_of_two_timers_is_taken_when_it_is_told_first(reloads: bool) -> None:
    driven = case(*chosen(*ARMS), reloads=reloads)
    later = next(armed.timer for armed in driven.tree.timers.values() if armed.element == "later")
    assert driven.fire(later, after=3 * HOUR)
    assert driven.open == ["after-later"]
    assert [event.element for event in driven.of(TimerFired)] == ["later"]


def test_what_came_for_an_arm_is_written_and_mapped(reloads: bool) -> None:
    mapped = extensions(mapping(outputs={"case.category": "= kind"}))
    arms = (catch("paid", mapped + of_message("m")), catch("alarm", of_signal("s")))
    driven = case(*chosen(*arms), reloads=reloads)
    driven.correlate("paid", kind=3)
    assert driven.fault_codes == ["fact_refused"]
    driven.facts.assign = whatever  # type: ignore[method-assign]
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["after-paid"]
    assert driven.subscribed == []


def test_a_gateway_in_a_loop_waits_anew(reloads: bool) -> None:
    parts = (
        start(), exclusive("j"), event_based("g"), catch("paid", of_message("m")), catch("alarm", of_signal("s")),
        end(), chain("start", "j", "g", "paid", "j"), chain("g", "alarm", "end"),
    )  # fmt: skip
    driven = case(*parts, reloads=reloads)
    for _ in range(4):
        assert driven.correlate("paid")
    assert len(driven.subscribed) == 2
    assert driven.correlate("alarm")
    assert driven.of(InstanceCompleted)


def test_waits_inside_a_sub_process_end_with_it(reloads: bool) -> None:
    inside = sub("part", start("in"), event_based("g"), catch("c", of_message("m")), catch("d", of_signal("s")),
                 flow("in", "g"), flow("g", "c"), flow("g", "d"))  # fmt: skip
    parts = (
        start(),
        inside,
        boundary("x", "part", of_message("n")),
        user("b"),
        chain("start", "part"),
        chain("x", "b"),
    )
    driven = case(*parts, reloads=reloads)
    assert [element for element, _, _ in driven.subscribed] == ["c", "d", "x"]
    assert driven.correlate("x")
    assert (driven.open, driven.subscribed) == (["b"], [])
    other = case(*parts, reloads=reloads)
    assert other.correlate("d")
    assert other.is_complete


def test_a_message_is_thrown_with_its_key_and_inputs_and_a_time_to_live(reloads: bool) -> None:
    told = extensions(properties(correlationKey='= "K" + order', timeToLive="PT2H"), mapping(inputs={"sum": "= 1.50"}))
    parts = (start(), throw("t", told + of_message("m")), user("a"), chain("start", "t", "a"))
    driven = case(*parts, reloads=reloads)
    (thrown,) = driven.of(MessageThrown)
    assert (thrown.element, thrown.message, thrown.key) == ("t", "paid", "KA-1")
    assert (str(thrown.variables["sum"]), thrown.expires_at) == ("1.50", NOW + 2 * HOUR)
    assert driven.open == ["a"]


@pytest.mark.parametrize("thrower", ["throw", "send", "end"])
def test_the_key_of_the_message_holds_for_those_who_throw_it_too(thrower: str, reloads: bool) -> None:
    node = {
        "throw": throw("t", of_message("m")),
        "send": send("t", "m"),
        "end": end("t", of_message("m")),
    }[thrower]
    driven = case(start(), user("a"), node, chain("start", "a", "t"), reloads=reloads)
    driven.complete("a", order="B-2")
    (thrown,) = driven.of(MessageThrown)
    assert (thrown.key, thrown.variables, thrown.expires_at) == ("B-2", {}, NOW + TIME_TO_LIVE)
    assert driven.is_complete


def test_a_message_that_cannot_be_thrown_is_a_fault_and_thrown_once_when_it_can(reloads: bool) -> None:
    told = extensions(properties(timeToLive="= wait"))
    driven = case(start(), send("t", "m", told), parallel("f"), chain("start", "t", "f"), reloads=reloads, wait="soon")
    assert driven.fault_codes == ["time_to_live_unusable"]
    assert driven.of(MessageThrown) == []


def test_a_signal_is_thrown_in_passing_and_at_an_end(reloads: bool) -> None:
    told = extensions(mapping(inputs={"level": "= 3"}))
    parts = (
        start(),
        throw("t", told + of_signal("s")),
        user("a"),
        end("e", of_signal("s")),
        chain("start", "t", "a", "e"),
    )
    driven = case(*parts, reloads=reloads)
    driven.complete("a")
    assert [(event.element, event.signal, event.variables) for event in driven.of(SignalThrown)] == [
        ("t", "alarm", {"level": 3}),
        ("e", "alarm", {}),
    ]
    assert len({event.thrown for event in driven.of(SignalThrown)}) == 2


def test_a_throw_event_without_definition_is_passed(reloads: bool) -> None:
    driven = case(start(), throw("t"), user("a"), chain("start", "t", "a"), reloads=reloads)
    assert driven.open == ["a"]
