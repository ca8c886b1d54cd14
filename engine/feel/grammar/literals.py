"""Texts that are one plain literal: most cells of decision tables are, and need no tokens to be read."""

from __future__ import annotations

import re

from engine.feel import nodes
from engine.feel.numbers import DECIMAL128

# What an escape, a sign or an exponent makes less plain is the parser's.
_STRING = re.compile('"([^"\\\\\\x00-\\x1f\\ud800-\\udfff]*)"')
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)


def plain_literal(text: str) -> nodes.Literal | None:
    """The literal that the whole text is; None when the parser has to see it."""
    if found := _STRING.fullmatch(text):
        return nodes.Literal(0, found[1])
    if _NUMBER.fullmatch(text):
        return nodes.Literal(0, DECIMAL128.create_decimal(text))
    return None
