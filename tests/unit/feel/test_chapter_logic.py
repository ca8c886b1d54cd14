"""Chapter 10.3.2.11: three-valued logic and conditions."""

import pytest

T, F, N = "true", "false", "null"


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, N, N, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, N, F, N),
        (N, T, N, T),
        (N, F, F, N),
        (N, N, N, N),
    ],
)
def test_and_and_or_follow_the_truth_table(value, left, right, both, either):
    assert value(f"{left} and {right}") is value(both)
    assert value(f"{left} or {right}") is value(either)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"x" and true', None),
        ('"x" and false', False),
        ('"x" or true', True),
        ("1 or false", None),
        ("not(true)", False),
        ("not(null)", None),
        ('not("x")', None),
        ("true or 1/0 = 2", True),
        ("false or true and false", False),
    ],
)
def test_what_is_no_boolean_counts_as_null(value, text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if true then 1 else 2", 1),
        ("if false then 1 else 2", 2),
        ("if null then 1 else 2", 2),
        ('if "true" then 1 else 2', 2),
        ("if 1 > 0 then if 2 > 3 then 1 else 2 else 3", 2),
    ],
)
def test_only_true_takes_the_first_branch(value, text, expected):
    assert value(text) == expected
