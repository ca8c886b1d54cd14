"""Whole numbers that attributes say or yield: as a number, or as text with its digits."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import Value

#: Longer texts are no numbers that anything here counts with.
_MOST_DIGITS = 9


def number_in(text: str) -> int | None:
    """The whole number that a text says; ``None`` for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def whole_number(value: Value, least: int, most: int) -> int | None:
    """The whole number that a value is or says; ``None`` for any other value, and outside of the bounds."""
    number = number_in(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | Decimal) or not least <= number <= most:
        return None
    return int(number) if number == int(number) else None
