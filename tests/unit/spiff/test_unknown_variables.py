"""A variable that nothing sets is told when something is set that is written nearly so."""

from __future__ import annotations

import pytest

from engine.spiff import Declared, lint_process
from tests.unit.spiff.drawing import (
    chain,
    document,
    end,
    exclusive,
    flow,
    mapping,
    rule_task,
    script,
    start,
    user,
)

FORM = '<zeebe:formDefinition formId="accept"/>'
DECLARED = Declared(facts={"category": "string"}, fields_of=lambda form, _: {"decision"} if form == "accept" else None)


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


def test_names_of_an_element_and_of_what_is_around_it_are_its_own() -> None:
    mapped = user("u", FORM, mapping(inputs={"decisions": "= 1"}, outputs={"x": "= decisions"}))
    assert unknown(start(), mapped, end(), chain("start", "u", "end")) == []
