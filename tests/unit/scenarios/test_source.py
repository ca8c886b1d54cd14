"""The YAML of scenarios: values of JSON with their lines, and nothing that could be read in two ways."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from processes.scenarios.limits import LARGEST_FILE
from processes.scenarios.source import read_source


def test_plain_words_are_text_and_only_the_constants_of_json_are_not() -> None:
    text = b"[yes, No, 2026-07-01, 0x1F, 1_000, .5, 1e3, ~, 'true', \"7\", true, false, null, -12, 0.25]"
    assert read_source(text, "").value == [
        *("yes", "No", "2026-07-01", "0x1F", "1_000", ".5", "1e3", "~", "true", "7"),
        *(True, False, None, -12, 0.25),
    ]


def test_every_place_knows_its_line() -> None:
    source = read_source(b"a:\n  - x\n  - b/c:\n      d: 1\n", "")
    assert [source.line(pointer) for pointer in ("/a", "/a/0", "/a/1/b~1c", "/a/1/b~1c/d")] == [1, 2, 3, 4]


def test_a_missing_place_is_that_of_what_surrounds_it() -> None:
    assert read_source(b"a:\n  b:\n    c: 1\n", "").line("/a/b/missing/deeper") == 2


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (b"", "scenario_empty", 1),
        (b"# nothing\n", "scenario_empty", 1),
        (b"a: 1\nb: &x 2\n", "scenario_anchor", 2),
        (b"a: *x\n", "scenario_anchor", 1),
        (b"a: !!python/object:os.system {}\n", "scenario_tag", 1),
        (b"a: 1\nb: 2\na: 3\n", "scenario_duplicate_key", 3),
        (b"{[1]: 2}\n", "scenario_bad_key", 1),
        (b"---\na: 1\n---\nb: 2\n", "scenario_two_documents", 3),
        (b"a: {b\n", "scenario_not_yaml", 2),
        (b'a: "x\\0y"\n', "scenario_bad_text", 1),
        (b'"\\0": 1\n', "scenario_bad_text", 1),
        (b"\xff\xfe", "scenario_not_text", None),
        (b"a: 1" + b" " * LARGEST_FILE, "scenario_too_large", None),
        (b"[" * 250_000, "scenario_too_much", 1),
        (b"- " * 100_000, "scenario_too_much", 1),
        (b"[" + b"1," * 30_000 + b"1]", "scenario_too_much", 1),
    ],
)
def test_whatever_else_yaml_has_is_refused_with_its_line(text: bytes, code: str, line: int | None) -> None:
    with pytest.raises(Invalid) as refused:
        read_source(text, "story.yaml")
    assert (refused.value.code, refused.value.line) == (code, line)
    assert refused.value.details == {"file": "story.yaml"}
