"""Members of what decisions and outside systems answer: a slip in their name is an error with a suggestion."""

from __future__ import annotations

import pytest

from engine.decisions import DecisionSet, load_decisions
from engine.spiff import Declared, FormField, lint_process
from tests.unit.spiff.drawing import (
    again_while,
    boundary,
    chain,
    document,
    end,
    exclusive,
    flow,
    mapping,
    message,
    of_message,
    outside,
    repeated,
    rule_task,
    script,
    start,
    user,
)

DECISIONS = b"""
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="units" name="units" namespace="urn:test">
  <itemDefinition name="tPlace">
    <itemComponent name="grid"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="unit"><typeRef>tUnit</typeRef></itemComponent>
  </itemDefinition>
  <itemDefinition name="tUnit"><itemComponent name="phone"><typeRef>string</typeRef></itemComponent></itemDefinition>
  <decision id="place" name="place">
    <variable name="place" typeRef="tPlace"/><literalExpression><text>null</text></literalExpression>
  </decision>
  <decision id="rating" name="rating">
    <decisionTable hitPolicy="FIRST">
      <output name="level" typeRef="number"/><output name="reason"/>
      <rule><outputEntry><text>1</text></outputEntry><outputEntry><text>"a"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="free" name="free"><literalExpression><text>{a: 1}</text></literalExpression></decision>
  <decisionService id="both" name="both">
    <outputDecision href="#place"/><outputDecision href="#rating"/>
  </decisionService>
</definitions>"""
BODY = {"receipt": {"number": "string"}, "accepted": "boolean"}
DECLARED = Declared(
    facts={"level": "number"},
    decisions=DecisionSet((load_decisions(DECISIONS),)),
    fields_of=lambda _form, _tag: {"rated": FormField()},
    targets=["water", "gas"],
    result_of=lambda target: BODY if target == "water" else None,
)


def unknown(*parts: str) -> list[tuple[str | None, str]]:
    """(element, the last word of the message, which is what is suggested) of each member that is not there."""
    found = [one for one in lint_process(document(*parts), DECLARED) if one.rule == "expression.unknown_member"]
    assert all(one.is_error for one in found)
    return [(one.element, one.message_en.rstrip("?").split()[-1]) for one in found]


def rated(decision: str, read: str, *more: str) -> tuple[str, ...]:
    """A decision, and a script that reads what it has come to."""
    return (
        start(), rule_task("r", decision, "rated"), script("s", f"= {read}", "x"), end(), *more,
        chain("start", "r", "s", "end"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "read", "suggested"),
    [
        ("rating", "rated.level", None),
        ("rating", "rated.levl + 1", "rated.level"),
        ("rating", "rated[level > 1].reson", None),
        ("place", "rated.unit.phone", None),
        ("place", "rated.unit.fone", "rated.unit.phone"),
        ("place", "rated.gird", "rated.grid"),
        ("both", "rated.rating.reson", "rated.rating.reason"),
        ("free", "rated.b", None),
    ],
)
def test_members_of_what_a_decision_comes_to(decision: str, read: str, suggested: str | None) -> None:
    assert unknown(*rated(decision, read)) == ([("s", suggested)] if suggested else [])


def test_outputs_of_the_decision_itself_and_conditions_behind_it() -> None:
    mapped = rule_task("r", "place", "found", mapping(outputs={"unit": "= found.unti", "rated": "= found"}))
    parts = (
        start(), mapped, exclusive("g", default="g-end"), user("u"), end(), chain("start", "r", "g", "end"),
        flow("g", "u", '= rated.grd = "a"'), flow("u", "end"),
    )  # fmt: skip
    assert unknown(*parts) == [("r", "found.unit"), ("g-u", "rated.grid")]


@pytest.mark.parametrize(
    "more",
    [
        user("u", '<zeebe:formDefinition formId="f"/>'),
        script("t", "= {}", "rated"),
        boundary("b", "s2", of_message("m")) + user("s2"),
    ],
)
def test_what_something_else_may_set_is_not_judged(more: str) -> None:
    assert unknown(message("m", "m", "= 1"), *rated("rating", "rated.levl", more)) == []


def test_what_an_element_has_of_its_own_is_not_judged() -> None:
    own = user("u", mapping(inputs={"rated": "= 1", "y": "= rated.x"}))
    assert unknown(start(), rule_task("r", "rating", "rated"), own, chain("start", "r", "u")) == []


def test_two_decisions_that_set_one_name_are_judged_together() -> None:
    parts = rated("rating", "rated.grid + rated.level + rated.nothing", rule_task("q", "place", "rated"))
    assert [element for element, _ in unknown(*parts)] == ["s"]


def test_a_repeated_decision_is_judged_as_well() -> None:
    task = repeated(rule_task("r", "rating", "rated"), again_while("rated.levl < 3"))
    assert unknown(start(), task, chain("start", "r")) == [("r", "rated.level")]


@pytest.mark.parametrize(
    ("target", "read", "found"),
    [
        ("water", "response.body.receipt.number", []),
        ("water", "response.body.recipt.number", [("o", "response.body.receipt")]),
        ("water", "response.bdy", [("o", "response.body")]),
        ("gas", "response.bdy", []),
    ],
)
def test_members_of_what_an_outside_system_answers(target: str, read: str, found: list[tuple[str, str]]) -> None:
    task = outside("o", "report", mapping(outputs={"receipt": f"= {read}"}), target=target)
    assert unknown(start(), task, chain("start", "o")) == found
    reporting_back = outside("o", "report", mapping(outputs={"receipt": f"= {read}"}), target=target, callback="true")
    assert unknown(start(), reporting_back, chain("start", "o")) == []


def test_members_of_what_an_outside_system_reports_back() -> None:
    outputs = mapping(outputs={"number": "= receipt.nmber", "yes": "= accepted"})
    task = outside("o", "report", outputs, target="water", callback="true")
    assert unknown(start(), task, chain("start", "o")) == [("o", "receipt.number")]
