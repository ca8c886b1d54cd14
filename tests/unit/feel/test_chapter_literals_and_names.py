"""Chapter 10.3.1: literals, names and comments."""

import pytest


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1", "1.0"),
        (".5", "0.5"),
        ("1e3", "1000"),
        ("1.5E-2", "0.015"),
        ("-0", "0"),
        ('"a\\u0041\\n\\t\\"\\\\"', '"aA\n\t\\"\\\\"'),
        ('"\\uD83D\\uDC0E"', '"🐎"'),
        ('"\\U01F40E"', '"🐎"'),
        ("true and not(false)", "true"),
        ("null", "null"),
        ('@"2026-11-22"', "date(2026, 11, 22)"),
        ('@"PT4H"', 'duration("PT4H")'),
        ('@"nonsense"', "null"),
        ("1 /* a comment */ + // another\n 2", "3"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("{a: 1, b: a + 1}", "{a: 1, b: 2}"),
        ('{"a b": 1, c: a b + 1}.c', "2"),
        ("{a: 1, a: 2}", "null"),
    ],
)
def test_a_literal_is_the_value_it_writes(agree, text, same):
    agree(text, same)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("类别", "A"),
        ("𠮷野", 1),
        ("ᠬᠣᠲᠠ", 2),
        ("ᠴᠢᠭᠠᠢᠨ\u180eᠠ", 3),
        ("time in force", 4),
        ("applicant's age", 5),
        ("a-b", 6),
        ("_x1", 7),
        ("Person.Gender", 8),
    ],
)
def test_a_declared_name_is_read_whatever_its_letters(value, name, given):
    assert value(f"{name} = x", {name: given, "x": given}) is True


def test_the_longest_declared_name_wins(value):
    assert value("a b + a", {"a": 1, "a b": 10}) == 11


def test_a_name_in_backquotes_needs_no_declaration(value):
    assert value("{`due (days)`: 3}.`due (days)`") == 3


def test_a_nearer_name_hides_a_farther_one(value):
    assert value("for x in [1] return x", {"x": 5}) == value("[1]")


def test_a_value_hides_a_function_of_the_same_name(value):
    assert value("count + 1", {"count": 2}) == 3


def test_an_unknown_name_is_null(value):
    assert value("nowhere") is None


def test_a_number_keeps_34_digits(value):
    assert str(value("1/3")) == "0." + "3" * 34
    assert value("0.1 + 0.2 = 0.3") is True
