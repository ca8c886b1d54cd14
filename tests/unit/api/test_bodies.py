"""Bodies are read strictly: what is ambiguous or cannot be kept exactly is refused with its place."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bodies import DEEPEST, check_content_encoding, check_content_type, read_json
from engine.errors import Invalid, Malformed, Refusal, Unsupported


def refusal_of(body: bytes) -> Refusal:
    with pytest.raises(Refusal) as raised:
        read_json(body)
    return raised.value


def test_fractions_keep_every_digit() -> None:
    assert read_json(b'{"a": 0.1000}') == {"a": Decimal("0.1000")}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1e-400", "9007199254740993", "9" * 5000])
def test_a_number_that_cannot_be_kept_is_named_by_its_pointer(number: str) -> None:
    refusal = refusal_of(b'{"a": [1, %s]}' % number.encode())
    assert isinstance(refusal, Invalid)
    assert (refusal.code, refusal.pointer) == ("unusable_number", "/a/1")


@pytest.mark.parametrize("integer", [2**53, -(2**53), 0])
def test_integers_up_to_the_largest_are_kept(integer: int) -> None:
    assert read_json(str(integer).encode()) == integer


@pytest.mark.parametrize("text", [r"a\u0000b", r"\ud800", r"\udc00x"])
def test_a_character_that_cannot_be_stored_is_named_by_its_pointer(text: str) -> None:
    refusal = refusal_of(b'{"a/b": "%s"}' % text.encode())
    assert isinstance(refusal, Invalid)
    assert (refusal.code, refusal.pointer) == ("unusable_character", "/a~1b")


def test_a_key_is_text_like_any_other() -> None:
    assert refusal_of(rb'{"\ud800": 1}').code == "unusable_character"


def test_a_paired_surrogate_is_one_character() -> None:
    assert read_json(rb'"\ud83d\ude00"') == "😀"


def test_mongolian_script_survives() -> None:
    assert read_json('{"a": "ᠮᠣᠩᠭᠣᠯ"}'.encode()) == {"a": "ᠮᠣᠩᠭᠣᠯ"}


def test_a_double_key_is_ambiguous() -> None:
    refusal = refusal_of(b'{"status": "open", "status": "closed"}')
    assert isinstance(refusal, Malformed)
    assert refusal.code == "double_key"


@pytest.mark.parametrize("depth", [DEEPEST + 1, 20_000, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert refusal_of(b"[" * depth + b"]" * depth).code == "too_deep"


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert read_json(b"[" * DEEPEST + b"]" * DEEPEST)


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b"[1,]", b"\x00", b'"a\nb"', b"01", b"\xef\xbb\xbf{}"])
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    assert isinstance(refusal_of(body), Malformed)


@pytest.mark.parametrize("body", [b'"\xff"', '{"a": 1}'.encode("utf-16")])
def test_other_encodings_are_malformed(body: bytes) -> None:
    assert refusal_of(body).code == "not_utf8"


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc/~", max_size=3), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(plain)
def test_every_plain_value_is_read_as_it_was_written(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(Refusal):
        read_json(body)


@pytest.mark.parametrize(
    "given_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_in_utf8_is_accepted(given_type: str) -> None:
    check_content_type(given_type, ("application/json",))


@pytest.mark.parametrize(
    "given_type", [None, "", "text/plain", "multipart/form-data", "application/json; charset=gbk", "application/jsonp"]
)
def test_other_content_types_are_not_spoken(given_type: str | None) -> None:
    with pytest.raises(Unsupported):
        check_content_type(given_type, ("application/json",))


def test_compressed_bodies_are_not_read() -> None:
    check_content_encoding("identity")
    with pytest.raises(Unsupported):
        check_content_encoding("gzip")
