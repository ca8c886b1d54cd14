"""The names of types after `instance of` and behind parameters."""

from __future__ import annotations

from engine.feel.grammar.cursor import Cursor
from engine.feel.lexer import Kind
from engine.feel.names import NameBook
from engine.feel.types import NAMED_TYPES, ContextType, FeelType, FunctionType, ListType, RangeType

_BUILT_IN_NAMES = NameBook(NAMED_TYPES)


def type_name(cursor: Cursor) -> FeelType:
    """Step over the name of a type."""
    cursor.enter()
    type_ = _with_parts(cursor) if cursor.ahead().text == "<" else _named(cursor)
    cursor.leave()
    return type_


def _with_parts(cursor: Cursor) -> FeelType:
    outer = cursor.token.text
    if outer in ("list", "range"):
        cursor.advance(2)
        element = type_name(cursor)
        cursor.expect_symbol(">")
        return ListType(element) if outer == "list" else RangeType(element)
    if outer == "context":
        return _context_type(cursor)
    if outer == "function":
        return _function_type(cursor)
    return _named(cursor)


def _context_type(cursor: Cursor) -> FeelType:
    cursor.advance(2)
    members: dict[str, FeelType] = {}
    while True:
        name = cursor.new_name(":")
        cursor.expect_symbol(":")
        members[name] = type_name(cursor)
        if not cursor.accept_symbol(","):
            break
    cursor.expect_symbol(">")
    return ContextType(members)


def _function_type(cursor: Cursor) -> FeelType:
    cursor.advance(2)
    parameters: list[FeelType] = []
    while not cursor.at_symbol(">"):
        parameters.append(type_name(cursor))
        if not cursor.accept_symbol(",") and not cursor.at_symbol(">"):
            raise cursor.error("syntax.expected", expected=">")
    cursor.advance()
    cursor.expect_symbol("->")
    return FunctionType(tuple(parameters), type_name(cursor))


def _named(cursor: Cursor) -> FeelType:
    if cursor.token.kind is not Kind.NAME:
        raise cursor.error("syntax.type")
    for book, types in ((NameBook(cursor.types), cursor.types), (_BUILT_IN_NAMES, NAMED_TYPES)):
        found = cursor.match(book)
        if found is not None and found[1] in types:
            cursor.advance(found[0])
            return types[found[1]]
    name = cursor.token.text
    if name not in cursor.types and name not in NAMED_TYPES:
        raise cursor.error("syntax.type")
    cursor.advance()
    return cursor.types.get(name) or NAMED_TYPES[name]
