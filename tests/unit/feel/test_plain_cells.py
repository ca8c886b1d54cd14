"""Cells that are read without tokens come to the tree that the parser would make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import STANDARD
from engine.feel.grammar import Parser
from engine.feel.grammar.literals import plain_literal, plain_tests
from engine.feel.limits import DEFAULT_LIMITS
from engine.feel.source import Source

NUMBERS = st.from_regex(r"[0-9]{1,32}(\.[0-9]{1,4})?", fullmatch=True)
RANGES = st.builds("{}{}..{}{}".format, st.sampled_from("[(]"), NUMBERS, NUMBERS, st.sampled_from("[)]"))
ORDERS = st.builds("{}{}{}".format, st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from(["", " ", "  "]), NUMBERS)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters='"\\\n'), max_size=8).map('"{}"'.format)
CELLS = st.one_of(NUMBERS, RANGES, ORDERS, TEXTS, st.sampled_from(["-", "true", "false"]))


def parser(text: str) -> Parser:
    return Parser(Source(text), book=STANDARD.name_book, types={}, limits=DEFAULT_LIMITS)


@given(CELLS)
def test_a_plain_cell_is_what_the_parser_makes_of_it(text: str) -> None:
    plain = plain_tests(text)
    assert plain is None or plain == parser(text).whole_unary_tests()


@given(NUMBERS | TEXTS)
def test_a_plain_literal_is_what_the_parser_makes_of_it(text: str) -> None:
    plain = plain_literal(text)
    assert plain is None or plain == parser(text).whole_expression()


@pytest.mark.parametrize("text", ["-", "true", "7", '"A"', "[1..5)", "]1..5[", "(0.5..2]", "< 3", ">=10"])
def test_most_cells_are_plain(text: str) -> None:
    assert plain_tests(text) is not None


@pytest.mark.parametrize("text", ["", "not(1)", "1, 2", "-1", "null", "? > 3", "[a..b]", "1 ", "truer", '"a" + "b"'])
def test_what_is_less_plain_is_left_to_the_parser(text: str) -> None:
    assert plain_tests(text) is None
