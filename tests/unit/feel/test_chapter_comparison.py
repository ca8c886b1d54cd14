"""Chapter 10.3.2.13 and 10.3.2.3: equality, order, between and in."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 = 1.0", True),
        ('1 = "1"', None),
        ("null = null", True),
        ("null = 1", False),
        ("1 != null", True),
        ('"a" != "b"', True),
        ("[1, 2] = [1, 2]", True),
        ("[1, 2] = [2, 1]", False),
        ("[1] = 1", None),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {a: 1, b: null}", False),
        ("[1..3] = [1..3]", True),
        ("[1..3] = [1..3)", False),
        ('@"2026-11-22T08:00:00Z" = @"2026-11-22T16:00:00+08:00"', True),
        ('@"2026-11-22T16:00:00@Asia/Shanghai" = @"2026-11-22T08:00:00Z"', True),
        ('@"2026-11-22T08:00:00" = @"2026-11-22T08:00:00Z"', False),
        ('@"PT24H" = @"P1D"', True),
        ('@"P12M" = @"P1Y"', True),
        ('@"P1Y" = @"P365D"', None),
        ('@"2026-11-22" = @"2026-11-22T00:00:00Z"', None),
    ],
)
def test_equality_is_by_value_within_a_type(value, text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2", True),
        ("2 <= 2", True),
        ('"a" < "b"', True),
        ('1 < "b"', None),
        ("null < 1", None),
        ("true < false", None),
        ("[1] < [2]", None),
        ('@"2026-01-31" < @"2026-02-01"', True),
        ('@"10:00:00Z" < @"10:00:00-01:00"', True),
        ('@"10:00:00" < @"11:00:00Z"', None),
        ('@"2026-11-22T23:00:00+08:00" < @"2026-11-22T16:00:00Z"', True),
        ('@"PT1H" > @"PT59M"', True),
        ('@"P1Y" >= @"P12M"', True),
    ],
)
def test_order_needs_two_values_of_one_ordered_type(value, text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 between 1 and 3", True),
        ("1 between 1 and 3", True),
        ("4 between 1 and 3", False),
        ("null between 1 and 3", None),
        ('"b" between "a" and "c"', True),
        ("2 between 1 and 3 and true", True),
    ],
)
def test_between_includes_its_ends(value, text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 in (1, 2)", True),
        ("3 in (1, 2)", False),
        ("3 in 3", True),
        ("2 in [1..3]", True),
        ("1 in (1..3)", False),
        ("1 in ]1..3]", False),
        ("3 in [1..3[", False),
        ("5 in (< 3, > 4)", True),
        ("5 in > 4", True),
        ("2 in [1, 2, 3]", True),
        ("2 in ([1..3], [5..7])", True),
        ("2 in (2) + 0", True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("null in [1..3]", None),
        ('"b" in ["a".."c"]', True),
        ('"A" in ("A", "B")', True),
        ("1 in [1, null]", True),
        ("null in (null, 1)", True),
        ("2 in [[1..3], [5..6]]", True),
        ("5 in [3..1]", False),
        ("2 in [null..3]", None),
        ("1 in (1, 2) = true", True),
    ],
)
def test_in_asks_for_one_passing_test(value, text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("tests", "given", "expected"),
    [
        ("-", "null", True),
        ('"A", "B"', '"B"', True),
        ('not("A", "B")', '"B"', False),
        ('not("A", "B")', '"C"', True),
        ("not(null)", "null", False),
        ("< 5", "4", True),
        ("[1..5), > 10", "5", False),
        ("[1..5), > 10", "11", True),
        ("? > 3 and ? < 6", "4", True),
        ("? > 3 and ? < 6", "7", False),
        ("count(?) = 2", "[1, 2]", True),
        ("null", "null", True),
        ("> 5", '"a"', None),
        ("= 5", "5", True),
        ("!= 5", "5", False),
        ("not(?) and true", "false", True),
        ("[1, 2, 3]", "2", True),
        ('@"2026-11-22"', 'date("2026-11-22")', True),
    ],
)
def test_a_table_cell_tests_its_input(passes, tests, given, expected):
    assert passes(tests, given) is expected
