"""A stored refusal comes back to the letter; another request under the same key does not get through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.actors import SYSTEM
from engine.commands import Command, IdempotencyKey
from engine.errors import REFUSALS, InvalidState, Refusal
from engine.idempotency import answer_of, refusal_of, replayed
from engine.store import Answer

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KINDS = st.sampled_from(sorted(REFUSALS.values(), key=lambda kind: kind.kind))


@st.composite
def refusals(draw: st.DrawFn) -> Refusal:
    return draw(KINDS)(
        draw(TEXT),
        draw(TEXT),
        draw(TEXT),
        pointer=draw(st.none() | TEXT),
        element=draw(st.none() | TEXT),
        line=draw(st.none() | st.integers(1, 10_000)),
        details=draw(st.dictionaries(TEXT.map("detail_".__add__), TEXT | st.integers(-99, 99) | st.lists(TEXT))),
    )


def command(fingerprint: bytes) -> Command:
    return Command(actor=SYSTEM, key=IdempotencyKey(actor="user:1", key="k", fingerprint=fingerprint))


@given(refusals())
def test_a_refusal_survives_being_stored(refusal: Refusal) -> None:
    stored = answer_of(refusal, b"f")
    again = refusal_of(stored)
    assert type(again) is type(refusal)
    assert again.as_json() == refusal.as_json()
    assert answer_of(again, b"f") == stored


def test_a_stored_success_is_given_again() -> None:
    answer = Answer(outcome="done", body=b'{"a":1}', fingerprint=b"f")
    assert replayed(answer, command(b"f")) is answer


def test_a_stored_refusal_is_raised_again() -> None:
    answer = answer_of(InvalidState("task_not_open", "已办结", "closed"), b"f")
    with pytest.raises(InvalidState) as raised:
        replayed(answer, command(b"f"))
    assert raised.value.code == "task_not_open"


def test_a_key_belongs_to_one_request() -> None:
    with pytest.raises(InvalidState) as raised:
        replayed(Answer(outcome="done", body=b"{}", fingerprint=b"f"), command(b"g"))
    assert raised.value.code == "idempotency_key_reused"
