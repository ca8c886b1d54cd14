"""A text that is not FEEL is refused with its place, in both languages, with what was probably meant."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests, parse_attribute


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("a == b", 4, "="),
        ("a && b", 3, "and"),
        ("a || b", 3, "or"),
        ("!a", 1, "not(…)"),
        ("a <> b", 4, "!="),
        ("a => b", 4, ">="),
        ("a =< b", 4, "<="),
        ("a = 'x'", 5, '"'),
        ("a % 2", 3, "modulo(…)"),
        ("（1 + 2）", 1, "("),
        ("a ＝ b", 3, "="),
        ("count（a）", 6, "("),
        ("[1，2]", 3, ","),
        ("a = “x”", 5, '"'),
    ],
)
def test_a_slip_from_another_language_is_named_with_the_fix(text, column, hint):
    with pytest.raises(FeelSyntaxError) as refused:
        compile_expression(text)
    assert refused.value.position.column == column
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("", 1, 1, "syntax.end"),
        ("1 +", 1, 4, "syntax.end"),
        ("if a\nthen 1", 2, 7, "syntax.end"),
        ("(1", 1, 3, "syntax.end"),
        ("1 2", 1, 3, "syntax.trailing"),
        ("due date > 1", 1, 5, "syntax.multiword"),
        ('"open', 1, 1, "syntax.string"),
        ("1 /* open", 1, 3, "syntax.comment"),
        ("a +\n  * b", 2, 3, "syntax.expression"),
        ("x instance of nothing", 1, 15, "syntax.type"),
        ("{a 1}", 1, 2, "syntax.name"),
        ("for in [1] return 1", 1, 5, "syntax.name"),
        ('"\\uD83D"', 1, 1, "syntax.escape"),
        ('"\\u0000"', 1, 1, "syntax.escape"),
        ("a\x00b", 1, 2, "syntax.character"),
        ("\ud800", 1, 1, "syntax.character"),
        ("1e9999", 1, 1, "syntax.number"),
        ("#", 1, 1, "syntax.character"),
    ],
)
def test_an_error_names_its_line_and_column(text, line, column, code):
    with pytest.raises(FeelSyntaxError) as refused:
        compile_expression(text)
    position = refused.value.position
    assert (position.line, position.column, refused.value.code) == (line, column, code)
    assert refused.value.message_zh != refused.value.message_en
    assert str(refused.value).startswith(f"{line}:{column}: ")


def test_negated_tests_cannot_be_continued():
    with pytest.raises(FeelSyntaxError) as refused:
        compile_unary_tests("not(1, 2) and true")
    assert refused.value.code == "syntax.not_tests"


@pytest.mark.parametrize(
    ("text", "expression"),
    [("= a + 1", "a + 1"), (" =now()", "now()"), ("PT1H", None), ("", None), ("a = 1", None)],
)
def test_an_attribute_is_an_expression_when_it_begins_with_the_sign(text, expression):
    assert parse_attribute(text) == expression
