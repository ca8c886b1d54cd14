"""What an expression reads and calls can be compared with what is declared."""

import pytest

from engine.feel import STANDARD, compile_expression, lint_expression

DECLARED = {
    "case": {
        "category": {"level": "string", "name": "string"},
        "limit": "number",
        "created": "date and time",
        "media": {"kind": "string", "size": "number"},
    },
    "task": "any",
    "due date": "date",
}


def _reads(text):
    return [read.text for read in compile_expression(text, names=DECLARED).reads]


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("a.b.c > d", ["a.b.c", "d"]),
        ("for i in list, j in i.parts return i + j + k", ["list", "list.parts", "k"]),
        ("some i in list satisfies i > limit", ["list", "limit"]),
        ("{a: 1, b: a + c}", ["c"]),
        ("{b: a, a: 1}", ["a"]),
        ("(function(x) x + y)(1)", ["y"]),
        ("list[item.size > limit]", ["list", "list.size", "limit"]),
        ("for m in case.media return m.kind", ["case.media", "case.media.kind"]),
        ("count(list)", ["list"]),
        ("sort(list, before)", ["list"]),
        ("x in (? > 1, y)", ["x", "y"]),
        ("`a b`.c", ["a b.c"]),
        ("f(x).y", ["f", "x"]),
    ],
)
def test_only_names_from_outside_are_read(text, reads):
    assert _reads(text) == reads


def test_a_name_inside_a_filter_may_be_a_member():
    reads = compile_expression("list[kind = other]").reads
    assert [(read.text, read.filters) for read in reads] == [
        ("list", ()),
        ("kind", (("list",),)),
        ("other", (("list",),)),
    ]


def test_calls_tell_their_arguments_and_place():
    first, second = compile_expression("count(a) +\nsubstring(string: b, start position: 2)").calls
    assert (first.name, first.argument_count) == ("count", 1)
    assert second.argument_names == ("string", "start position")
    assert (second.position.line, second.position.column) == (2, 1)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ('case.catgory.level = "A"', "lint.path", "case.category"),
        ('case.category.levl = "A"', "lint.path", "case.category.level"),
        ("cse.limit > 4", "lint.name", "case"),
        ("case.limit.value", "lint.path", None),
        ('case.media[knd = "photo"].size', "lint.name", "kind"),
        ('case.media[item.knd = "photo"]', "lint.path", "case.media.kind"),
        ("case.media[size > 1][kid = 2]", "lint.name", "kind"),
        ("for m in case.media return m.knd", "lint.path", "case.media.kind"),
        ("some m in case.media satisfies m.siz > 1", "lint.path", "case.media.size"),
        ("case.created.yaer = 2026", "lint.path", "case.created.year"),
        ("conut(case.media)", "lint.function", "count"),
        ("count(case.media, 1)", "lint.arguments", None),
        ('substring(strng: "a", start position: 1)', "lint.named", None),
        ('substring(string: "a")', "lint.named", None),
        ('case.limit > "4"', "lint.compare", None),
        ("case.category.level = 1", "lint.compare", None),
        ('1 = "1"', "lint.compare", None),
    ],
)
def test_a_slip_is_found_with_what_was_meant(text, code, suggestion):
    (finding,) = lint_expression(compile_expression(text, names=DECLARED), DECLARED, STANDARD)
    assert (finding.code, finding.suggestion) == (code, suggestion)
    if suggestion:
        assert suggestion in finding.message_zh
        assert suggestion in finding.message_en


@pytest.mark.parametrize(
    "text",
    [
        'case.category.level = "A" and case.limit > 4',
        'case.media[kind = "photo"].size',
        "case.media.kind",
        "case.created.year = 2026",
        "task.anything.at.all",
        "due date > today()",
        "for m in task.media return m.whatever",
        "task.media[whatever = 1]",
        "case.media[size > case.limit]",
        "case.limit = null",
        'substring(string: "abc", start position: 2)',
        "{f: function(x) x, r: f(1)}.r",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert lint_expression(compile_expression(text, names=DECLARED), DECLARED, STANDARD) == ()


def test_findings_come_in_the_order_of_the_text():
    expression = compile_expression("aaa + bbb + conut(ccc)")
    findings = lint_expression(expression, DECLARED, STANDARD)
    assert [finding.position.column for finding in findings] == [1, 7, 13, 19]
