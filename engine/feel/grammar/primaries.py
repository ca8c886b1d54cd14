"""What an expression can begin with: literals, names, brackets, and the forms that begin with a keyword."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import DecimalException
from typing import TYPE_CHECKING

from engine.feel import nodes
from engine.feel.errors import FeelSyntaxError
from engine.feel.grammar.cursor import COMPARATORS, KEYWORDS
from engine.feel.grammar.type_names import type_name
from engine.feel.lexer import Kind, unescaped
from engine.feel.nodes import Node
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal.reading import temporal_from_text

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

_ADDITION = 4


def primary(parser: Parser) -> Node:
    """The first operand of an expression."""
    token = parser.token
    read = _BY_KIND.get(token.kind)
    if read is None and token.kind is Kind.SYMBOL:
        read = _BY_SYMBOL.get(token.text)
    if read is None:
        raise parser.error("syntax.expression")
    return read(parser)


def _number(parser: Parser) -> Node:
    token = parser.advance()
    try:
        return nodes.Literal(token.offset, DECIMAL128.create_decimal(token.text))
    except DecimalException as error:
        position = parser.source.position(token.offset)
        raise FeelSyntaxError("syntax.number", position, found=token.text) from error


def _string(parser: Parser) -> Node:
    token = parser.advance()
    return nodes.Literal(token.offset, unescaped(token, parser.source))


def _temporal(parser: Parser) -> Node:
    token = parser.advance()
    return nodes.Literal(token.offset, temporal_from_text(unescaped(token, parser.source)))


def _word(parser: Parser) -> Node:
    token = parser.token
    known = parser.known_name()
    if known is not None:
        return nodes.Name(token.offset, known)
    if token.text not in KEYWORDS:
        parser.advance()
        parser.read_input = parser.read_input or token.text == "?"
        return nodes.Name(token.offset, token.text)
    read = _BY_KEYWORD.get(token.text)
    if read is None:
        raise parser.error("syntax.expression")
    parser.advance()
    return read(parser, token.offset)


def _quoted_name(parser: Parser) -> Node:
    token = parser.advance()
    return nodes.Name(token.offset, token.text[1:-1])


def _parenthesised(parser: Parser) -> Node:
    offset = parser.advance().offset
    outside, parser.closing_range = parser.closing_range, False
    node: Node
    if parser.at_symbol(".."):
        parser.closing_range = outside
        return parser.range_up_to(offset)
    if parser.token.kind is Kind.SYMBOL and parser.token.text in COMPARATORS:
        operator = parser.advance().text
        node = nodes.ComparisonRange(offset, operator, parser.operand(_ADDITION))
    else:
        node = parser.expression()
        if parser.at_symbol(".."):
            parser.closing_range = outside
            return parser.range_from(node, offset=offset, start_included=False)
    parser.expect_symbol(")")
    parser.closing_range = outside
    return node


def _comparison_range(parser: Parser) -> Node:
    """`>= 2` as a value, without parentheses; right behind another sign it is a slip such as `=>`."""
    if parser.is_joined():
        raise parser.error("syntax.expression")
    token = parser.advance()
    return nodes.ComparisonRange(token.offset, token.text, parser.operand(_ADDITION))


def _bracketed(parser: Parser) -> Node:
    offset = parser.advance().offset
    outside, parser.closing_range = parser.closing_range, False
    if parser.accept_symbol("]"):
        parser.closing_range = outside
        return nodes.ListOf(offset, ())
    first = parser.expression()
    if parser.at_symbol(".."):
        parser.closing_range = outside
        return parser.range_from(first, offset=offset, start_included=True)
    rest: tuple[Node, ...] = ()
    if parser.accept_symbol(","):
        rest = parser.expressions_until("]")
    else:
        parser.expect_symbol("]")
    parser.closing_range = outside
    return nodes.ListOf(offset, (first, *rest))


def _open_range(parser: Parser) -> Node:
    offset = parser.advance().offset
    return parser.range_from(parser.operand(_ADDITION), offset=offset, start_included=False)


def _context(parser: Parser) -> Node:
    offset = parser.advance().offset
    outside, parser.closing_range = parser.closing_range, False
    entries: list[tuple[str, Node]] = []
    while not parser.at_symbol("}"):
        key = _key(parser)
        parser.expect_symbol(":")
        entries.append((key, parser.expression()))
        if not parser.accept_symbol(",") and not parser.at_symbol("}"):
            raise parser.error("syntax.expected", expected="}")
    parser.advance()
    parser.closing_range = outside
    return nodes.ContextOf(offset, tuple(entries))


def _key(parser: Parser) -> str:
    if parser.token.kind is not Kind.STRING:
        return parser.new_name(":")
    key = unescaped(parser.advance(), parser.source)
    parser.introduce(key)
    return key


def _if(parser: Parser, offset: int) -> Node:
    condition = parser.expression()
    parser.expect_word("then")
    then = parser.expression()
    parser.expect_word("else")
    return nodes.If(offset, condition, then, parser.expression())


def _for(parser: Parser, offset: int) -> Node:
    iterators = _iterators(parser)
    parser.expect_word("return")
    return nodes.For(offset, iterators, parser.expression())


def _some(parser: Parser, offset: int) -> Node:
    return _quantified(parser, offset, decisive=True)


def _every(parser: Parser, offset: int) -> Node:
    return _quantified(parser, offset, decisive=False)


def _quantified(parser: Parser, offset: int, *, decisive: bool) -> Node:
    iterators = _iterators(parser)
    parser.expect_word("satisfies")
    return nodes.Quantified(offset, decisive, iterators, parser.expression())


def _iterators(parser: Parser) -> tuple[nodes.Iterator, ...]:
    iterators: list[nodes.Iterator] = []
    while True:
        name = parser.new_name("in")
        parser.expect_word("in")
        source = parser.expression()
        end = parser.expression() if parser.accept_symbol("..") else None
        iterators.append(nodes.Iterator(name, source, end))
        if not parser.accept_symbol(","):
            return tuple(iterators)


def _function(parser: Parser, offset: int) -> Node:
    parser.expect_symbol("(")
    parameters = []
    while not parser.at_symbol(")"):
        name = parser.new_name(":", ",", ")")
        parameters.append((name, type_name(parser) if parser.accept_symbol(":") else None))
        if not parser.accept_symbol(",") and not parser.at_symbol(")"):
            raise parser.error("syntax.expected", expected=")")
    parser.advance()
    if not parser.at_word("external"):
        return nodes.FunctionOf(offset, tuple(parameters), parser.expression())
    parser.advance()
    parser.expression()
    return nodes.FunctionOf(offset, tuple(parameters), None)


def _true(_parser: Parser, offset: int) -> Node:
    return nodes.Literal(offset, True)


def _false(_parser: Parser, offset: int) -> Node:
    return nodes.Literal(offset, False)


def _null(_parser: Parser, offset: int) -> Node:
    return nodes.Literal(offset, None)


_BY_KIND: Mapping[Kind, Callable[[Parser], Node]] = {
    Kind.NUMBER: _number,
    Kind.STRING: _string,
    Kind.TEMPORAL: _temporal,
    Kind.NAME: _word,
    Kind.QUOTED_NAME: _quoted_name,
}
_BY_SYMBOL: Mapping[str, Callable[[Parser], Node]] = {
    "(": _parenthesised,
    "[": _bracketed,
    "]": _open_range,
    "{": _context,
    **dict.fromkeys(("<", "<=", ">", ">="), _comparison_range),
}
_BY_KEYWORD: Mapping[str, Callable[[Parser, int], Node]] = {
    "if": _if,
    "for": _for,
    "some": _some,
    "every": _every,
    "function": _function,
    "true": _true,
    "false": _false,
    "null": _null,
}
