"""Chapters 10.3.2.5 to 10.3.2.8: lists, filters, paths, contexts, iteration and quantifiers."""

import pytest

CASE = {
    "case": {
        "media": [{"kind": "photo", "size": 3}, {"kind": "video", "size": 9}, {"size": 1}],
        "category": {"level": "A"},
        "item": 7,
    }
}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("[1, 2, 3][1]", "1"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][4]", "null"),
        ("[1, 2, 3][0]", "null"),
        ("[1, 2, 3][item > 1]", "[2, 3]"),
        ("[1, null, 3][item = null]", "[null]"),
        ("5[1]", "5"),
        ("5[item > 6]", "[]"),
        ("null[1]", "null"),
        ("null[item > 1]", "[]"),
        ("[][1]", "null"),
        ('[1, 2]["a"]', "null"),
        ('case.media[kind = "photo"].size', "[3]"),
        ("case.media[size > 2][2].kind", '"video"'),
        ("case.media.kind", '["photo", "video", null]'),
        ("case.category.level", '"A"'),
        ("case.category.level.deeper", "null"),
        ("case.nothing", "null"),
        ("[{item: 5}, {item: 6}][item > 5].item", "[6]"),
        ("[{a: 1}, {a: 2}][a = 2][1].a", "2"),
    ],
)
def test_filters_and_paths(agree, text, same):
    agree(text, same, CASE)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("for i in [1, 2] return i * 2", "[2, 4]"),
        ("for i in 1..3 return i", "[1, 2, 3]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1..3) return i", "[1, 2]"),
        ("for i in 1..2, j in 1..i return i * 10 + j", "[11, 21, 22]"),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ("for i in 5 return i", "[5]"),
        ("for i in null return i", "null"),
        ("for i in [] return i", "[]"),
        ('for d in @"2026-02-27"..@"2026-03-01" return d.day', "[27, 28, 1]"),
        ("for i in 1.5..3 return i", "null"),
        ("some i in [1, 2] satisfies i > 1", "true"),
        ("some i in [1, null] satisfies i > 1", "null"),
        ("every i in [1, 2] satisfies i > 0", "true"),
        ("every i in [1, null] satisfies i > 1", "false"),
        ("every i in [] satisfies false", "true"),
        ("some i in null satisfies true", "null"),
        ("some i in [1, 2], j in [2, 3] satisfies i = j", "true"),
        ("(for i in 1..2 return function(x) x + i)[2](10)", "12"),
    ],
)
def test_iteration_and_quantifiers(agree, text, same):
    agree(text, same)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('@"2026-11-22".year', "2026"),
        ('@"2026-11-22".weekday', "7"),
        ('@"2026-11-22T08:30:15+08:00".hour', "8"),
        ('@"2026-11-22T08:30:15+08:00".time offset', '@"PT8H"'),
        ('@"2026-11-22T08:30:15@Asia/Shanghai".timezone', '"Asia/Shanghai"'),
        ('@"2026-11-22T08:30:15".timezone', "null"),
        ('@"08:30:15".second', "15"),
        ('@"P1DT26H".days', "2"),
        ('@"P1DT26H".hours', "2"),
        ('@"-PT90M".minutes', "-30"),
        ('@"P14M".years', "1"),
        ('@"P14M".months', "2"),
        ("[1..3).start", "1"),
        ("[1..3).end included", "false"),
        ("(> 5).start included", "false"),
        ("(> 5).end", "null"),
        ('@"2026-11-22".hour', "null"),
        ("1 .year", "null"),
    ],
)
def test_members_of_temporal_values_and_ranges(agree, text, same):
    agree(text, same)
