"""Decisions that require inputs, decisions, knowledge, services and other models."""

import pytest

from engine.dmn import DmnError, load_model
from engine.feel import FeelLimitExceeded, to_json


def literal(text):
    return f"<literalExpression><text>{text.replace('<', '&lt;')}</text></literalExpression>"


def requires(kind, *references):
    wrapper = "knowledgeRequirement" if kind == "requiredKnowledge" else "informationRequirement"
    return "".join(f'<{wrapper}><{kind} href="{reference}"/></{wrapper}>' for reference in references)


def decision(name, text, *requirements, type_="Any"):
    variable = f'<variable name="{name}" typeRef="{type_}"/>'
    return f'<decision id="{name}" name="{name}">{variable}{"".join(requirements)}{literal(text)}</decision>'


def input_data(name, type_="Any"):
    return f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{type_}"/></inputData>'


TAX = (
    '<businessKnowledgeModel id="tax" name="tax"><variable name="tax" typeRef="number"/><encapsulatedLogic>'
    f'<formalParameter name="amount" typeRef="number"/>{literal("amount * 0.1")}</encapsulatedLogic>'
    "</businessKnowledgeModel>"
)
SERVICE = (
    '<decisionService id="price" name="price"><variable name="price"/>'
    '<outputDecision href="#total"/><encapsulatedDecision href="#total"/><inputDecision href="#net"/>'
    '<inputData href="#count"/></decisionService>'
)


def test_a_decision_uses_what_it_requires_each_once(model, decide):
    loaded = model(
        input_data("count", "number"),
        decision("double", "count * 2", requires("requiredInput", "#count")),
        decision(
            "sum",
            "double + double + count",
            requires("requiredDecision", "#double"),
            requires("requiredInput", "#count"),
        ),
    )
    result = decide(loaded, "sum", count=3)
    assert result.outputs == 15
    assert [trace.name for trace in result.decisions] == ["double", "sum"]


def test_knowledge_is_a_function_and_may_call_itself(model, decide):
    recursive = (
        '<businessKnowledgeModel id="fac" name="fac"><variable name="fac"/><encapsulatedLogic>'
        f'<formalParameter name="n"/>{literal("if n <= 1 then 1 else n * fac(n - 1)")}</encapsulatedLogic>'
        "</businessKnowledgeModel>"
    )
    loaded = model(
        TAX,
        recursive,
        decision("d", "tax(amount: 50) + fac(4)", requires("requiredKnowledge", "#tax", "#fac")),
    )
    assert decide(loaded, "d").outputs == 29


def test_what_is_not_required_is_not_visible(model, decide, evaluation):
    loaded = model(input_data("amount"), decision("d", "amount"))
    assert decide(loaded, "d", amount=3).outputs is None
    assert [warning.code for warning in evaluation.warnings] == ["name.unknown"]


def test_a_decision_service_is_called_and_asked(model, decide):
    loaded = model(
        input_data("count", "number"),
        decision("net", "100"),
        decision("total", "net * count", requires("requiredDecision", "#net"), requires("requiredInput", "#count")),
        SERVICE,
        decision("d", "price(7, 2)", requires("requiredKnowledge", "#price")),
    )
    assert decide(loaded, "d").outputs == 14
    assert decide(loaded, "price", net=5, count=4).outputs == 20
    assert decide(loaded, "total", count=4).outputs == 400


@pytest.mark.parametrize(("type_", "total"), [("string", None), ("number", 500), ("tPrice", None)])
def test_a_decision_service_answers_as_the_type_that_it_declares(model, decide, type_, total):
    typed = SERVICE.replace('<variable name="price"/>', f'<variable name="price" typeRef="{type_}"/>')
    loaded = model(
        '<itemDefinition name="tPrice"><functionItem outputTypeRef="string"/></itemDefinition>',
        input_data("count", "number"),
        decision("net", "100"),
        decision("total", "net * count", requires("requiredDecision", "#net"), requires("requiredInput", "#count")),
        typed,
    )
    assert decide(loaded, "price", net=100, count=5).outputs == total


def test_a_parameter_may_have_a_name_with_points_and_paths_still_lead_on(model, decide):
    knowledge = (
        '<businessKnowledgeModel id="greet" name="greet"><variable name="greet"/><encapsulatedLogic>'
        '<formalParameter name="person.name"/><literalExpression><text>"Hi " + person.name</text></literalExpression>'
        "</encapsulatedLogic></businessKnowledgeModel>"
    )
    bound = (
        '<decision id="d" name="d"><informationRequirement><requiredInput href="#person"/></informationRequirement>'
        '<knowledgeRequirement><requiredKnowledge href="#greet"/></knowledgeRequirement>'
        "<invocation><literalExpression><text>greet</text></literalExpression><binding>"
        '<parameter name="person.name"/><literalExpression><text>person.name</text></literalExpression>'
        "</binding></invocation></decision>"
    )
    loaded = model(input_data("person"), knowledge, bound)
    assert decide(loaded, "d", person={"name": "Bob"}).outputs == "Hi Bob"


def test_an_imported_model_is_read_under_its_prefix(document, model, decide):
    shared = load_model(
        document(
            input_data("rate", "number"),
            TAX,
            decision("base fee", "10 * rate", requires("requiredInput", "#rate")),
            '<itemDefinition name="tLevel"><typeRef>string</typeRef>'
            '<allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>',
            namespace="urn:shared",
        )
    )
    loaded = model(
        '<import name="common" namespace="urn:shared" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        decision(
            "d",
            'common.base fee + common.tax(amount: 100) + (if "A" instance of common.tLevel then 1 else 0)',
            requires("requiredDecision", "urn:shared#base fee"),
        ),
        imports={"urn:shared": shared},
    )
    assert decide(loaded, "d", common={"rate": 2}).outputs == 31
    assert decide(loaded, "d", rate=3).outputs == 41


TYPES = (
    '<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"A","B"</text></allowedValues>'
    "</itemDefinition>"
    '<itemDefinition name="tLevels" isCollection="true"><typeRef>tLevel</typeRef></itemDefinition>'
    '<itemDefinition name="tCase"><itemComponent name="level"><typeRef>tLevel</typeRef></itemComponent>'
    '<itemComponent name="days"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tTree"><itemComponent name="parts" isCollection="true"><typeRef>tTree</typeRef>'
    "</itemComponent></itemDefinition>"
)


@pytest.mark.parametrize(
    ("type_", "given", "expected"),
    [
        ("tLevel", "A", "A"),
        ("tLevel", "C", None),
        ("tLevels", ["A", "B"], ["A", "B"]),
        ("tLevels", "A", ["A"]),
        ("tLevels", ["A", "C"], None),
        ("tLevel", ["B"], "B"),
        ("tCase", {"level": "A", "days": 3}, {"level": "A", "days": 3}),
        ("tCase", {"level": "A", "days": 3, "more": 1}, {"level": "A", "days": 3, "more": 1}),
        ("tCase", {"level": "C", "days": 3}, None),
        ("tCase", {"level": "A"}, None),
        ("tCase", {"level": "A", "days": None}, {"level": "A", "days": None}),
        ("tTree", {"parts": [{"parts": []}]}, {"parts": [{"parts": []}]}),
        ("number", "3", None),
        ("feel:number", 3, 3),
        ("unknownType", "x", "x"),
    ],
)
def test_an_input_is_taken_as_its_type_or_as_null(model, decide, type_, given, expected):
    loaded = model(TYPES, input_data("x", type_), decision("d", "x", requires("requiredInput", "#x")))
    assert to_json(decide(loaded, "d", x=given).outputs) == expected


@pytest.mark.parametrize(("type_", "expected"), [("number", 3), ("string", None), ("tLevels", None)])
def test_a_decision_is_of_its_type_or_null(model, decide, type_, expected):
    loaded = model(TYPES, decision("d", "3", type_=type_))
    assert decide(loaded, "d").outputs == expected


def test_a_decision_is_found_by_name_and_by_id(model, decide):
    loaded = model(f'<decision id="d1" name="Route the case">{literal("1")}</decision>')
    assert decide(loaded, "Route the case").outputs == decide(loaded, "d1").outputs == 1
    with pytest.raises(DmnError) as unknown:
        decide(loaded, "d2")
    assert unknown.value.code == "decision.unknown"


def test_evaluation_stays_within_the_limits(model, decide):
    loaded = model(decision("d", "for i in 1..1000 return for j in 1..1000 return j"))
    with pytest.raises(FeelLimitExceeded):
        decide(loaded, "d")
