"""Outside work: requested by a step, answered later, and no longer awaited when the flow goes elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.delivery_events import (
    DeliveryCancelled,
    DeliveryCompleted,
    DeliveryRejected,
    DeliveryRequested,
    DeliveryResent,
    DeliverySkipped,
)
from engine.errors import InvalidState
from engine.events import FaultCleared, FaultRaised, TimerArmed, VariablesWritten
from engine.spiff import Declared, lint_process
from engine.turns import Answered, Replaced
from tests.unit.spiff.drawing import (
    boundary,
    chain,
    document,
    end,
    error,
    exclusive,
    extensions,
    flow,
    mapping,
    outside,
    parallel,
    start,
    sub,
    terminate,
    timer,
    user,
)
from tests.unit.spiff.driving import Case

HOUR = timedelta(hours=1)


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=reloads)
    driven.start(**variables)
    return driven


def asking(task: str, *more: str) -> tuple[str, ...]:
    return (start(), task, user("a"), end(), chain("start", "s", "a", "end"), *more)


@pytest.mark.parametrize("tag", ["serviceTask", "sendTask"])
def test_the_inputs_are_the_payload_and_the_answer_is_taken_by_outputs(tag: str, reloads: bool) -> None:
    io = mapping({"number": "= case.level", "what": "= note"}, {"ticket": "= response.id", "case.category": "= kind"})
    driven = case(
        *asking(outside("s", "water.repair", io, tag=tag, target="water", path="/x")), reloads=reloads, note="管"
    )
    (requested,) = driven.of(DeliveryRequested)
    assert (requested.topic, requested.target, requested.headers) == ("water.repair", "water", {"path": "/x"})
    assert (requested.payload, requested.retries) == ({"number": None, "what": "管"}, 10)
    assert (driven.asked, driven.open) == (["s"], [])
    driven.answer("s", response={"id": 7}, kind="水", ignored=1)
    assert (driven.asked, driven.open) == ([], ["a"])
    assert [event.result for event in driven.of(DeliveryCompleted)] == [
        {"response": {"id": 7}, "kind": "水", "ignored": 1}
    ]
    assert driven.of(VariablesWritten)[-1].values == {"ticket": 7}
    assert driven.facts.known["category"] == "水"
    assert driven.path == ["start", "start-s", "s", "s-a", "a"]


def test_without_output_mapping_nothing_of_an_answer_is_kept(reloads: bool) -> None:
    driven = case(*asking(outside("s", "t")), reloads=reloads, note="ours")
    driven.answer("s", note="theirs", case={"level": 9})
    assert driven.open == ["a"]
    assert [event.values for event in driven.of(VariablesWritten)] == [{"note": "ours"}]


def test_a_target_is_named_like_the_topic_and_both_may_be_computed(reloads: bool) -> None:
    driven = case(*asking(outside("s", "= kind", retries="= tries")), reloads=reloads, kind="gas", tries=3)
    (requested,) = driven.of(DeliveryRequested)
    assert (requested.topic, requested.target, requested.retries) == ("gas", "gas", 3)


@pytest.mark.parametrize(
    ("topic", "retries"),
    [("= none", ""), ("= 5", ""), ('= ""', ""), ("t", "= 0"), ("t", "= 1.5"), ("t", "= digits")],
)
def test_a_topic_that_cannot_be_used_is_a_fault_and_asks_nobody(topic: str, retries: str, reloads: bool) -> None:
    driven = case(*asking(outside("s", topic, retries=retries)), reloads=reloads, digits="9" * 5000)
    assert driven.fault_codes == ["delivery_unusable"]
    assert driven.of(DeliveryRequested) == []
    assert driven.asked == []


def test_an_answer_is_taken_once(reloads: bool) -> None:
    driven = case(*asking(outside("s", "t")), reloads=reloads)
    delivery = driven.delivery("s")
    driven.answer("s")
    with pytest.raises(InvalidState):
        driven.tree.turn(delivery, Answered({}), driven.step("system:connector"))


def test_the_numbers_of_deliveries_grow_in_the_order_of_the_requests(reloads: bool) -> None:
    """Also when an element asks later than one that arrived after it."""
    fork = (start(), parallel("p"), outside("x", "= topic"), outside("y", "t"), user("a"), user("b"))
    set_later = mapping(outputs={"topic": '= "t"'})
    driven = case(
        *fork,
        user("c", set_later),
        chain("start", "p", "x", "a"),
        chain("p", "y", "b"),
        chain("p", "c"),
        reloads=reloads,
    )
    assert (driven.asked, driven.fault_codes) == (["y"], ["delivery_unusable"])
    driven.complete("c")
    driven.retry(driven.of(FaultRaised)[0].fault)
    assert driven.asked == ["x", "y"]
    assert [event.element for event in driven.of(DeliveryRequested)] == ["y", "x"]
    assert driven.delivery("y") < driven.delivery("x")


def test_a_boundary_timer_ends_the_wait_and_the_delivery_is_no_longer_awaited(reloads: bool) -> None:
    late = boundary("late", "s", timer("timeDuration", "PT1H"))
    driven = case(*asking(outside("s", "t"), late, user("b"), chain("late", "b")), reloads=reloads)
    delivery = driven.delivery("s")
    assert driven.fire(after=HOUR)
    assert (driven.open, driven.asked) == (["b"], [])
    assert [event.delivery for event in driven.of(DeliveryCancelled)] == [delivery]


def test_a_reminder_does_not_end_the_wait_and_an_answer_ends_the_timer(reloads: bool) -> None:
    late = boundary("late", "s", timer("timeDuration", "PT1H"), interrupts=False)
    driven = case(*asking(outside("s", "t"), late, user("b"), chain("late", "b")), reloads=reloads)
    assert driven.fire(after=HOUR)
    assert (driven.open, driven.asked) == (["b"], ["s"])
    driven.answer("s")
    assert driven.open == ["a", "b"]


def test_a_stalled_delivery_is_a_fault_whose_retry_sends_the_same_again(reloads: bool) -> None:
    late = boundary("late", "s", timer("timeDuration", "PT1H"))
    driven = case(*asking(outside("s", "t"), late, user("b"), chain("late", "b")), reloads=reloads)
    delivery = driven.delivery("s")
    driven.stall("s")
    (raised,) = driven.of(FaultRaised)
    assert (raised.element, raised.code, driven.asked) == ("s", "delivery_failed", ["s"])
    driven.retry(raised.fault)
    assert [event.delivery for event in driven.of(DeliveryResent)] == [delivery]
    assert driven.fault_codes == []
    assert (len(driven.of(DeliveryRequested)), len(driven.of(TimerArmed)), driven.waiting) == (1, 1, ["late"])
    driven.answer("s")
    assert (driven.open, driven.waiting) == (["a"], [])


def test_an_answer_that_comes_while_the_element_is_a_fault_clears_it(reloads: bool) -> None:
    driven = case(*asking(outside("s", "t")), reloads=reloads)
    driven.stall("s")
    driven.answer("s")
    assert (driven.open, driven.fault_codes) == (["a"], [])
    assert len(driven.of(FaultCleared)) == 1


def test_a_person_may_answer_in_place_of_the_outside_system(reloads: bool) -> None:
    driven = case(*asking(outside("s", "t", mapping(outputs={"x": "= id"}))), reloads=reloads)
    driven.stall("s")
    driven.turn("s", Replaced({"id": "by phone"}, "电话办妥"))
    assert [(event.result, event.reason) for event in driven.of(DeliverySkipped)] == [({"id": "by phone"}, "电话办妥")]
    assert (driven.open, driven.fault_codes) == (["a"], [])
    assert driven.of(VariablesWritten)[-1].values == {"x": "by phone"}


def test_an_error_as_the_answer_leaves_by_the_border_that_names_it(reloads: bool) -> None:
    refused = boundary("refused", "s", extensions(mapping(outputs={"why": "= reason"})) + error("lost"))
    late = boundary("late", "s", timer("timeDuration", "PT1H"))
    driven = case(*asking(outside("s", "t"), refused, late, user("b"), chain("refused", "b"), chain("late", "b")),
                  reloads=reloads)  # fmt: skip
    assert driven.reject("s", "lost", reason="不归我管")
    assert (driven.open, driven.asked, driven.waiting) == (["b"], [], [])
    assert [(event.error, event.variables) for event in driven.of(DeliveryRejected)] == [
        ("lost", {"reason": "不归我管"})
    ]
    assert driven.of(DeliveryCancelled) == []
    assert driven.of(VariablesWritten)[-1].values == {"why": "不归我管"}


def test_an_error_reaches_the_border_of_the_scope_around(reloads: bool) -> None:
    inside = sub("part", start("i"), outside("s", "t"), user("b"), chain("i", "s", "b"))
    caught = boundary("any", "part", error())
    driven = case(start(), inside, caught, user("c"), end(), chain("start", "part", "end"), chain("any", "c"),
                  reloads=reloads)  # fmt: skip
    assert driven.reject("s", "whatever")
    assert (driven.open, driven.asked) == (["c"], [])


def test_an_error_that_nothing_catches_is_a_fault_after_which_the_same_may_be_sent_again(reloads: bool) -> None:
    driven = case(*asking(outside("s", "t")), reloads=reloads)
    delivery = driven.delivery("s")
    assert not driven.reject("s", "lost")
    assert (driven.fault_codes, driven.asked, driven.of(DeliveryRejected)) == (["error_uncaught"], ["s"], [])
    driven.retry(driven.of(FaultRaised)[0].fault)
    assert driven.delivery("s") == delivery
    driven.answer("s")
    assert driven.open == ["a"]


def test_an_output_mapping_that_fails_keeps_the_answer_and_is_retried_without_asking_again(reloads: bool) -> None:
    io = mapping(outputs={"case.category": "= kind"})
    driven = case(*asking(outside("s", "t", io)), reloads=reloads)
    driven.answer("s", kind=5)
    assert (driven.fault_codes, driven.asked) == (["fact_refused"], [])
    driven.retry(driven.of(FaultRaised)[0].fault)
    assert driven.fault_codes == ["fact_refused"]
    assert len(driven.of(DeliveryRequested)) == len(driven.of(DeliveryCompleted)) == 1


def test_a_delivery_within_a_loop_is_a_new_one_each_time(reloads: bool) -> None:
    driven = case(
        start(),
        exclusive("m"),
        outside("s", "t", mapping(outputs={"again": "= again"})),
        exclusive("g", default="g-end"),
        end(),
        chain("start", "m", "s", "g", "end"),
        flow("g", "m", "= again"),
        reloads=reloads,
    )
    driven.answer("s", again=True)
    driven.answer("s", again=False)
    assert driven.is_complete
    first, second = (event.delivery for event in driven.of(DeliveryRequested))
    assert first < second


def test_what_ends_a_scope_or_an_instance_ends_its_deliveries(reloads: bool) -> None:
    inside = sub("part", start("i"), parallel("f"), outside("s", "t"), user("b"), terminate("t"), chain("i", "f", "s"),
                 chain("f", "b", "t"))  # fmt: skip
    driven = case(start(), inside, outside("r", "t"), chain("start", "part", "r"), reloads=reloads)
    driven.complete("b")
    assert driven.asked == ["r"]
    driven.cancel(driven.of(DeliveryRequested)[0].instance)
    assert [event.element for event in driven.of(DeliveryCancelled)] == ["s", "r"]
    assert driven.is_complete


def test_a_template_that_was_applied_is_that_of_the_system_that_is_asked() -> None:
    source = document(*asking(outside("s", "t", target="water")))
    for template, rule in (("water", None), ("gas", "job.template_left"), ("coal", "job.template_unknown")):
        applied = source.replace(b' id="s"', f' zeebe:modelerTemplate="guiliu.connector.{template}" id="s"'.encode())
        found = lint_process(applied, Declared(facts={}, targets=["water", "gas"]))
        assert [each.rule for each in found] == ([rule] if rule else [])


def test_a_target_that_is_not_configured_is_a_warning_with_the_closest_name() -> None:
    source = document(*asking(outside("s", "t", target="watr")))
    (found,) = [each for each in lint_process(source, Declared(facts={}, targets=["water", "gas"]))]
    assert (found.rule, found.element, found.is_error) == ("job.target_unknown", "s", False)
    assert "water" in found.fix_en
    assert lint_process(source, Declared(facts={}, targets=["watr"])) == []
    assert lint_process(source) == []
