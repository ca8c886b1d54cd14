"""A running diagram is folded from the log alone."""

from __future__ import annotations

from api.diagrams import RunningDiagrams
from engine.delivery_events import DeliveryCompleted, DeliveryRequested
from engine.event import Event
from engine.events import (
    FaultCleared,
    FaultRaised,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    Recorded,
    TaskCompleted,
    TaskOpened,
    TaskWithdrawn,
    TimerArmed,
    TimerCancelled,
    TimerFired,
    TokensMoved,
)
from engine.message_events import SubscriptionCorrelated, SubscriptionOpened
from tests.unit.api.stand_in import LATER


def folded(*events: Event) -> RunningDiagrams:
    diagrams = RunningDiagrams()
    for seq, event in enumerate(events, 1):
        diagrams.fold(Recorded(tree=1, seq=seq, at=LATER, actor="user:1", event=event, payload=b"{}", hash=bytes(32)))
    return diagrams


STARTED = InstanceStarted(instance=1, definition_key="case", definition_sha="ab")


def opened(task: int, element: str) -> TaskOpened:
    return TaskOpened(task=task, instance=1, element=element, name=element)


def test_elements_and_flows_are_counted_as_often_as_they_were_passed() -> None:
    (diagram,) = folded(
        STARTED,
        TokensMoved(instance=1, path=["start", "flow_1", "dispose"]),
        TokensMoved(instance=1, path=["flow_2", "verify", "flow_back", "dispose"]),
    ).values()
    assert diagram.passed == {"start": 1, "flow_1": 1, "dispose": 2, "flow_2": 1, "verify": 1, "flow_back": 1}


def test_an_element_waits_while_a_task_of_it_is_open() -> None:
    (diagram,) = folded(
        STARTED,
        opened(2, "dispose"),
        opened(3, "dispose"),
        opened(4, "verify"),
        TaskCompleted(task=2, instance=1, element="dispose", data={}),
        TaskWithdrawn(task=4, instance=1, element="verify"),
    ).values()
    assert diagram.waiting == {"dispose": 1}


def test_an_element_stands_still_until_its_fault_is_cleared() -> None:
    raised = FaultRaised(fault=5, instance=1, element="gateway", code="x", message_zh="中", message_en="en")
    (standing,) = folded(STARTED, raised).values()
    (going,) = folded(STARTED, raised, FaultCleared(fault=5, instance=1, element="gateway")).values()
    assert standing.faulted == {"gateway": 1}
    assert not going.faulted


def test_instances_of_one_case_have_each_their_own_diagram() -> None:
    other = InstanceStarted(instance=9, definition_key="extension", definition_sha="cd")
    first, second = folded(
        STARTED, other, TokensMoved(instance=9, path=["ask"]), InstanceCompleted(instance=1, ends=["end"])
    ).values()
    assert (first.definition_key, dict(first.passed)) == ("case", {})
    assert (second.definition_key, dict(second.passed)) == ("extension", {"ask": 1})


def test_what_was_put_down_goes_on_as_if_it_had_not_been() -> None:
    raised = FaultRaised(fault=5, instance=1, element="gateway", code="x", message_zh="中", message_en="en")
    before = [STARTED, TokensMoved(instance=1, path=["start", "dispose"]), opened(2, "dispose"), raised]
    after = [TaskCompleted(task=2, instance=1, element="dispose", data={}), TokensMoved(instance=1, path=["dispose"])]
    taken_up = RunningDiagrams(folded(*before).text())
    for event in after:
        taken_up.fold(Recorded(tree=1, seq=9, at=LATER, actor="user:1", event=event, payload=b"{}", hash=bytes(32)))
    assert taken_up.values() == folded(*before, *after).values()


CALLED = InstanceStarted(instance=5, definition_key="filing", definition_sha="ef", caller=1, caller_element="file_it")


def test_a_call_waits_where_it_stands_until_what_it_called_has_ended() -> None:
    asked = TaskOpened(task=7, instance=5, element="accept", name="受理")
    caller, called = folded(STARTED, CALLED, asked).values()
    assert (caller.waiting, called.waiting) == ({"file_it": 1}, {"accept": 1})
    assert (called.caller, called.caller_element, called.is_open) == (1, "file_it", True)
    for ended in (InstanceCompleted(instance=5, ends=["end"]), InstanceCancelled(instance=5)):
        caller, called = folded(STARTED, CALLED, ended).values()
        assert (caller.waiting, called.is_open) == ({}, False)


def test_moments_messages_and_deliveries_are_waited_for_where_a_token_stands() -> None:
    armed = TimerArmed(timer=2, instance=1, element="pause", name="", due_at=LATER)
    on_border = TimerArmed(timer=3, instance=1, element="late", name="", attached_to="work", due_at=LATER)
    awaited = SubscriptionOpened(subscription=4, instance=1, element="paid", name="", kind="message", message="paid")
    requested = DeliveryRequested(
        delivery=6, instance=1, element="tell", name="", topic="t", target="t", payload={}, retries=1
    )
    (diagram,) = folded(STARTED, armed, on_border, awaited, requested).values()
    assert diagram.waiting == {"pause": 1, "paid": 1, "tell": 1}
    over = [
        TimerFired(timer=2, instance=1, element="pause"),
        TimerCancelled(timer=3, instance=1, element="late"),
        SubscriptionCorrelated(subscription=4, instance=1, element="paid"),
        DeliveryCompleted(delivery=6, instance=1, element="tell", result={}),
    ]
    (diagram,) = folded(STARTED, armed, on_border, awaited, requested, *over).values()
    assert not diagram.waiting
