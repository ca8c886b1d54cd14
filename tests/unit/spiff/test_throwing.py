"""Errors and escalations: caught on the nearest border, at once, or seen by everybody when nothing catches them."""

from __future__ import annotations

import pytest

from engine.events import ErrorThrown, EscalationThrown, InstanceCompleted, TaskWithdrawn, TimerCancelled
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    error,
    escalation,
    exclusive,
    extensions,
    flow,
    link,
    mapping,
    parallel,
    script,
    start,
    sub,
    terminate,
    throw,
    timer,
    user,
)
from tests.unit.spiff.driving import Case


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=reloads)
    driven.start(**variables)
    return driven


def failing(*borders: str, thrown: str = "lost", inner: str = "") -> tuple[str, ...]:
    """A sub-process that ends with an error after a task, beside another task and a timer."""
    fork, watch = parallel("fork"), catch("watch", timer("timeDuration", "PT1H"))
    part = sub("part", start("s"), fork, user("u"), user("v"), watch, end("e", inner + error(thrown)),
               chain("s", "fork", "u", "e"), chain("fork", "v"), chain("fork", "watch"))  # fmt: skip
    after = (
        user(f"after_{name}") + chain(name, f"after_{name}") for name in ("exact", "every") if name in "".join(borders)
    )
    return (start(), part, *borders, user("next"), chain("start", "part", "next"), *after)


EXACT, EVERY = boundary("exact", "part", error("lost")), boundary("every", "part", error())


def telling(*borders: str, ending: str = "", after: str = "rest") -> tuple[str, ...]:
    """A sub-process that tells of an escalation after a task and goes on to another one."""
    part = sub("part", start("s"), user("u"), throw("t", ending or escalation("late")), script(after, "= 1", "went_on"),
               user("v"), chain("s", "u", "t", after, "v"))  # fmt: skip
    told = (
        user(f"told_{name}") + chain(name, f"told_{name}")
        for name in ("exact", "every")
        if f'"{name}"' in "".join(borders)
    )
    return (start(), part, *borders, user("next"), chain("start", "part", "next"), *told)


def test_an_error_ends_everything_inside_at_once_and_goes_on_from_the_border(reloads: bool) -> None:
    driven = case(*failing(EXACT), reloads=reloads)
    assert driven.open == ["u", "v"]
    driven.complete("u")
    assert driven.open == ["after_exact"]
    assert driven.waiting == []
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["v"]
    assert [event.element for event in driven.of(TimerCancelled)] == ["watch"]
    (thrown,) = driven.of(ErrorThrown)
    assert (thrown.element, thrown.code, thrown.caught_by, thrown.caught_in) == ("e", "lost", "exact", 1)
    assert driven.path[-4:] == ["e", "exact", "exact-after_exact", "after_exact"]
    driven.complete("after_exact")
    assert driven.of(InstanceCompleted)[0].ends == ["after_exact"]


@pytest.mark.parametrize("borders", [(EXACT, EVERY), (EVERY, EXACT)])
def test_the_event_that_names_the_code_goes_before_the_one_that_takes_all(borders: tuple[str, str]) -> None:
    driven = case(*failing(*borders), reloads=True)
    driven.complete("u")
    assert driven.open == ["after_exact"]


def test_an_event_without_code_takes_every_error(reloads: bool) -> None:
    driven = case(*failing(EXACT, EVERY, thrown="broken"), reloads=reloads)
    driven.complete("u")
    assert driven.open == ["after_every"]


def test_definitions_at_the_root_of_the_file_are_found() -> None:
    referring = boundary("exact", "part", "<bpmn:eventDefinitionRef>lost-error</bpmn:eventDefinitionRef>")
    driven = case(*failing(referring), reloads=True)
    driven.complete("u")
    assert driven.open == ["after_exact"]
    driven = case(*failing(referring, thrown="broken"), reloads=True)
    driven.complete("u")
    assert driven.fault_codes == ["error_uncaught"]


def test_an_error_nobody_catches_is_a_fault_that_can_be_retried(reloads: bool) -> None:
    driven = case(*failing(EXACT, thrown="broken"), reloads=reloads)
    driven.complete("u")
    assert driven.fault_codes == ["error_uncaught"]
    assert driven.open == ["v"]
    (fault,) = driven.tree.faults.values()
    assert fault.element == "e"
    assert "broken" in fault.message_zh
    driven.retry(fault.fault)
    assert driven.fault_codes == ["error_uncaught"]
    assert driven.of(ErrorThrown) == []


def test_an_error_leaves_the_inner_sub_process_for_the_outer_border(reloads: bool) -> None:
    inner = sub("inner", start("is"), user("iu"), end("ie", error("broken")), chain("is", "iu", "ie"))
    outer = sub("outer", start("os"), inner, boundary("no", "inner", error("lost")), user("ou"), user("no_user"),
                chain("os", "inner", "ou"), chain("no", "no_user"))  # fmt: skip
    driven = case(start(), outer, boundary("yes", "outer", error()), user("a"), user("b"),
                  chain("start", "outer", "a"), chain("yes", "b"), reloads=reloads)  # fmt: skip
    driven.complete("iu")
    assert driven.open == ["b"]
    assert driven.of(ErrorThrown)[0].caught_by == "yes"


def test_the_innermost_border_catches_and_the_outer_goes_on(reloads: bool) -> None:
    inner = sub("inner", start("is"), user("iu"), end("ie", error("lost")), chain("is", "iu", "ie"))
    outer = sub("outer", start("os"), inner, boundary("near", "inner", error()), user("ou"),
                chain("os", "inner", "ou"), chain("near", "ou"))  # fmt: skip
    driven = case(start(), outer, boundary("far", "outer", error("lost")), user("a"), user("b"),
                  chain("start", "outer", "a"), chain("far", "b"), reloads=reloads)  # fmt: skip
    driven.complete("iu")
    assert driven.open == ["ou"]
    driven.complete("ou")
    assert driven.open == ["a"]


def test_an_error_takes_variables_along_and_the_border_maps_them(reloads: bool) -> None:
    carried = extensions(mapping(inputs={"reason": "= why"}))
    mapped = extensions(mapping(outputs={"case.category": "= reason", "noted": "= reason"}))
    driven = case(*failing(boundary("exact", "part", mapped + error("lost")), inner=carried), reloads=reloads)
    driven.complete("u", why="dark")
    assert driven.open == ["after_exact"]
    assert driven.facts.known["category"] == "dark"


def test_a_mapping_on_the_border_that_fails_is_a_fault_that_keeps_what_came(reloads: bool) -> None:
    carried = extensions(mapping(inputs={"reason": "= why"}))
    mapped = extensions(mapping(outputs={"case.category": "= if ready = true then reason else 1"}))
    watched = (user("w"), parallel("p"))
    parts = [
        part
        for part in failing(boundary("exact", "part", mapped + error("lost")), inner=carried)
        if "start-part" not in part
    ]
    driven = case(*parts, *watched, chain("start", "p", "part", "next"), chain("p", "w"), reloads=reloads)
    driven.complete("u", why="dark")
    assert driven.fault_codes == ["fact_refused"]
    driven.complete("w", ready=True)
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["after_exact"]
    assert driven.facts.known["category"] == "dark"


def test_an_error_is_caught_again_in_every_round_of_a_loop(reloads: bool) -> None:
    part = sub("part", start("s"), user("u"), end("e", error("lost")), chain("s", "u", "e"))
    caught = boundary("exact", "part", error("lost"))
    driven = case(start(), part, caught, chain("start", "part"), chain("exact", "part"), reloads=reloads)  # fmt: skip
    for count in range(1, 5):
        driven.complete("u")
        assert driven.open == ["u"]
        assert len(driven.of(ErrorThrown)) == count


def test_an_error_beside_another_branch_leaves_that_branch_alone(reloads: bool) -> None:
    parts = [part for part in failing(EXACT) if "start-part" not in part]
    driven = case(
        *parts, user("w"), parallel("p"), chain("start", "p", "part", "next"), chain("p", "w"), reloads=reloads
    )
    driven.complete("u")
    assert driven.open == ["after_exact", "w"]


def test_an_escalation_that_interrupts_stops_the_inside_at_once(reloads: bool) -> None:
    driven = case(*telling(boundary("exact", "part", escalation("late"))), reloads=reloads)
    driven.complete("u")
    assert driven.open == ["told_exact"]
    assert "rest" not in driven.path
    (thrown,) = driven.of(EscalationThrown)
    assert (thrown.element, thrown.code, thrown.caught_by, thrown.caught_in) == ("t", "late", "exact", 1)


def test_an_escalation_that_does_not_interrupt_lets_both_go_on(reloads: bool) -> None:
    driven = case(*telling(boundary("exact", "part", escalation("late"), interrupts=False)), reloads=reloads)
    driven.complete("u")
    assert driven.open == ["told_exact", "v"]
    driven.complete("v")
    driven.complete("told_exact")
    assert driven.open == ["next"]


def test_an_escalation_nobody_catches_is_noted_and_the_flow_goes_on(reloads: bool) -> None:
    driven = case(
        *telling(boundary("exact", "part", escalation("loud")), boundary("every", "part", error())), reloads=reloads
    )
    driven.complete("u")
    assert driven.open == ["v"]
    (thrown,) = driven.of(EscalationThrown)
    assert (thrown.code, thrown.caught_by, thrown.caught_in) == ("late", "", None)


def test_an_escalation_at_the_end_is_caught_too(reloads: bool) -> None:
    part = sub("part", start("s"), user("u"), end("e", escalation("late")), chain("s", "u", "e"))
    beside = boundary("exact", "part", escalation(), interrupts=False)
    driven = case(start(), part, beside, user("told"), user("next"),
                  chain("start", "part", "next"), chain("exact", "told"), reloads=reloads)  # fmt: skip
    driven.complete("u")
    assert driven.open == ["next", "told"]


def test_an_escalation_of_the_process_itself_has_nobody_to_catch_it(reloads: bool) -> None:
    driven = case(start(), user("u"), end("e", escalation("late")), chain("start", "u", "e"), reloads=reloads)
    driven.complete("u")
    assert driven.is_complete
    assert driven.of(EscalationThrown)[0].caught_by == ""


def test_an_error_of_the_process_itself_is_a_fault(reloads: bool) -> None:
    driven = case(start(), user("u"), end("e", error("lost")), chain("start", "u", "e"), reloads=reloads)
    driven.complete("u")
    assert driven.fault_codes == ["error_uncaught"]
    assert not driven.is_complete


def test_a_throw_that_ends_the_branch_without_a_drawn_end_throws_once(reloads: bool) -> None:
    part = sub("part", start("s"), user("u"), throw("t", escalation("late")), chain("s", "u", "t"))
    driven = case(start(), part, user("next"), chain("start", "part", "next"), reloads=reloads)
    driven.complete("u")
    assert len(driven.of(EscalationThrown)) == 1
    assert driven.open == ["next"]


def test_terminating_inside_leaves_the_outside_alone_after_an_escalation(reloads: bool) -> None:
    part = sub("part", start("s"), parallel("f"), user("u"), user("v"), throw("t", escalation("late")),
               terminate("stop"), chain("s", "f", "u", "t", "stop"), chain("f", "v"))  # fmt: skip
    beside = boundary("exact", "part", escalation("late"), interrupts=False)
    driven = case(start(), part, beside, user("told"), user("next"),
                  chain("start", "part", "next"), chain("exact", "told"), reloads=reloads)  # fmt: skip
    driven.complete("u")
    assert driven.open == ["next", "told"]


def test_a_link_is_a_flow_that_is_not_drawn(reloads: bool) -> None:
    driven = case(
        start(), exclusive("g", default="g-from"), user("a"), throw("from", link("x")), throw("also", link("x")),
        catch("to", link("x")), user("b"), chain("start", "g", "from"), flow("g", "a", "= v > 1"), chain("a", "also"),
        chain("to", "b"), reloads=reloads, v=1,
    )  # fmt: skip
    assert driven.open == ["b"]
    assert driven.path == ["start", "start-g", "g", "g-from", "from", "to", "to-b", "b"]


def test_a_plain_throw_event_is_passed(reloads: bool) -> None:
    driven = case(start(), throw("t"), user("a"), chain("start", "t", "a"), reloads=reloads)
    assert driven.path == ["start", "start-t", "t", "t-a", "a"]
