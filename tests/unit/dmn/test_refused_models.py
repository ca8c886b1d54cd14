"""A file that is no sound model is refused, naming the element and the line."""

from datetime import UTC, datetime

import pytest

from engine.dmn import DmnError, lint_model, load_model
from engine.feel import Evaluation

REQUIRES_X = '<informationRequirement><requiredInput href="#x"/></informationRequirement>'
LITERAL = "<literalExpression><text>{}</text></literalExpression>"


def _requiring(name, other):
    requirement = f'<informationRequirement><requiredDecision href="#{other}"/></informationRequirement>'
    return f'<decision id="{name}" name="{name}">{requirement}</decision>'


def _refusal(source, **options):
    with pytest.raises(DmnError) as refused:
        load_model(source, **options)
    assert refused.value.message_zh
    assert refused.value.message_en
    return refused.value


def test_a_doctype_is_refused():
    source = b'<!DOCTYPE x [<!ENTITY a "b">]><definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    assert _refusal(source).code == "xml.doctype"


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE l [<!ENTITY a "' + b"x" * 50 + b'"><!ENTITY b "' + b"&a;" * 50 + b'">]><l>&b;</l>'
    assert _refusal(bomb).code == "xml.doctype"


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        (b"", "xml.malformed", None),
        (b"not xml", "xml.malformed", 1),
        (b"<a>\n<b></a>", "xml.malformed", 2),
        (b"<a/>", "xml.root", 1),
        (b"<definitions xmlns='urn:other'/>", "xml.root", 1),
        (b"<a>" + b" " * (2 << 20) + b"</a>", "xml.size", None),
        (b"<a>" * 5000, "xml.malformed", None),
    ],
)
def test_what_is_no_dmn_is_refused(source, code, line):
    refused = _refusal(source)
    assert refused.code == code
    assert line is None or refused.line == line


@pytest.mark.parametrize(
    ("elements", "code", "element_id", "line"),
    [
        (['<decision id="d" name="a"/>', '<decision id="d" name="b"/>'], "model.duplicate", "d", 3),
        (
            ['<decision id="d" name="d">' + LITERAL.format("1 +") + "</decision>"],
            "model.expression",
            "d",
            2,
        ),
        (
            [
                '<decision id="d" name="d">',
                '<literalExpression id="e"><text>a == b</text></literalExpression>',
                "</decision>",
            ],
            "model.expression",
            "e",
            3,
        ),
        (
            [
                '<decision id="d" name="d"><informationRequirement>',
                '<requiredInput href="#gone"/></informationRequirement></decision>',
            ],
            "model.reference",
            "d",
            3,
        ),
        (
            [
                _requiring("a", "b"),
                _requiring("b", "a"),
            ],
            "model.cycle",
            "b",
            3,
        ),
        (['<import name="x" namespace="urn:x" importType="DMN"/>'], "model.import", "defs", 2),
        (
            [
                '<decision id="d" name="d"><literalExpression expressionLanguage="python">'
                "<text>1</text></literalExpression></decision>"
            ],
            "model.language",
            "d",
            2,
        ),
        (['<decision id="d" name="d"><decisionTable id="t"/></decision>'], "model.missing", "t", 2),
        (
            ['<decision id="d" name="d"><decisionTable id="t" hitPolicy="X"><output/></decisionTable></decision>'],
            "table.policy",
            "t",
            2,
        ),
        (
            ['<decision id="d" name="d"><decisionTable id="t" aggregation="X"><output/></decisionTable></decision>'],
            "table.aggregation",
            "t",
            2,
        ),
        (
            ['<decision id="d" name="d"><decisionTable id="t"><output/>', '<rule id="r"/></decisionTable></decision>'],
            "table.width",
            "r",
            3,
        ),
        (
            ['<decision id="d" name="d"><conditional id="c"/></decision>'],
            "model.missing",
            "c",
            2,
        ),
    ],
)
def test_an_error_names_its_element_and_line(document, elements, code, element_id, line):
    refused = _refusal(document(*elements))
    assert (refused.code, refused.element_id, refused.line) == (code, element_id, line)


def test_an_expression_error_shows_the_text_and_the_hint(document):
    refused = _refusal(document(f'<decision id="d" name="d">{LITERAL.format("a == b")}</decision>'))
    assert "a == b" in refused.message_zh
    assert "应写 =" in refused.message_zh
    assert "write =" in refused.message_en


def test_a_service_answers_with_decisions_only(document):
    elements = [
        '<inputData id="x" name="x"/>',
        '<decisionService id="s" name="s"><outputDecision href="#x"/></decisionService>',
    ]
    assert _refusal(document(*elements)).code == "model.reference"


def test_a_type_that_leads_on_and_on_is_refused(document):
    chain = [f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef></itemDefinition>' for n in range(2000)]
    assert _refusal(document(*chain)).code == "model.depth"


def test_types_that_share_their_parts_cost_no_more_than_their_text(document):
    doubled = [
        f'<itemDefinition name="t{n}"><itemComponent name="a"><typeRef>t{n + 1}</typeRef></itemComponent>'
        f'<itemComponent name="b"><typeRef>t{n + 1}</typeRef></itemComponent></itemDefinition>'
        for n in range(60)
    ]
    asked = (
        '<inputData id="x" name="x"><variable name="x" typeRef="t0"/></inputData>'
        f'<decision id="d" name="d">{REQUIRES_X}{LITERAL.format("x.a.b.c")}</decision>'
    )
    model = load_model(document(*doubled, asked))
    assert [finding.rule for finding in lint_model(model)] == ["feel.path"]
    evaluation = Evaluation(now=datetime(2026, 11, 22, tzinfo=UTC), zone=UTC)
    assert model.evaluate("d", {"x": {"a": None}}, evaluation).outputs is None
    assert "value.type" in [warning.code for warning in evaluation.warnings]
