"""Standard loops: an activity is performed again and again while a condition holds."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import TaskWithdrawn, VariablesWritten
from tests.unit.spiff.drawing import (
    again_while,
    boundary,
    call,
    chain,
    document,
    end,
    error,
    exclusive,
    flow,
    for_each,
    parallel,
    repeated,
    script,
    start,
    sub,
    terminate,
    timer,
    user,
)
from tests.unit.spiff.driving import Case


def case(*parts: str, reloads: bool, called: bytes | None = None, **variables: Any) -> Case:
    driven = Case(document(*parts), *([called] if called else []), reloads=reloads)
    driven.start(**variables)
    return driven


def looping(characteristics: str) -> tuple[str, ...]:
    return (start(), repeated(user("u"), characteristics), user("next"), chain("start", "u", "next"))


def counters(driven: Case) -> list[Any]:
    return [event.values["loopCounter"] for event in driven.of(VariablesWritten) if "loopCounter" in event.values]


def test_it_goes_on_while_its_condition_holds(reloads: bool) -> None:
    driven = case(*looping(again_while("= more")), reloads=reloads)
    driven.complete("u", more=True)
    driven.complete("u", more=True)
    assert driven.open == ["u"]
    driven.complete("u", more=False)
    assert driven.open == ["next"]
    assert counters(driven) == [1, 2, 3]
    assert driven.path.count("u") == 1


def test_it_is_performed_once_before_its_condition_is_asked(reloads: bool) -> None:
    driven = case(*looping(again_while("= more")), reloads=reloads, more=False)
    assert driven.open == ["u"]
    driven.complete("u")
    assert driven.open == ["next"]


def test_a_condition_that_is_asked_before_may_leave_it_out(reloads: bool) -> None:
    driven = case(*looping(again_while("= more", testBefore="true")), reloads=reloads, more=False)
    assert driven.open == ["next"]
    driven = case(*looping(again_while("= more", testBefore="true")), reloads=reloads, more=True)
    driven.complete("u", more=False)
    assert driven.open == ["next"]


def test_a_maximum_ends_it_whatever_the_condition_says(reloads: bool) -> None:
    for characteristics in (again_while("= true", loopMaximum="3"), again_while(loopMaximum="3")):
        driven = case(*looping(characteristics), reloads=reloads)
        for _ in range(3):
            driven.complete("u")
        assert driven.open == ["next"]


def test_the_condition_knows_how_often_it_was_performed(reloads: bool) -> None:
    driven = case(*looping(again_while("= loopCounter < 2", testBefore="true")), reloads=reloads)
    driven.complete("u")
    driven.complete("u")
    assert driven.open == ["next"]


def test_a_condition_that_is_neither_is_a_fault(reloads: bool) -> None:
    driven = case(*looping(again_while("= more")), reloads=reloads)
    driven.complete("u")
    (fault,) = driven.tree.faults.values()
    assert (fault.element, fault.code) == ("u", "condition_not_boolean")
    assert driven.open == []
    before = case(*looping(again_while("= more", testBefore="true")), reloads=reloads)
    assert before.fault_codes == ["condition_not_boolean"]


def test_a_loop_without_wait_that_does_not_end_stops_with_a_fault(reloads: bool) -> None:
    endless = repeated(script("s", "= 1", "x"), again_while("= true"))
    driven = case(start(), endless, user("next"), chain("start", "s", "next"), reloads=reloads)
    assert driven.fault_codes == ["step_limit"]


def test_a_script_is_computed_until_it_is_enough(reloads: bool) -> None:
    doubling = repeated(script("s", "= x * 2", "x"), again_while("= x < 100"))
    driven = case(start(), doubling, user("next"), chain("start", "s", "next"), reloads=reloads, x=1)
    assert driven.of(VariablesWritten)[-1].values == {"x": 128}


def test_its_border_is_that_of_the_whole(reloads: bool) -> None:
    late = boundary("late", "u", timer("timeDuration", "PT1H"))
    driven = case(*looping(again_while("= true")), late, user("x"), chain("late", "x"), reloads=reloads)
    due = next(iter(driven.tree.timers.values())).due_at
    driven.complete("u")
    assert [armed.due_at for armed in driven.tree.timers.values()] == [due]
    driven.fire()
    assert driven.open == ["x"]
    assert len(driven.of(TaskWithdrawn)) == 1


def test_an_error_inside_leaves_it_by_its_border(reloads: bool) -> None:
    inner = sub("s", start("i"), user("u"), exclusive("g", default="g-ok"), end("ok"), end("bad", error("lost")),
                chain("i", "u", "g", "ok"), flow("g", "bad", "= broken"))  # fmt: skip
    driven = case(start(), repeated(inner, again_while("= true")), boundary("b", "s", error("lost")), user("next"),
                  chain("start", "s"), chain("b", "next"), reloads=reloads)  # fmt: skip
    driven.complete("u", broken=False)
    assert driven.open == ["u"]
    driven.complete("u", broken=True)
    assert driven.open == ["next"]


def test_a_terminate_beside_it_ends_it(reloads: bool) -> None:
    driven = case(
        start(), parallel("fork"), repeated(user("u"), again_while("= true")), user("stop"), terminate("over"),
        chain("start", "fork", "u"), chain("fork", "stop", "over"), reloads=reloads,
    )  # fmt: skip
    driven.complete("u")
    driven.complete("stop")
    assert driven.is_complete


def test_joins_inside_are_counted_anew_each_time(reloads: bool) -> None:
    inner = sub("s", start("i"), parallel("f"), user("u"), user("v"), parallel("j"), user("w"),
                chain("i", "f", "u", "j", "w"), chain("f", "v", "j"))  # fmt: skip
    driven = case(start(), repeated(inner, again_while(loopMaximum="3")), user("next"), chain("start", "s", "next"),
                  reloads=reloads)  # fmt: skip
    for first, second in (("u", "v"), ("v", "u"), ("u", "v")):
        driven.complete(first)
        assert driven.open == [second]
        driven.complete(second)
        assert driven.open == ["w"]
        driven.complete("w")
    assert driven.open == ["next"]


def test_inside_each_item_it_counts_for_itself(reloads: bool) -> None:
    inner = sub("s", start("i"), repeated(user("u"), again_while("= loopCounter < p")), chain("i", "u"))
    driven = case(start(), repeated(inner, for_each("= people", "p")), user("next"), chain("start", "s", "next"),
                  reloads=reloads, people=[1, 2, 3])  # fmt: skip
    done = 0
    while "u" in driven.open:
        driven.complete("u")
        done += 1
    assert (done, driven.open) == (6, ["next"])


def test_in_a_drawn_loop_it_begins_anew(reloads: bool) -> None:
    driven = case(
        start(), exclusive("in"), repeated(user("u"), again_while(loopMaximum="2")), user("ask"),
        exclusive("out", default="out-in"), end(),
        chain("start", "in", "u", "ask", "out", "in"), flow("out", "end", "= enough"), reloads=reloads,
    )  # fmt: skip
    for enough in (False, True):
        driven.complete("u")
        driven.complete("u")
        driven.complete("ask", enough=enough)
    assert driven.is_complete
    assert counters(driven) == [1, 2, 1, 2]


def test_a_call_is_made_again(reloads: bool) -> None:
    called = document(start(), user("c"), chain("start", "c"), key="inner")
    driven = case(start(), repeated(call("k", "inner"), again_while("= more")), user("next"),
                  chain("start", "k", "next"), reloads=reloads, called=called)  # fmt: skip
    driven.complete("c", more=True)
    driven.complete("c", more=False)
    assert driven.open == ["next"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), max_size=6), st.booleans(), st.none() | st.integers(1, 4))
def test_it_is_performed_as_often_as_the_standard_says(more: list[bool], before: bool, maximum: int | None) -> None:
    attributes = {"testBefore": "true"} if before else {}
    attributes |= {"loopMaximum": str(maximum)} if maximum else {}
    answers = [*more, False]
    expected = 0 if before and not answers[0] else answers.index(False, 1 if before else 0) + (0 if before else 1)
    expected = expected if maximum is None else min(expected, maximum)
    both = [case(*looping(again_while("= more", **attributes)), reloads=reloads, more=answers[0])
            for reloads in (False, True)]  # fmt: skip
    for done in range(expected):
        upcoming = answers[done + 1] if before else answers[done]
        for driven in both:
            assert driven.open == ["u"]
            driven.complete("u", more=upcoming)
    straight, stored = both
    assert straight.open == stored.open == ["next"]
    assert straight.events == stored.events
