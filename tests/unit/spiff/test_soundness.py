"""Diagrams are played before they are published: where tokens would stand still, meet or never come."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.definition import Finding, Severity
from engine.events import FaultRaised
from engine.spiff import Declared, DefinitionRefused, compile_process, lint_process
from engine.spiff.limits import MOST_MOVES_PLAYED
from tests.unit.spiff.drawing import (
    boundary,
    chain,
    compensation,
    document,
    end,
    error,
    exclusive,
    flow,
    inclusive,
    parallel,
    script,
    start,
    sub,
    terminate,
    timer,
    undone,
    user,
)
from tests.unit.spiff.driving import Case
from tests.unit.spiff.generating import structured, unstructured

Parts = tuple[str, ...]


def said(*parts: str) -> list[Finding]:
    """What playing has to say of a process made of parts."""
    return [each for each in lint_process(document(*parts)) if each.rule.startswith("soundness.")]


def branches(opening: str, closing: str) -> Parts:
    """Two tasks between a gateway ``x`` and a gateway ``y``."""
    ways = (flow("x", "a", "= v" if "exclusive" in opening or "inclusive" in opening else None), flow("x", "b"))
    return (start(), opening, user("a"), user("b"), closing, end(), chain("start", "x"), *ways, chain("a", "y", "end"),
            flow("b", "y"))  # fmt: skip


CHOICE, SOME = exclusive("x", default="x-b"), inclusive("x")


def looped(back: str) -> Parts:
    """A loop whose way back enters the gateway ``j``."""
    return (start(), back, user("a"), exclusive("x", default="x-end"), end(), chain("start", "j", "a", "x", "end"),
            flow("x", "j", "= v"))  # fmt: skip


def guarded(event: str, *more: str) -> Parts:
    """A task with something on its border, beside another task, joined."""
    return (start(), parallel("f"), user("a"), user("b"), parallel("j"), end(), event, chain("start", "f", "a", "j",
     "end"),
            chain("f", "b", "j"), *more)  # fmt: skip


def nested(closing: str) -> Parts:
    """A choice inside a sub-process."""
    inner = (start("s"), CHOICE, user("a"), user("b"), closing, end("e"), chain("s", "x"), flow("x", "a", "= v"),
             flow("x", "b"), chain("a", "y", "e"), flow("b", "y"))  # fmt: skip
    return (start(), sub("part", *inner), end(), chain("start", "part", "end"))


def handled(closing: str) -> Parts:
    """What undoes an activity is a sub-process with a choice."""
    steps = sub("undo_w", start("s"), CHOICE, user("a"), user("b"), closing, end("e"), chain("s", "x"),
                flow("x", "a", "= v"), flow("x", "b"), chain("a", "y", "e"), flow("b", "y"))  # fmt: skip
    handler = steps.replace("<bpmn:subProcess", '<bpmn:subProcess isForCompensation="true"', 1)
    return (start(), user("w"), undone("w", handler), end("end", compensation()), chain("start", "w", "end"))


#: (rule, element) → the wrong diagram, and a sound one that differs by one change.
TWINS: dict[str, tuple[tuple[str, str], Parts, Parts]] = {
    "a choice that is joined as if both came": (
        ("soundness.deadlock", "y"), branches(CHOICE, parallel("y")), branches(CHOICE, exclusive("y"))
    ),
    "a loop back into a join": (("soundness.deadlock", "j"), looped(parallel("j")), looped(exclusive("j"))),
    "a choice inside a sub-process": (
        ("soundness.deadlock", "y"),
        nested(parallel("y")),
        nested(exclusive("y")),
    ),
    "what undoes comes to no end": (
        ("soundness.deadlock", "y"),
        handled(parallel("y")),
        handled(exclusive("y")),
    ),
    "some branches joined as if all came": (
        ("soundness.may_deadlock", "y"), branches(SOME, parallel("y")), branches(SOME, inclusive("y"))
    ),
    "an interrupted branch that never comes to the join": (
        ("soundness.may_deadlock", "j"),
        guarded(boundary("late", "a", timer("timeDuration", "PT1H")), end("gone"), flow("late", "gone")),
        guarded(boundary("late", "a", timer("timeDuration", "PT1H"), interrupts=False), end("gone"), flow("late",
         "gone")),
    ),
    "a way round the join": (
        ("soundness.may_deadlock", "j"),
        (start(), parallel("f"), user("a"), exclusive("x", default="x-j"), user("b"), parallel("j"), end(), end("e2"),
         chain("start", "f", "a", "x", "j", "end"), chain("f", "b", "j"), flow("x", "e2", "= v")),
        (start(), parallel("f"), user("a"), exclusive("x", default="x-j"), user("b"), parallel("j"), end(),
         terminate("e2"),
         chain("start", "f", "a", "x", "j", "end"), chain("f", "b", "j"), flow("x", "e2", "= v")),
    ),
    "branches at the same time, merged as alternatives": (
        ("soundness.several_tokens", "c"),
        (*branches(parallel("x"), exclusive("y"))[:5], user("c"), end(), chain("start", "x", "a", "y", "c", "end"),
         chain("x", "b", "y")),
        (*branches(parallel("x"), parallel("y"))[:5], user("c"), end(), chain("start", "x", "a", "y", "c", "end"),
         chain("x", "b", "y")),
    ),
    "an implicit fork that comes together again": (
        ("soundness.several_tokens", "c"),
        (start(), user("s"), user("a"), user("b"), user("c"), end(), chain("start", "s", "a", "c", "end"), chain("s",
         "b", "c")),
        (start(), exclusive("s", default="s-a"), user("a"), user("b"), user("c"), end(), chain("start", "s", "a",
         "c", "end"),
         chain("b", "c"), flow("s", "b", "= v")),
    ),
    "a reminder that comes back into the main way": (
        ("soundness.several_tokens", "b"),
        (start(), user("a"), user("b"), end(), chain("start", "a", "b", "end"),
         boundary("late", "a", timer("timeDuration", "PT1H"), interrupts=False), flow("late", "b")),
        (start(), user("a"), user("b"), end(), chain("start", "a", "b", "end"),
         boundary("late", "a", timer("timeDuration", "PT1H")), flow("late", "b")),
    ),
    "a task behind a join that never fires": (
        ("soundness.dead", "c"),
        (*branches(CHOICE, parallel("y"))[:5], user("c"), end(), chain("start", "x"), flow("x", "a", "= v"),
         flow("x", "b"),
         chain("a", "y", "c", "end"), flow("b", "y")),
        (*branches(CHOICE, inclusive("y"))[:5], user("c"), end(), chain("start", "x"), flow("x", "a", "= v"),
         flow("x", "b"),
         chain("a", "y", "c", "end"), flow("b", "y")),
    ),
    "an end behind a loop into a join": (("soundness.dead", "end"), looped(parallel("j")), looped(inclusive("j"))),
    "an end behind a choice joined as if both came": (
        ("soundness.dead", "end"), branches(CHOICE, parallel("y")), branches(parallel("x"), parallel("y"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("matter", TWINS)
def test_the_wrong_diagram_is_named_at_its_element_and_its_twin_is_sound(matter: str) -> None:
    expected, wrong, sound = TWINS[matter]
    found = said(*wrong)
    assert expected in {(each.rule, each.element) for each in found}
    assert said(*sound) == []
    assert all(each.message_zh and each.message_en and each.fix_zh and each.fix_en and each.line for each in found)


@pytest.mark.parametrize("matter", [name for name, ((rule, _), _, _) in TWINS.items() if rule != "soundness.dead"])
def test_the_way_there_can_be_played(matter: str) -> None:
    """Every element of it comes after another one that it passed, over a flow between them."""
    (rule, element), wrong, _ = TWINS[matter]
    definition = compile_process(document(*wrong)).view
    [path] = [each.path for each in said(*wrong) if (each.rule, each.element) == (rule, element)]
    passed: set[str] = set()
    for identity in path:
        if identity in definition.flows:
            assert definition.flows[identity].source in passed
        elif passed:
            entering = {flow.id for flow in definition.flows.values() if flow.target == identity}
            assert entering & passed or definition.elements[identity].kind == "boundary_event"
        passed.add(identity)
    assert path


def test_what_stands_still_on_every_way_cannot_be_published_but_runs_on_where_it_was() -> None:
    source = document(*branches(CHOICE, parallel("y")))
    with pytest.raises(DefinitionRefused) as refused:
        compile_process(source, declared=Declared(facts={}))
    assert refused.value.element == "y"
    assert compile_process(source).view.key == "demo"


def test_merging_without_a_join_remains_allowed() -> None:
    wrong = TWINS["an implicit fork that comes together again"][1]
    assert [each.severity for each in said(*wrong)] == [Severity.WARNING]
    assert compile_process(document(*wrong), declared=Declared(facts={})).view.findings


def test_tokens_that_grow_without_end_are_not_judged_beyond() -> None:
    parts = (start(), user("a"), exclusive("x", default="x-end"), end(), chain("start", "a", "x", "end"),
             flow("x", "a", "= v"), flow("a", "a"))  # fmt: skip
    assert {each.rule for each in said(*parts)} == {"soundness.several_tokens", "soundness.gave_up"}


def test_a_sub_process_is_left_by_its_border_and_by_its_end() -> None:
    inner = (start("s"), user("u"), end("broken", error("lost")), chain("s", "u", "broken"))
    parts = (start(), sub("part", *inner), boundary("lost", "part", error("lost")), exclusive("m"), end(),
             chain("start", "part", "m", "end"), flow("lost", "m"))  # fmt: skip
    assert said(*parts) == []


def test_too_many_ways_are_given_up_and_it_is_said() -> None:
    names = [f"u{number}" for number in range(18)]
    parts = (start(), parallel("f"), parallel("j"), end(), chain("start", "f"), chain("j", "end"),
             *(user(name) for name in names), *(chain("f", name, "j") for name in names))  # fmt: skip
    [found] = said(*parts)
    assert (found.rule, found.severity, found.element) == ("soundness.gave_up", Severity.NOTE, "demo")
    assert str(MOST_MOVES_PLAYED)[:2] in found.message_en


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_nothing_is_said_of_diagrams_built_from_sound_blocks(seed: int) -> None:
    found = {
        each.rule
        for each in lint_process(structured(seed, may_stop=False).source())
        if each.rule.startswith("soundness.")
    }
    assert found <= {"soundness.gave_up"}


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_whatever_starves_when_it_runs_was_foretold(seed: int) -> None:
    graph, random = unstructured(seed), Random(seed)
    driven = Case(graph.source())
    driven.start(v=random.randint(0, 4))
    for _ in range(12):
        if not driven.tree.tasks or len(driven.tree.tasks) > 8:
            break
        driven.complete_task(random.choice(sorted(driven.tree.tasks)), v=random.randint(0, 4))
    starved = {each.element for each in driven.of(FaultRaised) if each.code == "join_starved"}
    if starved:
        found = {each.rule for each in lint_process(graph.source())}
        assert found & {"soundness.deadlock", "soundness.may_deadlock", "soundness.gave_up"}


def test_a_script_in_a_fork_is_no_wait() -> None:
    parts = (start(), parallel("f"), script("s", "= 1", "n"), user("a"), parallel("j"), end(),
             chain("start", "f", "s", "j", "end"), chain("f", "a", "j"))  # fmt: skip
    assert said(*parts) == []
