"""A file that is no sound model is refused, naming the element and the line."""

import pytest

from engine.dmn import DmnError, load_model

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
