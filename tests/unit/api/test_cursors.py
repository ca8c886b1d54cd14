"""Cursors are opaque, and worth nothing once changed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cursors import Cursors
from engine.errors import Invalid

cursors = Cursors("a secret of the tests, long enough to be one")


@given(st.lists(st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")), max_size=4))
def test_a_cursor_holds_its_position(position: list[int | str]) -> None:
    assert cursors.open(cursors.seal(position, "cases"), "cases") == position


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_cursor_is_refused(place: int, change: int) -> None:
    sealed = bytearray(cursors.seal([1, "2026"], "cases").encode())
    sealed[place % len(sealed)] ^= change
    text = sealed.decode("latin-1")
    with suppress(Invalid):
        # The last character of base64 has bits that mean nothing: then it is the same cursor.
        assert cursors.open(text, "cases") == [1, "2026"]


@pytest.mark.parametrize("text", ["", "a", "=", "é", "x" * 900, "////"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        cursors.open(text, "cases")


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Invalid):
        cursors.open(cursors.seal([1], "cases of user:1"), "cases of user:2")


def test_a_cursor_of_another_installation_is_refused() -> None:
    with pytest.raises(Invalid):
        Cursors("another secret, also long enough to be one").open(cursors.seal([1], "cases"), "cases")
