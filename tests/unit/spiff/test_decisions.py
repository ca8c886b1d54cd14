"""Business rule tasks ask published decisions: bound by id and version, with the proof of why in the log."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.decisions import DecisionSet, load_decisions
from engine.events import DecisionEvaluated, ExpressionWarned, FactsChanged, RuleMatched, VariablesWritten
from engine.spiff import Declared, lint_process
from tests.unit.spiff.drawing import chain, document, end, mapping, rule_task, script, start, user
from tests.unit.spiff.driving import Case

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def rating(*rows: tuple[str, str], policy: str = "UNIQUE", tag: str = "", key: str = "rates") -> bytes:
    """A model with one decision, ``rating``, over the input ``level``."""
    tagged = f'<zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" value="{tag}"/>'
    extended = f"<extensionElements>{tagged}</extensionElements>" if tag else ""
    rules = "".join(
        f'<rule id="row{place}"><inputEntry><text>{cell}</text></inputEntry>'
        f"<outputEntry><text>{answer}</text></outputEntry></rule>"
        for place, (cell, answer) in enumerate(rows, 1)
    )
    return (
        f'<definitions xmlns="{DMN}" id="{key}" name="评级" namespace="urn:test">{extended}'
        '<inputData id="level" name="level"><variable name="level" typeRef="number"/></inputData>'
        '<decision id="rating" name="评级"><informationRequirement><requiredInput href="#level"/>'
        f'</informationRequirement><decisionTable id="table" hitPolicy="{policy}"><input>'
        '<inputExpression typeRef="number"><text>level</text></inputExpression></input><output/>'
        f"{rules}</decisionTable></decision></definitions>"
    ).encode()


class Published(DecisionSet):
    """The decisions of a house, to which more are published."""

    def __init__(self, *sources: bytes) -> None:
        super().__init__(tuple(load_decisions(source) for source in reversed(sources)))

    def publish(self, source: bytes) -> None:
        object.__setattr__(self, "models", (load_decisions(source), *self.models))


LOW = rating(("&lt; 5", '"low"'), ("&gt;= 5", '"high"'))
STRICT = rating(("&lt; 2", '"low"'), ("&gt;= 2", '"high"'))
STRAIGHT = (
    start(),
    user("before"),
    rule_task("rate", "rating", "rated"),
    user("after"),
    end(),
    chain("start", "before", "rate", "after", "end"),
)


def driven(*parts: str, published: Published, reloads: bool = False) -> Case:
    case = Case(document(*parts), reloads=reloads)
    case.decisions = published
    case.start()
    return case


@pytest.fixture(params=[False, True], ids=["straight", "store-and-reload"])
def reloads(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_what_is_decided_becomes_a_variable_and_the_matched_row_is_the_proof(reloads: bool) -> None:
    published = Published(LOW)
    case = driven(*STRAIGHT, published=published, reloads=reloads)
    case.complete("before", level=7)
    assert case.open == ["after"]
    [evaluated] = case.of(DecisionEvaluated)
    assert (evaluated.element, evaluated.decision, evaluated.outputs) == ("rate", "rating", "high")
    assert evaluated.model_sha == published.models[0].sha.hex()
    assert evaluated.inputs == {"level": 7}
    assert [(match.decision, match.rules) for match in evaluated.matched] == [
        ("rating", [RuleMatched(row=2, id="row2")])
    ]
    assert {"rated": "high"} in [written.values for written in case.of(VariablesWritten)]


def test_inputs_are_mapped_and_the_answer_becomes_a_fact(reloads: bool) -> None:
    mapped = mapping(inputs={"level": "= case.level + 1"}, outputs={"case.category": "= rated"})
    parts = (start(), rule_task("rate", "rating", "rated", mapped), end(), chain("start", "rate", "end"))
    case = Case(document(*parts), reloads=reloads)
    case.decisions = Published(LOW)
    case.facts.known["level"] = Decimal(4)
    case.start()
    assert [changed.facts for changed in case.of(FactsChanged)] == [{"category": "high"}]
    assert case.is_complete


def test_the_case_is_given_and_only_the_facts_read_are_kept() -> None:
    source = LOW.replace(b"<text>level</text>", b"<text>case.level</text>").replace(b'name="level"', b'name="case"')
    source = source.replace(b' typeRef="number"/></inputData>', b"/></inputData>")
    case = driven(
        start(), rule_task("rate", "rating", "rated"), end(), chain("start", "rate", "end"), published=Published(source)
    )
    [evaluated] = case.of(DecisionEvaluated)
    assert evaluated.inputs == {"case": {"level": None}}


def test_the_latest_version_at_the_moment_of_the_call_decides(reloads: bool) -> None:
    published = Published(LOW)
    case = driven(*STRAIGHT, published=published, reloads=reloads)
    published.publish(STRICT)
    case.complete("before", level=3)
    assert case.of(DecisionEvaluated)[0].outputs == "high"


def test_bound_by_deployment_an_instance_keeps_the_version_it_began_with(reloads: bool) -> None:
    published = Published(LOW)
    task = rule_task("rate", "rating", "rated", bindingType="deployment")
    parts = (start(), user("before"), task, user("after"), chain("start", "before", "rate", "after"))
    case = driven(*parts, published=published, reloads=reloads)
    published.publish(STRICT)
    case.complete("before", level=3)
    [evaluated] = case.of(DecisionEvaluated)
    assert (evaluated.outputs, evaluated.model_sha) == ("low", published.models[-1].sha.hex())


def test_bound_by_tag_the_tagged_version_decides_whatever_came_later() -> None:
    published = Published(rating(("&lt; 5", '"low"'), ("&gt;= 5", '"high"'), tag="2026"), STRICT)
    task = rule_task("rate", "rating", "rated", bindingType="versionTag", versionTag="2026")
    case = driven(
        start(), user("before"), task, user("after"), chain("start", "before", "rate", "after"), published=published
    )
    case.complete("before", level=3)
    assert case.of(DecisionEvaluated)[0].outputs == "low"


def test_a_decision_that_is_not_published_is_a_fault_until_it_is(reloads: bool) -> None:
    published = Published()
    case = driven(*STRAIGHT, published=published, reloads=reloads)
    case.complete("before", level=3)
    assert case.fault_codes == ["decision_not_published"]
    [fault] = case.tree.faults.values()
    assert (fault.element, "rating" in fault.message_zh, "rating" in fault.message_en) == ("rate", True, True)
    published.publish(LOW)
    case.retry(fault.fault)
    assert (case.fault_codes, case.open) == ([], ["after"])


CONTRADICTING = rating(("&gt; 1", '"a"'), ("&gt; 2", '"b"'))


@pytest.mark.parametrize(("level", "code"), [(3, "table.several"), ("many", "value.type")])
def test_a_decision_that_fails_is_a_fault_with_its_proof_in_the_log(level: Any, code: str, reloads: bool) -> None:
    case = driven(*STRAIGHT, published=Published(CONTRADICTING), reloads=reloads)
    case.complete("before", level=level)
    assert case.fault_codes == ["decision_failed"]
    assert case.of(DecisionEvaluated)[0].outputs is None
    [warned] = case.of(ExpressionWarned)
    assert (warned.attribute, warned.warnings[0]["code"]) == ("decision:rating", code)
    assert case.open == []


def test_a_table_without_a_matching_row_answers_null_and_says_so() -> None:
    case = driven(*STRAIGHT, published=Published(CONTRADICTING))
    case.complete("before", level=0)
    assert case.open == ["after"]
    assert case.of(DecisionEvaluated)[0].matched[0].rules == []
    assert case.of(ExpressionWarned)[0].warnings[0]["code"] == "table.none"


def said(*parts: str, published: Published | None) -> set[tuple[str, str | None]]:
    declared = Declared(facts={}, decisions=published)
    return {(found.rule, found.element) for found in lint_process(document(*parts), declared)}


def test_the_lint_names_a_decision_that_is_not_published_and_the_one_meant() -> None:
    parts = (start(), rule_task("rate", "ratin", "rated"), end(), chain("start", "rate", "end"))
    declared = Declared(facts={}, decisions=Published(LOW))
    [found] = [each for each in lint_process(document(*parts), declared) if each.rule == "decision.unknown"]
    assert (found.element, found.is_error) == ("rate", True)
    assert "rating" in found.fix_zh
    assert "rating" in found.fix_en
    assert ("decision.unknown", "rate") not in said(*parts, published=None)


def test_an_input_that_no_element_sets_is_told() -> None:
    parts = (start(), rule_task("rate", "rating", "rated"), end(), chain("start", "rate", "end"))
    assert ("decision.input", "rate") in said(*parts, published=Published(LOW))
    mapped = rule_task("rate", "rating", "rated", mapping(inputs={"level": "= 1"}))
    assert said(parts[0], mapped, *parts[2:], published=Published(LOW)) == set()
    earlier = (start(), script("s", "= 1", "level"), parts[1], end(), chain("start", "s", "rate", "end"))
    assert said(*earlier, published=Published(LOW)) == set()


def test_where_a_form_may_set_anything_no_input_is_doubted() -> None:
    form = user("form", '<zeebe:formDefinition formId="f"/>')
    parts = (start(), form, rule_task("rate", "rating", "rated"), end(), chain("start", "form", "rate", "end"))
    assert said(*parts, published=Published(LOW)) == set()
