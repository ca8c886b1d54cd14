"""Call activities: another diagram runs inside, in its own version, with its own variables, and ends with its call."""

from __future__ import annotations

import pytest

from engine.errors import Forbidden, InvalidState
from engine.events import (
    ErrorThrown,
    EscalationThrown,
    FlowReentered,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    StageEntered,
    TaskOpened,
    TaskWithdrawn,
    TimerCancelled,
    TokensMoved,
    VariablesWritten,
)
from engine.spiff.limits import MOST_NESTED_CALLS
from tests.unit.spiff.drawing import (
    boundary,
    call,
    catch,
    chain,
    document,
    element,
    end,
    error,
    escalation,
    extensions,
    flow,
    mapping,
    parallel,
    properties,
    script,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import Case


def outer(*inner: str, process: str = "inner", **attributes: str) -> bytes:
    """A task, a call and a task."""
    called = call("c", process, *inner, **attributes)
    return document(start(), user("a"), called, user("b"), chain("start", "a", "c", "b"))


def inner(*parts: str, key: str = "inner", tag: str = "") -> bytes:
    """A process with one task, or with what is given."""
    tagged = extensions(f'<zeebe:versionTag value="{tag}"/>') if tag else ""
    return document(tagged, *(parts or (start(), user("u"), chain("start", "u"))), key=key)


def test_a_called_process_runs_as_an_instance_of_its_own(reloads: bool) -> None:
    driven = Case(outer(), inner(), reloads=reloads)
    root = driven.start()
    driven.complete("a")
    assert driven.open == ["u"]
    begun = driven.of(InstanceStarted)[1]
    assert (begun.definition_key, begun.caller, begun.caller_element) == ("inner", root, "c")
    assert driven.task("u").instance == begun.instance
    assert {live.key for live in driven.tree.instances.values()} == {"demo", "inner"}
    driven.complete("u")
    assert driven.open == ["b"]
    assert [event.instance for event in driven.of(InstanceCompleted)] == [begun.instance]
    driven.complete("b")
    assert driven.is_complete
    paths = {(moved.instance, item) for moved in driven.of(TokensMoved) for item in moved.path}
    assert {(root, "c"), (root, "c-b"), (begun.instance, "start"), (begun.instance, "u")} <= paths


def test_a_process_that_needs_nobody_returns_in_the_same_step(reloads: bool) -> None:
    driven = Case(outer(), inner(start(), script("s", "= 3", "made"), chain("start", "s")), reloads=reloads)
    driven.start()
    driven.complete("a")
    assert driven.open == ["b"]


def test_without_mappings_all_variables_go_in_and_come_back(reloads: bool) -> None:
    driven = Case(outer(), inner(start(), script("s", "= x + 1", "y"), chain("start", "s")), reloads=reloads)
    driven.start(x=1)
    driven.complete("a")
    written = [(event.instance, event.element, event.values) for event in driven.of(VariablesWritten)]
    assert written[-1][1:] == ("c", {"x": 1, "y": 2})
    assert len({instance for instance, _, values in written if "x" in values}) == 2


def test_a_called_process_changes_only_its_own_copies(reloads: bool) -> None:
    driven = Case(outer(propagateAllChildVariables="false"), inner(), reloads=reloads)
    driven.start(x=1)
    driven.complete("a")
    driven.complete("u", x=2)
    driven.complete("b", seen=0)
    assert [event.values for event in driven.of(VariablesWritten) if event.instance == 1] == [{"x": 1}, {"seen": 0}]


def test_mappings_decide_what_goes_in_and_what_comes_back(reloads: bool) -> None:
    mapped = mapping(inputs={"given": "= x + 1"}, outputs={"taken": "= made * 10"})
    source = inner(start(), script("s", "= {made: given, x: x}.made", "made"), chain("start", "s"))
    driven = Case(outer(mapped, propagateAllParentVariables="false"), source, reloads=reloads)
    driven.start(x=1)
    driven.complete("a")
    child = driven.of(InstanceStarted)[1].instance
    assert [e.values for e in driven.of(VariablesWritten) if e.instance == child] == [{"given": 2}, {"made": 2}]
    assert driven.of(VariablesWritten)[-1].values == {"taken": 20}


def test_the_latest_version_is_taken_when_the_call_begins_and_kept(reloads: bool) -> None:
    driven = Case(outer(), inner(), reloads=reloads)
    driven.start()
    driven.library.publish(inner(start(), user("v"), user("w"), chain("start", "v", "w")))
    driven.complete("a")
    assert driven.open == ["v"]
    driven.library.publish(inner(start(), user("z"), chain("start", "z")))
    driven.complete("v")
    assert driven.open == ["w"]


def test_a_call_bound_to_the_deployment_keeps_what_was_latest_when_the_case_began(reloads: bool) -> None:
    nested = inner(start(), call("n", "deep", bindingType="deployment"), chain("start", "n"))
    deep = inner(start(), user("d"), chain("start", "d"), key="deep")
    driven = Case(outer(bindingType="deployment"), nested, deep, reloads=reloads)
    driven.start()
    driven.library.publish(inner(start(), user("v"), chain("start", "v")))
    driven.library.publish(inner(start(), user("e"), chain("start", "e"), key="deep"))
    driven.complete("a")
    assert driven.open == ["d"]


def test_a_call_by_tag_takes_the_newest_with_the_tag(reloads: bool) -> None:
    old, new = (inner(start(), user(name), chain("start", name), tag="spring") for name in ("o", "n"))
    driven = Case(outer(bindingType="versionTag", versionTag="spring"), old, new, inner(), reloads=reloads)
    driven.start()
    driven.complete("a")
    assert driven.open == ["n"]


def test_a_process_that_is_not_published_is_a_fault_that_can_be_retried(reloads: bool) -> None:
    driven = Case(outer(), reloads=reloads)
    driven.start()
    driven.complete("a")
    assert driven.fault_codes == ["process_not_published"]
    driven.library.publish(inner())
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["u"]
    assert driven.fault_codes == []


def test_an_error_that_a_called_process_does_not_catch_is_caught_at_the_call(reloads: bool) -> None:
    carried = extensions(mapping(inputs={"reason": "= why"}))
    lost = inner(start(), parallel("p"), user("u"), user("v"), catch("w", timer("timeDuration", "PT1H")),
                 end("e", carried + error("lost")), chain("start", "p", "u", "e"),
                 chain("p", "v"), chain("p", "w"))  # fmt: skip
    mapped = extensions(mapping(outputs={"noted": "= reason"}))
    source = document(start(), call("c", "inner"), boundary("b", "c", mapped + error("lost")), user("x"), user("y"),
                      chain("start", "c", "x"), chain("b", "y"))  # fmt: skip
    driven = Case(source, lost, reloads=reloads)
    root = driven.start()
    driven.complete("u", why="dark")
    assert driven.open == ["y"]
    assert driven.waiting == []
    (thrown,) = driven.of(ErrorThrown)
    child = driven.of(InstanceStarted)[1].instance
    assert (thrown.instance, thrown.element, thrown.caught_by, thrown.caught_in) == (child, "e", "b", root)
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["v"]
    assert [event.element for event in driven.of(TimerCancelled)] == ["w"]
    assert [(event.instance, event.reason) for event in driven.of(InstanceCancelled)] == [(child, "caller_ended")]
    assert driven.of(VariablesWritten)[-1].values == {"noted": "dark"}
    assert "e" in [item for moved in driven.of(TokensMoved) if moved.instance == child for item in moved.path]
    assert list(driven.tree.instances) == [root]
    driven.complete("y")
    assert driven.is_complete


def test_an_error_nobody_catches_is_a_fault_inside_the_called_process(reloads: bool) -> None:
    driven = Case(outer(), inner(start(), end("e", error("lost")), chain("start", "e")), reloads=reloads)
    driven.start()
    driven.complete("a")
    (fault,) = driven.tree.faults.values()
    assert (fault.code, fault.element) == ("error_uncaught", "e")
    assert fault.instance == driven.of(InstanceStarted)[1].instance


def test_an_escalation_out_of_a_call_begins_a_branch_or_ends_it(reloads: bool) -> None:
    telling = inner(start(), user("u"), throw("t", escalation("late")), user("v"), chain("start", "u", "t", "v"))
    for interrupts, left in ((False, ["told", "v"]), (True, ["told"])):
        source = document(start(), sub("s", start("ss"), call("c", "inner"), chain("ss", "c")), user("next"),
                          boundary("b", "s", escalation("late"), interrupts=interrupts), user("told"),
                          chain("start", "s", "next"), chain("b", "told"))  # fmt: skip
        driven = Case(source, telling, reloads=reloads)
        driven.start()
        driven.complete("u")
        assert driven.open == left
        assert driven.of(EscalationThrown)[0].caught_by == "b"


def test_a_boundary_timer_on_a_call_ends_the_instance_inside(reloads: bool) -> None:
    late = boundary("late", "c", timer("timeDuration", "PT1H"))
    source = document(
        start(), call("c", "inner"), late, user("x"), user("y"), chain("start", "c", "x"), chain("late", "y")
    )
    driven = Case(source, inner(), reloads=reloads)
    driven.start()
    assert driven.fire()
    assert driven.open == ["y"]
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["u"]


def test_a_timer_inside_a_call_brings_it_to_its_end(reloads: bool) -> None:
    waiting = inner(start(), catch("w", timer("timeDuration", "PT1H")), chain("start", "w"))
    driven = Case(outer(), waiting, reloads=reloads)
    driven.start()
    driven.complete("a")
    assert driven.fire()
    assert driven.open == ["b"]


def test_cancelling_the_case_ends_what_it_calls(reloads: bool) -> None:
    deep = inner(start(), user("d"), chain("start", "d"), key="deep")
    driven = Case(outer(), inner(start(), call("n", "deep"), chain("start", "n")), deep, reloads=reloads)
    root = driven.start()
    driven.complete("a")
    begun = [event.instance for event in driven.of(InstanceStarted)]
    with pytest.raises(InvalidState):
        driven.tree.cancel(begun[1], "test", driven.step("user:operator"))
    driven.cancel(root)
    assert driven.is_complete
    assert {event.instance for event in driven.of(InstanceCancelled)} == set(begun)
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["d"]


def test_a_call_in_a_loop_begins_a_new_instance_each_time(reloads: bool) -> None:
    gate = element("exclusiveGateway", "g", default="g-c")
    source = document(start(), call("c", "inner"), user("again"), gate, end(),
                      chain("start", "c", "again", "g", "c"), flow("g", "end", "= stop = true"))  # fmt: skip
    driven = Case(source, inner(), reloads=reloads)
    driven.start()
    for _ in range(3):
        driven.complete("u")
        driven.complete("again", stop=False)
    driven.complete("u")
    driven.complete("again", stop=True)
    assert driven.is_complete
    instances = [event.instance for event in driven.of(InstanceStarted)[1:]]
    assert len(set(instances)) == 4


def test_calls_that_lead_back_stop_at_a_limit_as_a_fault(reloads: bool) -> None:
    one = inner(start(), call("n", "two"), chain("start", "n"), key="one")
    two = inner(start(), call("n", "one"), chain("start", "n"), key="two")
    driven = Case(outer(process="one"), one, two, reloads=reloads)
    driven.start()
    driven.complete("a")
    assert driven.fault_codes == ["call_depth"]
    assert len(driven.tree.instances) == MOST_NESTED_CALLS + 1


def test_a_loop_through_calls_without_wait_stops_as_a_fault() -> None:
    source = document(start(), call("c", "inner"), element("exclusiveGateway", "g", default="g-c"), end(),
                      chain("start", "c", "g", "c"), flow("g", "end", "= stop = true"))  # fmt: skip
    driven = Case(source, inner(start(), end(), chain("start", "end")))
    driven.start()
    assert driven.fault_codes == ["step_limit"]


def test_the_stage_of_a_call_holds_inside_unless_a_task_says_another(reloads: bool) -> None:
    own = user("v", properties(stage="verification"))
    source = outer(properties(stage="disposal"))
    driven = Case(source, inner(start(), user("u"), own, chain("start", "u", "v")), reloads=reloads)
    root = driven.start()
    driven.complete("a")
    driven.complete("u")
    assert {event.element: event.stage for event in driven.of(TaskOpened)} == {
        "a": "",
        "u": "disposal",
        "v": "verification",
    }
    assert driven.task("v").stage == "verification"
    entered = [(event.stage, event.within) for event in driven.of(StageEntered)]
    assert entered == [("disposal", None), ("verification", root)]


def test_four_eyes_hold_between_two_diagrams(reloads: bool) -> None:
    apart = user("v", properties(separateFrom="inner/u"))
    source = document(start(), call("c", "inner"), call("d", "other"), chain("start", "c", "d"))
    driven = Case(source, inner(), inner(start(), apart, chain("start", "v"), key="other"), reloads=reloads)
    driven.start()
    driven.complete("u", actor="user:3")
    assert driven.task("v").excluded == ["user:3"]
    with pytest.raises(Forbidden):
        driven.complete("v", actor="user:3")


def test_two_calls_side_by_side_are_joined(reloads: bool) -> None:
    source = document(start(), parallel("f"), call("c", "inner"), call("d", "inner"), parallel("j"), user("b"),
                      chain("start", "f", "c", "j", "b"), chain("f", "d", "j"))  # fmt: skip
    driven = Case(source, inner(), reloads=reloads)
    driven.start()
    assert driven.open == ["u", "u"]
    driven.complete("u")
    assert driven.open == ["u"]
    driven.complete("u")
    assert driven.open == ["b"]


def test_a_procedure_on_a_task_inside_moves_the_token_of_the_calling_diagram(reloads: bool) -> None:
    source = document(start(), user("dispatch"), call("disposal", "inner", properties(onReturn="dispatch")),
                      user("verify"), chain("start", "dispatch", "disposal", "verify"))  # fmt: skip
    returning = document(extensions(properties(attachesTo="activity", startedBy="performer")), start(), user("approve"),
                         end("approved", extensions(properties(effect="reenter", target="onReturn"))),
                         chain("start", "approve", "approved"), key="return")  # fmt: skip
    driven = Case(source, inner(), reloads=reloads)
    root = driven.start()
    driven.complete("dispatch")
    called = driven.task("u").instance
    driven.attach(returning, "u", verb="return")
    driven.complete("approve")
    assert driven.open == ["dispatch"]
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["u"]
    assert [event.instance for event in driven.of(InstanceCancelled)] == [called]
    assert [(event.instance, event.left) for event in driven.of(FlowReentered)] == [(root, "disposal")]
    driven.complete("dispatch")
    driven.attach(returning, "u", verb="return")
    driven.complete("u")
    assert driven.open == ["verify"]
