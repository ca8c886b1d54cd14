"""Texts that are one plain literal or one plain test: most cells of decision tables are, and need no tokens to be read.

What is read here is what the parser would read; whatever is less plain is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from engine.feel import nodes
from engine.feel.numbers import DECIMAL128
from engine.feel.values import Value

# What an escape, a sign or an exponent makes less plain is the parser's.
_STRING = re.compile('"([^"\\\\\\x00-\\x1f\\ud800-\\udfff]*)"')
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)


_DIGITS = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
_RANGE = re.compile(rf"([\[(\]])({_DIGITS})\.\.({_DIGITS})([\])\[])", re.ASCII)
_COMPARISON = re.compile(rf"(<=|>=|<|>)( *)({_DIGITS})", re.ASCII)
_WORDS: Mapping[str, Value] = {"true": True, "false": False}


def plain_tests(text: str) -> nodes.UnaryTests | None:
    """The one test that a whole cell is: a literal, a range of numbers, an order; None where it is the parser's."""
    if text == "-":
        return nodes.UnaryTests(0, ())
    test = _plain_test(text)
    return None if test is None else nodes.UnaryTests(0, (test,))


def _plain_test(text: str) -> nodes.UnaryTest | None:
    if text in _WORDS:
        return nodes.ExpressionTest(0, nodes.Literal(0, _WORDS[text]), False)
    if (literal := plain_literal(text)) is not None:
        return nodes.ExpressionTest(0, literal, False)
    if found := _RANGE.fullmatch(text):
        start, end = (nodes.Literal(found.start(place), _number(found[place])) for place in (2, 3))
        return nodes.ExpressionTest(0, nodes.RangeOf(0, start, end, found[1] == "[", found[4] == "]"), False)
    if found := _COMPARISON.fullmatch(text):
        return nodes.ComparisonTest(0, found[1], nodes.Literal(found.start(3), _number(found[3])))
    return None


def _number(digits: str) -> Decimal:
    return DECIMAL128.create_decimal(digits)


def plain_literal(text: str) -> nodes.Literal | None:
    """The literal that the whole text is; None when the parser has to see it."""
    if found := _STRING.fullmatch(text):
        return nodes.Literal(0, found[1])
    if _NUMBER.fullmatch(text):
        return nodes.Literal(0, _number(text))
    return None
