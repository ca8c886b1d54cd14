"""Paths, query strings and the headers of a change."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.parameters import (
    LARGEST_ID,
    Numbered,
    etag,
    read_idempotency_key,
    read_if_match,
    read_path,
    read_query,
)
from engine.errors import Invalid, Malformed, NotFound


class Filter(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    mine: bool = False
    stage: list[str] = []
    text: str | None = None


def test_a_task_is_named_by_case_and_number() -> None:
    assert read_path({"task": "12.3"}) == {"task": Numbered(12, 3)}


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "+1", "01", "1 ", " 1", "1e3", "0x1", "١", "１", str(LARGEST_ID + 1), "{1}", "urn:1", "", "1%00"],
)  # fmt: skip
def test_what_cannot_be_an_id_names_nothing(text: str) -> None:
    with pytest.raises(NotFound):
        read_path({"case": text})


@pytest.mark.parametrize("text", ["1", "1.", ".1", "1.0", "0.1", "1.1.1", "1.9999999999", "1.01", "1,1"])
def test_what_cannot_be_a_task_names_nothing(text: str) -> None:
    with pytest.raises(NotFound):
        read_path({"task": text})


@pytest.mark.parametrize("text", ["../x", "..%2fx", "a/b", "a b", "a;b", "1a", "", "x" * 256, "人"])
def test_what_cannot_be_a_key_names_nothing(text: str) -> None:
    with pytest.raises(NotFound):
        read_path({"process": text})


def test_a_query_is_read_by_its_shape() -> None:
    found = read_query("limit=5&mine=true&stage=a&stage=b&text=%E9%9B%AA", Filter)
    assert found == Filter(limit=5, mine=True, stage=["a", "b"], text="雪")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=1000000000", "limit"),
        ("limit=-1", "limit"),
        ("limit=x", "limit"),
        ("sort=password", "sort"),
        ("mine=perhaps", "mine"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_a_wrong_parameter_is_named(query: str, parameter: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_query(query, Filter)
    assert raised.value.details["parameter"] == parameter


@pytest.mark.parametrize("query", ["text=%ff", "&".join(f"a{n}=1" for n in range(10_000))])
def test_an_unreadable_query_is_malformed(query: str) -> None:
    with pytest.raises(Malformed):
        read_query(query, Filter)


def test_a_nul_in_a_query_is_invalid() -> None:
    with pytest.raises(Invalid):
        read_query("text=a%00b", Filter)


@given(st.text(max_size=40))
def test_any_query_is_read_or_refused(query: str) -> None:
    with suppress(Invalid, Malformed):
        read_query(query, Filter)


def test_a_key_is_of_its_caller_and_its_request() -> None:
    key = read_idempotency_key("a", "user:1", ("POST", "/x", b"{}"))
    assert key == read_idempotency_key("a", "user:1", ("POST", "/x", b"{}"))
    assert key.fingerprint != read_idempotency_key("a", "user:1", ("POST", "/y", b"{}")).fingerprint
    assert key.fingerprint != read_idempotency_key("a", "user:1", ("POST", "/x", b"{ }")).fingerprint


@pytest.mark.parametrize("text", [None, "", " ", "a b", "é", "x" * 201, "a\tb"])
def test_a_key_must_be_there_and_readable(text: str | None) -> None:
    with pytest.raises(Malformed):
        read_idempotency_key(text, "user:1", ("POST", "/x", b""))


@given(st.integers(0, 10**17))
def test_an_etag_is_read_as_it_was_written(version: int) -> None:
    assert read_if_match(etag(version)) == version


@pytest.mark.parametrize("text", ["*", "3", '"a"', '"1", "2"', '"-1"', '""'])
def test_other_preconditions_are_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        read_if_match(text)
