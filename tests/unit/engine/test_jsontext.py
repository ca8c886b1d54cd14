"""JSON in one spelling: what is written is read back exactly, and equal values have equal texts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.jsontext import json_text, json_value

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FRACTIONS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FRACTIONS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_survives_being_written(value: object) -> None:
    text = json_text(value)
    assert json_value(text) == value
    assert json_text(json_value(text)) == text


@given(st.dictionaries(TEXT, st.integers(), min_size=2))
def test_the_order_of_keys_does_not_show(value: dict[str, int]) -> None:
    assert json_text(value) == json_text(dict(reversed(value.items())))


def test_a_decimal_is_a_number_and_keeps_its_digits() -> None:
    assert json_text({"a": Decimal("12345678901234567890.10")}) == b'{"a":12345678901234567890.10}'
    assert json_value(b"12345678901234567890.10") == Decimal("12345678901234567890.10")
