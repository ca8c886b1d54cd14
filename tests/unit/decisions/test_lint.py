"""What is said of a file of decisions: never a crash, always the place, in both languages."""

from __future__ import annotations

import pytest

from engine.decisions import DecisionSet, lint_decisions, load_decisions
from engine.definition import DefinitionRefused, Finding

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(*parts: str, key: str = "rates", more: str = "") -> bytes:
    return (
        f'<definitions xmlns="{DMN}" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="{key}" name="评级" '
        f'namespace="urn:test">{more}{"".join(parts)}</definitions>'
    ).encode()


def literal(decision: str, text: str) -> str:
    case = '<informationRequirement><requiredInput href="#case"/></informationRequirement>' if "case" in text else ""
    expression = f"<literalExpression><text>{text}</text></literalExpression>"
    return f'<decision id="{decision}" name="{decision}">{case}{expression}</decision>'


CASE = '<inputData id="case" name="case"/>'


def said(source: bytes, **known: object) -> dict[str, Finding]:
    found = lint_decisions(source, **known)  # type: ignore[arg-type]  # each test names what it knows
    assert all(finding.message_zh and finding.message_en for finding in found)
    return {finding.rule: finding for finding in found}


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "decision.xml.malformed"),
        (b"\x00\xff", "decision.xml.malformed"),
        (b"<a>" * 3000, "decision.xml.malformed"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "decision.xml.doctype"),
        (b"<definitions/>", "decision.xml.root"),
        (model(literal("d", "1"), key="a b"), "decision.key"),
        (model(literal("d", "1"), key="../x"), "decision.key"),
        (model(), "decision.none"),
        (model(literal("a b", "1")), "decision.id"),
        (model(literal("d", "1 +")), "decision.model.expression"),
        (model(literal("d", "1"), literal("d", "2")), "decision.model.duplicate"),
        (
            model(literal("d", "1"), more='<zeebe:versionTag value="1"/><zeebe:versionTag value="2"/>'),
            "decision.model.tags",
        ),
    ],
)
def test_what_cannot_be_published_is_an_error(source: bytes, rule: str) -> None:
    assert said(source)[rule].is_error


def test_a_file_that_cannot_be_loaded_is_refused_with_the_line() -> None:
    with pytest.raises(DefinitionRefused) as refused:
        load_decisions(b"<a>\n<b>\n</a>")
    assert refused.value.line == 3
    assert refused.value.details["findings"][0]["rule"] == "decision.xml.malformed"


def test_a_warning_names_its_row_and_keeps_nothing_from_being_used() -> None:
    cells = "".join(
        f"<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>{answer}</text></outputEntry></rule>"
        for cell, answer in (("&gt; 1", "1"), ("&gt; 2", ""))
    )
    table = (
        '<inputData id="a" name="a"/><decision id="d" name="d"><informationRequirement><requiredInput href="#a"/>'
        '</informationRequirement><decisionTable id="t" hitPolicy="FIRST"><input><inputExpression typeRef="number">'
        f"<text>a</text></inputExpression></input><output/>{cells}</decisionTable></decision>"
    )
    found = said(model(table))
    assert (found["decision.unreachable"].row, found["decision.unreachable"].is_error) == (2, False)
    assert (found["decision.empty"].row, found["decision.gap"].row) == (2, None)
    assert load_decisions(model(table)).decisions == ("d",)


def test_facts_that_the_case_does_not_have_are_told_with_the_one_meant() -> None:
    source = model(CASE, literal("d", "case.urgancy"))
    assert said(source) == {}
    found = said(source, facts={"urgency": "string"})["decision.unknown_fact"]
    assert found.is_error
    assert "case.urgency" in found.message_zh
    assert said(model(CASE, literal("d", "case.urgency")), facts={"urgency": "string"}) == {}


def test_an_id_that_another_file_has_published_is_taken() -> None:
    published = DecisionSet((load_decisions(model(literal("d", "1"), key="other")),))
    found = said(model(literal("d", "2")), decisions=published)["decision.taken"]
    assert (found.element, found.is_error, "other" in found.message_en) == ("d", True, True)
    assert said(model(literal("d", "2"), key="other"), decisions=published) == {}


def test_a_file_has_a_key_a_name_and_perhaps_a_tag() -> None:
    tagged = load_decisions(model(literal("d", "1"), more='<zeebe:versionTag value="2026"/>'))
    assert (tagged.key, tagged.name, tagged.version_tag) == ("rates", "评级", "2026")
    assert load_decisions(model(literal("d", "1"))).version_tag == ""
