"""Every way DMN has to write down a value."""

import pytest

LITERAL = "<literalExpression><text>{}</text></literalExpression>"


def literal(text):
    return LITERAL.format(text.replace("&", "&amp;").replace("<", "&lt;"))


def test_a_literal_expression(boxed):
    assert boxed(literal("x + 1"), 2) == 3


def test_a_decision_without_expression_is_null(boxed):
    assert boxed("") is None


def entry(name, expression, type_=""):
    declared = f' typeRef="{type_}"' if type_ else ""
    return f'<contextEntry><variable name="{name}"{declared}/>{expression}</contextEntry>'


def test_the_entries_of_a_context_see_the_ones_before_them(boxed):
    text = f"<context>{entry('due days', literal('x * 2'))}{entry('b', literal('due days + 1'))}</context>"
    assert boxed(text, 2) == {"due days": 4, "b": 5}


def test_an_entry_without_name_is_the_result_of_its_context(boxed):
    result = f"<contextEntry>{literal('a * 10')}</contextEntry>"
    assert boxed(f"<context>{entry('a', literal('x'))}{result}</context>", 3) == 30


def test_an_entry_of_the_wrong_type_is_null(boxed, evaluation):
    assert boxed(f"<context>{entry('a', literal('x'), 'number')}</context>", "text") == {"a": None}
    assert [warning.code for warning in evaluation.warnings] == ["value.type"]


def test_a_list_and_a_relation(boxed):
    assert boxed(f"<list>{literal('x')}{literal('x + 1')}</list>", 1) == [1, 2]
    relation = (
        '<relation><column name="unit"/><column name="limit"/>'
        f"<row>{literal(chr(34) + 'A' + chr(34))}{literal('x')}</row>"
        f"<row>{literal('null')}{literal('2 * x')}</row></relation>"
    )
    assert boxed(relation, 4) == [{"unit": "A", "limit": 4}, {"unit": None, "limit": 8}]


FUNCTION = (
    '<functionDefinition><formalParameter name="Person.Age" typeRef="number"/><formalParameter name="y"/>'
    + LITERAL.format("Person.Age * y")
    + "</functionDefinition>"
)


def test_a_function_definition_is_called_by_an_invocation(boxed):
    bindings = (
        f'<binding><parameter name="y"/>{literal("10")}</binding>'
        f'<binding><parameter name="Person.Age"/>{literal("x")}</binding>'
    )
    invocation = f"<invocation>{literal('f')}{bindings}</invocation>"
    text = f"<context>{entry('f', FUNCTION)}<contextEntry>{invocation}</contextEntry></context>"
    assert boxed(text, 3) == 30
    assert boxed(text, "three") is None


def test_an_invocation_of_what_is_no_function_is_null(boxed, evaluation):
    assert boxed(f"<invocation>{literal('x')}</invocation>", 3) is None
    assert [warning.code for warning in evaluation.warnings] == ["function.none"]


def test_an_external_function_is_never_run(boxed, evaluation):
    external = '<functionDefinition kind="Java"><context/></functionDefinition>'
    text = f"<context>{entry('f', external)}<contextEntry>{literal('f()')}</contextEntry></context>"
    assert boxed(text) is None
    assert [warning.code for warning in evaluation.warnings] == ["function.external"]


def conditional(condition):
    return (
        f"<conditional><if>{literal(condition)}</if><then>{literal('1')}</then>"
        f"<else>{literal('2')}</else></conditional>"
    )


@pytest.mark.parametrize(("x", "expected"), [(True, 1), (False, 2), (None, 2), ("true", None)])
def test_a_conditional_needs_a_boolean(boxed, x, expected):
    assert boxed(conditional("x"), x) == expected


def test_a_filter_sees_the_item_and_its_members(boxed):
    text = f"<filter><in>{literal('x')}</in><match>{literal('size > 2 and item.kind != null')}</match></filter>"
    items = [{"size": 1, "kind": "a"}, {"size": 3, "kind": "b"}, {"size": 4, "kind": None}]
    assert boxed(text, items) == [{"size": 3, "kind": "b"}]


def test_an_iteration_sees_its_variable_and_the_results_so_far(boxed):
    text = (
        f'<for iteratorVariable="each one"><in>{literal("x")}</in>'
        f"<return>{literal('each one + count(partial)')}</return></for>"
    )
    assert boxed(text, [10, 20, 30]) == [10, 21, 32]
    assert boxed(text, None) is None


@pytest.mark.parametrize(
    ("kind", "items", "expected"),
    [
        ("some", [1, 5], True),
        ("some", [1], False),
        ("some", [1, "a"], None),
        ("some", [5, "a"], True),
        ("every", [5, 6], True),
        ("every", [1, "a"], False),
        ("every", [5, "a"], None),
        ("every", [], True),
    ],
)
def test_quantifiers_are_three_valued(boxed, kind, items, expected):
    text = f'<{kind} iteratorVariable="i"><in>{literal("x")}</in><satisfies>{literal("i > 2")}</satisfies></{kind}>'
    assert boxed(text, items) is expected


def test_a_condition_that_is_no_boolean_makes_a_quantifier_null(boxed):
    text = (
        f'<some iteratorVariable="i"><in>{literal("x")}</in>'
        f"<satisfies>{literal('if i > 1 then true else i')}</satisfies></some>"
    )
    assert boxed(text, [2, 1]) is True
    assert boxed(text, [1, 2]) is None
