"""What may be named at each element: everything that may have been set by then, what it holds, and who sets it."""

from __future__ import annotations

import pytest

from engine.feel import STANDARD
from engine.spiff import Declared, FormField, Origin, ProcessScope, Source, Variable, scope_of_process
from tests.unit.spiff.drawing import (
    boundary,
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
    outside,
    properties,
    receive,
    repeated,
    rule_task,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.lint_examples import ERRORS
from tests.unit.spiff.test_shapes_of_variables import BODY, DECLARED

FORM = '<zeebe:formDefinition formId="visit"/>'
FIELDS = {"found": FormField(shape="string", zh="查到的", en="What was found"), "photos": FormField()}
KNOWN = Declared(
    facts=DECLARED.facts,
    decisions=DECLARED.decisions,
    result_of=DECLARED.result_of,
    fields_of=lambda form, _: FIELDS if form == "visit" else None,
)


def scope(*parts: str) -> ProcessScope:
    return scope_of_process(document(*parts), KNOWN, STANDARD)


def at(found: ProcessScope, element: str) -> dict[str, Variable]:
    return {variable.name: variable for variable in (found.variables[number] for number in found.elements[element])}


def answered(found: ProcessScope, element: str) -> dict[str, Variable]:
    return {variable.name: variable for variable in (found.variables[number] for number in found.answers[element])}


def test_what_may_be_set_before_is_named_and_what_comes_later_is_not() -> None:
    found = scope(
        start(), script("before", "= 1", "x"), user("u"), script("later", "= 1", "y"), end(),
        chain("start", "before", "u", "later", "end"),
    )  # fmt: skip
    assert [*at(found, "u")] == ["x"]
    assert at(found, "u")["x"].sources == (Source(Origin.SCRIPT, "before"),)
    assert [*at(found, "end")] == ["x", "y"]
    assert [*at(found, "before-u")] == ["x"]
    assert at(found, "demo") == {}


def test_every_way_and_every_loop_counts() -> None:
    found = scope(
        start(), exclusive("g", default="g-b"), script("a", "= 1", "x"), script("b", "= 2", "x"), user("u"), end(),
        chain("start", "g"), flow("g", "a", "= true"), flow("g", "b"), chain("a", "u"), chain("b", "u"),
        exclusive("h", default="h-end"), chain("u", "h"), flow("h", "g", "= x = 1"), flow("h", "end"),
    )  # fmt: skip
    assert [source.element for source in at(found, "u")["x"].sources] == ["a", "b"]
    assert "x" in at(found, "g-a")


def test_what_is_typed_into_a_form_is_seen_by_outputs_and_without_them_by_whatever_comes_after() -> None:
    mapped = user("mapped", FORM + mapping(outputs={"kept": "= found"}))
    found = scope(start(), mapped, user("plain", FORM), end(), chain("start", "mapped", "plain", "end"))
    assert [*answered(found, "mapped")] == ["found", "photos", "task"]
    assert [*at(found, "plain")] == ["kept"]
    field = at(found, "end")["found"]
    assert (field.shape, field.zh, field.en) == ("string", "查到的", "What was found")
    assert field.sources == (Source(Origin.FORM, "plain"),)
    assert found.unknown == ()


def test_results_have_their_members() -> None:
    asked = outside("o", "water", mapping(outputs={"slip": "= response.body.receipt"}))
    found = scope(start(), rule_task("r", "place", "placed"), asked, end(), chain("start", "r", "o", "end"))
    assert at(found, "end")["placed"].shape == {"grid": "string", "unit": {"phone": "string"}}
    assert at(found, "end")["placed"].sources == (Source(Origin.DECISION, "r"),)
    assert at(found, "end")["slip"].shape == BODY["receipt"]
    assert answered(found, "o")["response"].shape == {"status": "number", "body": BODY}


def test_a_performance_has_its_item_and_number_and_passes_on_what_was_collected() -> None:
    inside = repeated(user("visit"), for_each("= places", "place", output="answers", yields="= found"))
    found = scope(start(), rule_task("r", "place", "places"), inside, end(), chain("start", "r", "visit", "end"))
    own = at(found, "visit")
    assert own["place"].shape == {"grid": "string", "unit": {"phone": "string"}}
    assert own["loopCounter"].sources == (Source(Origin.COUNTER, "visit"),)
    assert "numberOfInstances" in answered(found, "visit")
    assert at(found, "end")["answers"].sources == (Source(Origin.COLLECTED, "visit"),)
    assert "place" not in at(found, "end")


def test_inputs_are_seen_inside_alone() -> None:
    inner = sub(
        "p", start("s"), user("u"), end("e"), chain("s", "u", "e"), inner=extensions(mapping(inputs={"own": "= 1"}))
    )
    found = scope(start(), inner, user("after"), end(), chain("start", "p", "after", "end"))
    assert at(found, "u")["own"].sources == (Source(Origin.INPUT, "p"),)
    assert "own" not in at(found, "after")


def test_messages_bring_what_is_mapped_and_else_what_nobody_knows() -> None:
    mapped = extensions(mapping(outputs={"sum": "= amount"}))
    found = scope(
        message("m", "paid", "= case.number"), start(), receive("a", "m", mapped), receive("b", "m"), user("u"), end(),
        boundary("late", "u", timer("timeDuration", "PT1H")), boundary("told", "u", of_message("m")),
        chain("start", "a", "b", "u", "end"), chain("late", "end"), chain("told", "end"),
    )  # fmt: skip
    assert at(found, "late")["sum"].sources == (Source(Origin.MESSAGE, "a"),)
    assert set(found.unknown) == {"b", "u", "told"}


def test_what_the_process_begins_with() -> None:
    begun = properties(startVariables="amount, payer", attachesTo="process:case")
    found = scope(extensions(begun), start(), end(), chain("start", "end"))
    assert [*at(found, "demo")] == ["amount", "payer", "host"]
    assert [*at(found, "end")] == ["amount", "payer", "host"]


@pytest.mark.parametrize("source", [b"", b"<a/>", b"\x00", *(document(*parts) for _, parts in ERRORS.values())])
def test_whatever_the_bytes_it_answers(source: bytes) -> None:
    found = scope_of_process(source, KNOWN, STANDARD)
    assert all(number < len(found.variables) for numbers in found.elements.values() for number in numbers)
