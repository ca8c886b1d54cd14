"""Which files are forms, and where the others are wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import STANDARD
from forms import FormRefused, Widget, lint_form, load_form
from forms.names import RESERVED
from tests.unit.forms.forms_in_json import form_file, laid_out


def codes(source: bytes) -> set[tuple[str, str]]:
    return {(problem.pointer, problem.code) for problem in lint_form(source)}


def test_a_form_knows_its_fields_and_its_hash() -> None:
    form = load_form(form_file({"note": {"type": "string", "maxLength": 10}}))
    assert form.title.zh == "样例"
    assert [[field.field for field in row] for row in form.layout] == [["note"]]
    assert form.layout[0][0].widget is Widget.TEXT
    assert len(form.sha) == 32


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "json"),
        (b"[]", "json"),
        (b'{"key": NaN}', "not_finite"),
        (b'{"key": "a", "key": "b"}', "repeated_name"),
        (b"\xff\xfe{}", "encoding"),
        (b"[" * 100_000, "json"),
        (b'{"a": ' * 40 + b"1" + b"}" * 40, "too_deep"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "json"),
        (b'{"a": "' + b"x" * 300_000 + b'"}', "too_large"),
        (b'{"a": "\\ud800"}', "surrogate"),
        (b'{"a": "\\u0000"}', "nul"),
        (b"%PDF-1.7", "json"),
    ],
)
def test_what_is_no_json_object_is_refused(source: bytes, code: str) -> None:
    assert code in {problem.code for problem in lint_form(source)}


def test_every_problem_of_a_file_is_listed_at_its_place() -> None:
    source = form_file(
        {
            "count": {"type": "string"},
            "open": {"type": "object"},
            "free": {"type": "string", "pattern": "(a"},
            "covers": {"type": "integer", "minimum": 9, "maximum": 3},
        }
    )
    assert {
        ("/schema/properties/count", "field_name"),
        ("/schema/properties/open/additionalProperties", "open_object"),
        ("/schema/properties/free/pattern", "pattern"),
        ("/schema/properties/covers/maximum", "limits"),
    } <= codes(source)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"$ref": "http://example.org/schema.json"}, "reference"),
        ({"$ref": "file:///etc/passwd"}, "reference"),
        ({"$ref": "#/$defs/absent"}, "reference"),
        ({"$ref": "#"}, "reference"),
        ({"$dynamicRef": "#x"}, "keyword"),
        ({"type": "string", "pattern": "(?=x)"}, "pattern"),
        ({"type": "string", "pattern": "(a)\\1"}, "pattern"),
        ({"type": "string", "pattern": "\\bword"}, "pattern"),
        ({"type": "string", "pattern": "a" * 201}, "pattern"),
        ({"type": "string", "format": "uri"}, "format"),
        ({"type": "string", "contentEncoding": "base64"}, "keyword"),
        ({"type": "text"}, "schema"),
        ({"type": "string", "minLength": -1}, "schema"),
        ({"type": "string", "default": 3}, "default"),
        ({"type": "string", "x-run": "import os"}, "keyword"),
    ],
)
def test_a_schema_beyond_the_closed_subset_is_refused(part: dict[str, object], code: str) -> None:
    assert code in {problem.code for problem in lint_form(form_file({"field": part}))}


def test_definitions_that_run_in_a_circle_are_refused() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/b"}}, "additionalProperties": False}
    other = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/a"}]}
    source = form_file({"note": {"type": "string"}}, schema={"$defs": {"a": node, "b": other}})
    assert {("/schema/$defs/a", "recursion"), ("/schema/$defs/b", "recursion")} <= codes(source)


def test_a_linear_pattern_that_ruins_backtracking_is_allowed() -> None:
    assert lint_form(form_file({"field": {"type": "string", "pattern": "^(a+)+$"}})) == []


@pytest.mark.parametrize("name", ["if", "count", "case", "now", "__proto__", "_hidden", "two words", "a-b", "1st", ""])
def test_a_name_that_means_something_else_in_an_expression_is_refused(name: str) -> None:
    assert any(problem.code == "field_name" for problem in lint_form(form_file({name: {"type": "string"}})))


@pytest.mark.parametrize("name", ["result", "类别", "ᠮᠣᠩᠭᠣᠯ", "unit_2"])
def test_names_of_any_script_are_allowed(name: str) -> None:
    assert lint_form(form_file({name: {"type": "string"}})) == []


def test_every_function_of_one_word_is_a_reserved_name() -> None:
    words = {name for name in STANDARD.names if name.isidentifier()}
    assert words
    assert words <= RESERVED


def layout_codes(properties: dict[str, object], layout: list[list[dict[str, object]]]) -> set[tuple[str, str]]:
    return codes(form_file(dict(properties), layout=layout))


def test_the_layout_shows_each_field_once() -> None:
    note = laid_out("note", {"type": "string"})
    properties: dict[str, object] = {"note": {"type": "string"}, "more": {"type": "string"}}
    assert layout_codes(properties, [[note], [note, laid_out("ghost", {})]]) == {
        ("/layout/1/0/field", "layout"),
        ("/layout/1/1/field", "layout"),
        ("/layout", "layout"),
    }


def test_a_widget_must_be_able_to_hold_its_field() -> None:
    field = {**laid_out("done", {}), "widget": "checkbox"}
    assert layout_codes({"done": {"type": "string"}}, [[field]]) == {("/layout/0/0/widget", "widget")}
    day = {**laid_out("on_day", {}), "widget": "date"}
    assert layout_codes({"on_day": {"type": "string", "format": "date-time"}}, [[day]]) == {
        ("/layout/0/0/widget", "widget")
    }


def test_each_choice_has_a_name() -> None:
    schema = {"type": "string", "enum": ["yes", "no"]}
    field = laid_out("answer", schema)
    field["options"].pop("no")
    assert layout_codes({"answer": schema}, [[field]]) == {("/layout/0/0/options", "options")}


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ({"field": "ghost", "in": ["yes"]}, "field"),
        ({"field": "note", "in": ["yes"]}, "field"),
        ({"field": "answer", "in": ["maybe"]}, "in"),
        ({"field": "answer", "in": []}, "in"),
    ],
)
def test_visibility_depends_on_values_that_another_field_can_have(condition: dict[str, object], place: str) -> None:
    answer = {"type": "string", "enum": ["yes", "no"]}
    note = {**laid_out("note", {"type": "string"}), "visible_when": condition}
    found = layout_codes({"answer": answer, "note": {"type": "string"}}, [[laid_out("answer", answer), note]])
    assert found == {(f"/layout/0/1/visible_when/{place}", "visible_when")}


def test_an_unknown_member_of_the_file_is_named() -> None:
    assert codes(form_file({"note": {"type": "string"}}, script="alert(1)")) == {("", "shape")}
    field = {**laid_out("note", {"type": "string"}), "widget": "iframe"}
    assert layout_codes({"note": {"type": "string"}}, [[field]]) == {("/layout/0/0/widget", "shape")}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_lint_raise(source: bytes) -> None:
    assert lint_form(source)


WORDS = st.sampled_from(["type", "properties", "$ref", "enum", "items", "if", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(schema=JSON, layout=JSON)
def test_no_document_makes_the_lint_raise(schema: object, layout: object) -> None:
    document = {"key": "k", "title": {"zh": "题", "en": "t"}, "schema": schema, "layout": layout}
    for problem in lint_form(json.dumps(document).encode()):
        assert problem.message_zh
        assert problem.message_en


def test_a_refusal_says_all_of_it() -> None:
    with pytest.raises(FormRefused) as refused:
        load_form(form_file({"if": {"type": "string"}, "then": {"type": "string"}}))
    assert len(refused.value.problems) == 2
