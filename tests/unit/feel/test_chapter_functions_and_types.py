"""Chapters 10.3.2.9 and 10.3.2.13: functions, named arguments, types."""

import pytest


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("(function(x, y) x + y)(1, 2)", "3"),
        ("(function(x, y) x - y)(y: 1, x: 2)", "1"),
        ("(function(x) x)(1, 2)", "null"),
        ("(function(x) x)(y: 1)", "null"),
        ("(function(x: number) x)(5)", "5"),
        ('(function(x: number) x)("5")', "null"),
        ("(function(x: number) x)([5])", "5"),
        ("(function(x: list<number>) x)(5)", "[5]"),
        ('(function(x: date and time) x)(@"2026-11-22")', '@"2026-11-22T00:00:00Z"'),
        ("(function(Person.Age) Person.Age + 1)(4)", "5"),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(5)}.r", "120"),
        ("{twice: function(f, x) f(f(x)), r: twice(function(x) x * 3, 2)}.r", "18"),
        ('substring(string: "foobar", start position: 3)', '"obar"'),
        ('substring(string: "foobar", strt: 3)', "null"),
        ('number(from: "1.000", grouping separator: ".", decimal separator: ",")', "1000"),
        ("nothing(1)", "null"),
        ("(function(x) external {java: {}})(1)", "null"),
        ("sort([3, 1, 2], function(a, b) a < b)", "[1, 2, 3]"),
        ('context put(context: {x: 1}, key: ["x"], value: 2)', "null"),
        ('context put(context: {x: 1}, keys: ["x"], value: 2)', "{x: 2}"),
    ],
)
def test_functions_and_their_arguments(agree, text, same):
    agree(text, same)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ('"a" instance of string', True),
        ("null instance of number", False),
        ("null instance of Null", True),
        ("1 instance of Any", True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("[] instance of list<string>", True),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: string>", False),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("[1..3] instance of range<number>", True),
        ('["a".."c"] instance of range<number>', False),
        ('@"2026-11-22" instance of date', True),
        ('@"2026-11-22T00:00:00" instance of date and time', True),
        ('@"PT1H" instance of days and time duration', True),
        ('@"P1Y" instance of years and months duration', True),
        ("(function(x: number) x) instance of function<number> -> Any", True),
        ("(function(x: number) x) instance of function<string, string> -> Any", False),
        ("count instance of function", True),
    ],
)
def test_instance_of(value, text, expected):
    assert value(text) is expected
