"""What is accepted into a form, and what is said of the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import DataRefused, Form, Problem, Reference, Widget, accept, load_form, plain_problems, standard_forms
from tests.unit.forms.forms_in_json import form_of


def problems(form: Form, data: Any) -> dict[str, Problem]:
    with pytest.raises(DataRefused) as refused:
        accept(form, data)
    return {problem.pointer: problem for problem in refused.value.problems}


def test_a_missing_field_is_named_itself() -> None:
    form = form_of({"note": {"type": "string"}, "more": {"type": "string"}}, required=["note", "more"])
    found = problems(form, {})
    assert set(found) == {"/note", "/more"}
    assert found["/note"].message_zh == "必填"
    assert found["/note"].message_en == "is required"


def test_a_field_that_the_form_does_not_have_is_refused() -> None:
    found = problems(form_of({"note": {"type": "string"}}), {"note": "x", "role": "admin", "a/b": 1})
    assert set(found) == {"/role", "/a~1b"}
    assert found["/role"].code == "unexpected"


@pytest.mark.parametrize(
    ("schema", "value", "code", "zh"),
    [
        ({"type": "string"}, 3, "type", "必须是文字"),
        ({"type": "boolean"}, "true", "type", "必须是是或否"),
        ({"type": "integer"}, True, "type", "必须是整数"),
        ({"type": "string", "maxLength": 3}, "𠮷野家的", "maxLength", "最多 3 个字符"),
        ({"type": "string", "minLength": 1}, "", "minLength", "至少 1 个字符"),
        ({"type": "string", "enum": ["a", "b"]}, "c", "enum", "只能是以下之一：a, b"),
        ({"type": "string", "pattern": "^[0-9]{3}$"}, "12", "pattern", "格式不对，应符合 ^[0-9]{3}$"),
        ({"type": "string", "format": "date"}, "2027-02-29", "format", "格式不对，应为 date"),
        ({"type": "string", "format": "date-time"}, "2027-01-01T00:00:00", "format", "格式不对，应为 date-time"),
        ({"type": "number", "minimum": 1}, 0, "minimum", "不能小于 1"),
        ({"type": "number", "multipleOf": 0.5}, Decimal("0.7"), "multipleOf", "必须是 0.5 的整数倍"),
        (
            {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            ["a", "a"],
            "uniqueItems",
            "不能有重复项",
        ),
    ],
)
def test_a_wrong_value_is_explained(schema: dict[str, Any], value: Any, code: str, zh: str) -> None:
    found = problems(form_of({"field": schema}), {"field": value})
    assert found["/field"].code == code
    assert found["/field"].message_zh == zh


def test_an_item_of_a_list_is_named_by_its_index() -> None:
    form = form_of({"photos": {"type": "array", "items": {"type": "string"}}})
    assert set(problems(form, {"photos": ["a", 2, "c", None]})) == {"/photos/1", "/photos/3"}


def test_defaults_are_filled_in_without_touching_the_data() -> None:
    form = form_of({"again": {"type": "boolean", "default": False}, "note": {"type": "string"}})
    data = {"note": "x"}
    assert accept(form, data) == {"note": "x", "again": False}
    assert data == {"note": "x"}


def test_a_field_that_was_left_out_is_null() -> None:
    form = form_of({"note": {"type": "string"}, "more": {"type": "string"}})
    assert accept(form, {"note": "x"}) == {"note": "x", "more": None}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"note": "a\x00b"}, "nul"),
        ({"note": "\ud800"}, "surrogate"),
        ({"note\x00": "a"}, "nul"),
        ({"amount": float("nan")}, "not_finite"),
        ({"amount": float("inf")}, "not_finite"),
        ({"amount": Decimal("NaN")}, "not_finite"),
        ({"amount": 2**63}, "number_too_large"),
        ({"amount": -(2**53) - 1}, "number_too_large"),
        ({"amount": Decimal("1e400")}, "number_too_large"),
        ({"amount": Decimal("0." + "1" * 40)}, "too_many_digits"),
        ({"note": "x" * 10_001}, "text_too_long"),
        ({"x" * 65: 1}, "name_too_long"),
        ({"list": [0] * 10_001}, "too_many_values"),
        ({"note": object()}, "not_json"),
        ({1: "a"}, "name_not_text"),
    ],
)
def test_data_that_nothing_could_keep_is_refused_before_the_schema(data: Any, code: str) -> None:
    form = form_of({"note": {"type": "string"}, "amount": {"type": "number"}})
    assert code in {problem.code for problem in problems(form, data).values()}


def test_nesting_is_bounded() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert [problem.code for problem in plain_problems({"deep": deep})] == ["too_deep"]


def test_the_largest_exact_number_is_kept() -> None:
    assert accept(form_of({"amount": {"type": "integer"}}), {"amount": 2**53}) == {"amount": 2**53}


def test_a_form_says_what_its_answer_refers_to() -> None:
    form = load_form(standard_forms()["dispatch"])
    data = accept(form, {"decision": "dispatch", "responsible_unit": "U12"})
    assert list(form.references(data)) == [Reference(widget=Widget.UNIT, pointer="/responsible_unit", value="U12")]
    disposal = load_form(standard_forms()["disposal"])
    answer = accept(disposal, {"result": "fixed", "measures": "补装", "photos": ["media:1", "media:2"]})
    assert [(reference.pointer, reference.value) for reference in disposal.references(answer)] == [
        ("/photos/0", "media:1"),
        ("/photos/1", "media:2"),
    ]


PROPERTIES: dict[str, Any] = {
    "text": {"type": "string", "maxLength": 4, "pattern": "^[a-c\\d]*$"},
    "word": {"type": "string", "pattern": "\\w"},
    "han": {"type": "string", "pattern": "^\\p{Han}+$"},
    "whole": {"type": "integer", "minimum": 0, "multipleOf": 3},
    "real": {"type": "number", "exclusiveMaximum": 10},
    "money": {"type": "number", "multipleOf": 0.01},
    "choice": {"type": "string", "enum": ["a", "b"]},
    "on_day": {"type": "string", "format": "date"},
    "photos": {"type": "array", "uniqueItems": True, "maxItems": 2, "items": {"type": "string"}},
    "flag": {"type": "boolean"},
}
VALUES = (
    st.text(alphabet="abc1１²_é马\n ", max_size=5)
    | st.sampled_from(["2026-02-28", "2026-02-30", "20260228", "a", "b"])
    | st.integers(-3, 12)
    | st.floats(-20, 20)
    | st.decimals(-20, 20, places=2)
    | st.decimals(-20, 20, places=2).map(float)
    | st.sampled_from([2**53, 0.1, 1e-7, Decimal("1E+2"), Decimal("0.010")])
    | st.booleans()
    | st.none()
    | st.lists(st.sampled_from(["x", "y", 1]), max_size=3)
)


@settings(max_examples=600, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PROPERTIES)), VALUES, max_size=3))
def test_the_fast_validator_and_the_judge_agree(data: dict[str, Any]) -> None:
    form = _AGREEMENT
    assert form.fast.is_valid(data) == form.judge.is_valid(data)


_AGREEMENT = form_of(
    PROPERTIES,
    allOf=[{"if": {"properties": {"choice": {"const": "a"}}, "required": ["choice"]}, "then": {"required": ["text"]}}],
)
