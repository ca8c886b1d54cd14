"""What makes a value null in silence leaves a warning."""

import pytest

from engine.feel import compile_expression


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nowhere", "name.unknown"),
        ("{a: 1}.b", "path.missing"),
        ("[{a: 1}, {b: 2}].a", "path.missing"),
        ('"x".a', "path.not_context"),
        ('1 = "1"', "compare.types"),
        ('1 < "1"', "compare.types"),
        ('1 in ["a".."b"]', "compare.types"),
        ('"a" between 1 and 2', "compare.types"),
        ('1 + "1"', "arithmetic.types"),
        ('-"a"', "arithmetic.types"),
        ("1 / 0", "arithmetic.range"),
        ('@"999999999-12-31" + @"P1D"', "arithmetic.range"),
        ('"a" and true', "logic.types"),
        ('if "a" then 1 else 2', "condition.not_boolean"),
        ('[1]["a"]', "filter.condition"),
        ("[1][2]", "filter.index"),
        ("[3..1]", "range.ends"),
        ('[1.."a"]', "range.ends"),
        ("for i in null return i", "iteration.source"),
        ("{a: 1, a: 2}", "context.duplicate"),
        ("(1)(2)", "call.not_function"),
        ("count()", "call.arguments"),
        ("count(lst: [])", "call.arguments"),
        ("(function(a) a)(1, 2)", "call.arguments"),
        ('(function(a: number) a)("x")', "coercion.failed"),
        ('date("nonsense")', "call.refused"),
        ("date(2026, 13, 1)", "call.failed"),
        ("exp(99999999)", "call.failed"),
        ("function() external {java: {}}", "external.function"),
    ],
)
def test_a_silent_null_says_why(warned, text, code):
    assert code in warned(text)


@pytest.mark.parametrize("text", ["null = 1", "null + 1", "null and true", "null.a", "{a: null}.a", "[][item > 1]"])
def test_null_itself_is_no_reason_to_warn(warned, text):
    assert warned(text) == []


def test_a_warning_names_its_place_and_speaks_both_languages(evaluation):
    compile_expression("1 +\n  nowhere").evaluate({}, evaluation)
    (warning,) = evaluation.warnings
    assert (warning.position.line, warning.position.column) == (2, 3)
    assert "nowhere" in warning.message_zh
    assert "nowhere" in warning.message_en


def test_warnings_do_not_pile_up_without_end(evaluation):
    compile_expression("for i in 1..1000 return nowhere").evaluate({}, evaluation)
    assert len(evaluation.warnings) == 100
