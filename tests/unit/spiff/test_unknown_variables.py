"""A variable that nothing sets is told when something is set that is written nearly so."""

from __future__ import annotations

import pytest

from engine.spiff import Declared, FormField, lint_process
from tests.unit.spiff.drawing import (
    call,
    catch,
    chain,
    document,
    end,
    exclusive,
    extensions,
    flow,
    for_each,
    mapping,
    message,
    of_message,
    properties,
    receive,
    repeated,
    rule_task,
    script,
    start,
    user,
)

FORM = '<zeebe:formDefinition formId="accept"/>'
DECLARED = Declared(
    facts={"category": "string"},
    fields_of=lambda form, _: {"decision": FormField()} if form == "accept" else None,
)


def unknown(*parts: str) -> list[tuple[str | None, str, str]]:
    """(element, name, what is meant) of each variable that is told to be set by nothing."""
    found = [one for one in lint_process(document(*parts), DECLARED) if one.rule == "variable.unknown"]
    assert all(one.message_zh and one.fix_zh and not one.is_error for one in found)
    return [(one.element, one.message_en.split('"')[1], one.fix_en.split()[-1].rstrip("?")) for one in found]


def asked(read: str) -> tuple[str, ...]:
    """A form, and a gateway that reads a variable."""
    return (
        start(), user("accept", FORM), exclusive("g", default="g-b"), end("a"), end("b"),
        chain("start", "accept", "g"), flow("g", "a", f"= {read}"), flow("g", "b"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ('decision = "accept"', []),
        ('decison = "accept"', [("g-a", "decison", "decision")]),
        ('nothing_like_it = "accept"', []),
        ('case.category = "A" and task.id > 0', []),
        ("[{decison: 1}][decison = 1] = []", []),
        ("some decison in [1] satisfies decison = 1", []),
    ],
)
def test_a_slip_in_the_name_of_a_field_is_told(read: str, found: list[tuple[str, str, str]]) -> None:
    assert unknown(*asked(read)) == found


def test_a_mapping_that_reads_a_field_which_the_form_has_not_is_told() -> None:
    accept = user("accept", FORM, mapping(outputs={"accepted": '= decisoin = "accept"'}))
    assert unknown(start(), accept, end(), chain("start", "accept", "end")) == [("accept", "decisoin", "decision")]


def test_results_of_scripts_and_decisions_are_known() -> None:
    read = script("s", "= ratd + tims", "x")
    setters = (script("count", "= 1", "times"), rule_task("rate", "rating", "rated"))
    found = unknown(start(), *setters, read, end(), chain("start", "count", "rate", "s", "end"))
    assert sorted(found) == [("s", "ratd", "rated"), ("s", "tims", "times")]


CLOSED = extensions(properties(startVariables="order, amount"))


def nowhere(*parts: str) -> list[tuple[str | None, str]]:
    """(element, name) of each variable of a process that says what is passed to it, and that nothing sets."""
    found = [one for one in lint_process(document(CLOSED, *parts), DECLARED) if one.rule == "variable.nowhere"]
    assert all(one.is_error and one.message_zh for one in found)
    return [(one.element, one.message_en.split('"')[1]) for one in found]


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("order + amount + decision", []),
        ("ordr = 1", [("g-a", "ordr")]),
        ("nothing_like_it = 1", [("g-a", "nothing_like_it")]),
    ],
)
def test_where_everything_is_known_each_name_is_set_somewhere(read: str, found: list[tuple[str, str]]) -> None:
    assert nowhere(*asked(read)) == found


@pytest.mark.parametrize("more", [user("free"), receive("w", "m"), call("c", "other"), script("s", "= {a: 1}", "")])
def test_what_may_set_any_name_leaves_names_unjudged(more: str) -> None:
    assert nowhere(message("m", "m", "= order"), *asked("nothing = 1"), more) == []


def test_outputs_see_what_comes_from_elsewhere_and_conditions_how_far_a_repetition_is() -> None:
    came = catch("w", extensions(mapping(outputs={"got": "= sum"})) + of_message("m"))
    each = repeated(
        script("s", "= loopCounter", "x"), for_each(cardinality="2", until="numberOfCompletedInstances = 1")
    )
    parts = (message("m", "m", "= order"), start(), came, each, end(), chain("start", "w", "s", "end"))
    assert nowhere(*parts) == []


def test_names_of_an_element_and_of_what_is_around_it_are_its_own() -> None:
    mapped = user("u", FORM, mapping(inputs={"decisions": "= 1"}, outputs={"x": "= decisions"}))
    assert unknown(start(), mapped, end(), chain("start", "u", "end")) == []
