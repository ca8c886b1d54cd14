"""A variable that is read before anything can set it is told, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.spiff import lint_process
from engine.spiff.lint.dominators import Dominators
from engine.spiff.lint.names import Declared
from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    document,
    end,
    event_sub,
    exclusive,
    extensions,
    flow,
    for_each,
    mapping,
    message,
    of_message,
    parallel,
    repeated,
    script,
    start,
    sub,
    timer,
    user,
)

#: A task that sets nothing by itself.
QUIET = mapping(outputs={"noted": "= 1"})


def early(*parts: str) -> list[tuple[str | None, str]]:
    """(element, name) of each variable that is told to be read too early."""
    found = [one for one in lint_process(document(*parts)) if one.rule == "variable.early"]
    return [(one.element, one.message_en.split('"')[1]) for one in found]


READ, SET = script("read", "= x + 1", "y"), script("set", "= 1", "x")
#: Reader before setter, each in its own way; and the same with the setter first.
EARLY = {
    "in a row": (start(), READ, SET, end(), chain("start", "read", "set", "end")),
    "with a task between that sets other names": (
        start(), READ, user("u", QUIET), SET, chain("start", "read", "u", "set"),
    ),
    "inside a sub-process": (start(), sub("p", start("s"), READ, chain("s", "read")), SET, chain("start", "p", "set")),
    "set inside a sub-process": (
        start(), READ, sub("p", start("s"), SET, chain("s", "set")), chain("start", "read", "p"),
    ),
    "set from a border": (
        start(), READ, user("u", QUIET), boundary("b", "u", timer("timeDuration", "PT1H")), SET,
        chain("start", "read", "u"), chain("b", "set"),
    ),
    "set on both branches": (
        start(), READ, parallel("f"), SET, script("also", "= 2", "x"), chain("start", "read", "f", "set"),
        chain("f", "also"),
    ),
}  # fmt: skip
IN_TIME = {
    "in a row": (start(), SET, READ, end(), chain("start", "set", "read", "end")),
    "beside it": (start(), parallel("f"), SET, READ, chain("start", "f", "set"), chain("f", "read")),
    "by whatever a person answers": (start(), user("u"), READ, SET, chain("start", "u", "read", "set")),
    "in the round before": (
        start(), exclusive("in"), READ, user("u", QUIET), exclusive("g", default="g-set"), SET,
        chain("start", "in", "read", "u", "g", "set", "in"), flow("g", "end", "= done"), end(),
    ),
    "on another way": (
        start(), exclusive("g", default="g-read"), SET, READ, flow("g", "set", "= other"), flow("g", "read"),
        chain("start", "g"), chain("set", "read"),
    ),
    "by nothing in the diagram": (start(), READ, chain("start", "read")),
    "by an event sub-process": (
        message("m", "paid", "= 1"), start(), user("u", QUIET), READ, SET, chain("start", "u", "read", "set"),
        event_sub("es", of_message("m"), end("e"), chain("on_es", "e"), interrupts=False),
    ),
    "as the item of each performance": (
        start(), repeated(sub("p", start("s"), READ, chain("s", "read")), for_each("= [1]", "x")), SET,
        chain("start", "p", "set"),
    ),
    "as an input around it": (
        start(), sub("p", start("s"), READ, chain("s", "read"), inner=extensions(mapping({"x": "= 1"}))), SET,
        chain("start", "p", "set"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EARLY)
def test_a_variable_that_is_set_later_only_is_told(name: str) -> None:
    assert early(*EARLY[name]) == [("read", "x")]


@pytest.mark.parametrize("name", IN_TIME)
def test_a_variable_that_may_have_been_set_is_not(name: str) -> None:
    assert early(*IN_TIME[name]) == []


def test_a_condition_is_told_at_its_flow() -> None:
    gate = (exclusive("g", default="g-b"), user("a", QUIET), user("b", QUIET), flow("g", "a", "= x"), flow("g", "b"))
    assert early(start(), *gate, SET, chain("start", "g"), chain("a", "set")) == [("g-a", "x")]


def test_the_key_of_a_message_and_the_time_of_a_timer_are_read_when_they_are_waited_for() -> None:
    waiting = (catch("w", of_message("m")), catch("t", timer("timeDuration", "= z")))
    late = (script("later", '= "PT1H"', "z"), script("set", "= 1", "x"))
    parts = (message("m", "paid", "= x"), start(), *waiting, *late, chain("start", "w", "t", "later", "set"))
    assert early(*parts) == [("w", "x")]


def test_an_activity_whose_conditions_may_all_be_false_is_told() -> None:
    parts = (
        start(),
        user("a"),
        user("b"),
        user("c"),
        chain("start", "a"),
        flow("a", "b", "= x"),
        flow("a", "c", "= y"),
    )
    assert ("default.missing", "a") in {(one.rule, one.element) for one in lint_process(document(*parts))}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_what_dominates_lies_on_every_way(edges: list[tuple[int, int]]) -> None:
    after: dict[int, list[int]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
    dominators = Dominators(0, after)
    for last in range(8):
        assert (last in dominators) is (last in _reached(0, after, without=None))
        for first in range(8) if last in dominators else ():
            on_every_way = first == last or last not in _reached(0, after, without=first)
            assert (first in dominators and dominators.dominates(first, last)) is (on_every_way and first in dominators)


def _reached(root: int, after: dict[int, list[int]], *, without: int | None) -> set[int]:
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        vertex = waiting.pop()
        if vertex not in seen and vertex != without:
            seen.add(vertex)
            waiting.extend(after.get(vertex, ()))
    return seen


def test_a_sub_process_with_the_id_of_the_process_is_refused_and_ends_the_looking() -> None:
    source = document(start(), sub("demo", start("s"), user("a"), chain("s", "a")), chain("start", "demo"))
    assert "id.duplicate" in {finding.rule for finding in lint_process(source, Declared(facts={}))}
