"""Text to tokens."""

from __future__ import annotations

import re
from enum import IntEnum

from engine.feel.errors import FeelLimitExceeded, FeelSyntaxError
from engine.feel.limits import Limits
from engine.feel.source import Source


class Kind(IntEnum):
    """What a token is."""

    NUMBER = 1
    STRING = 2
    TEMPORAL = 3
    NAME = 4
    QUOTED_NAME = 5
    SYMBOL = 6
    END = 7


class Token:
    """A piece of the text; `text` is as written, quotes included."""

    __slots__ = ("kind", "offset", "text")

    def __init__(self, kind: Kind, text: str, offset: int) -> None:
        self.kind = kind
        self.text = text
        self.offset = offset

    @property
    def end(self) -> int:
        """The offset behind the token."""
        return self.offset + len(self.text)


# Chinese punctuation is typed by accident far more often than it is meant as part of a name, so a name that
# contains it has to be put in backquotes. U+180E joins the letters of one Mongolian word and is a space elsewhere.
_CHINESE_SIGNS = "\u3001-\u3003\u3008-\u3011\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201f"
_LETTER = rf"[^\W\d]|\?|[^\x00-\x7f\s\u180e\u200b\ufeff{_CHINESE_SIGNS}]"
_MORE = rf"\w|\?|\u180e(?=[\u1820-\u18aa])|[^\x00-\x7f\s\u180e\u200b\ufeff{_CHINESE_SIGNS}]"
_TOKEN = re.compile(
    rf"""(?:\s|\u180e|\u200b|\ufeff|//[^\n]*|/\*.*?\*/)*+
    (?:(?P<NUMBER>(?:[0-9]+(?:\.(?!\.)[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<TEMPORAL>@"(?:\\.|[^"\\])*+")
    |(?P<STRING>"(?:\\.|[^"\\])*+")
    |(?P<NAME>(?:{_LETTER})(?:{_MORE})*+)
    |(?P<QUOTED_NAME>`[^`\n]+`)
    |(?P<comment>/\*)
    |(?P<SYMBOL>\*\*|\.\.|!=|<=|>=|->|[-+*/=<>()\[\]{{}},:.'@])
    |(?P<END>\Z))""",
    re.VERBOSE | re.DOTALL,
)

#: What people of other languages write, and what FEEL writes instead.
_FOREIGN_SIGNS = (
    ("&&", "and"),
    ("&", "and"),
    ("||", "or"),
    ("|", "or"),
    ("!", "not(…)"),
    ("%", "modulo(…)"),
    ("“", '"'),
    ("”", '"'),
    ("‘", '"'),
    ("’", '"'),
    ("；", ","),
    (";", ","),
    ("，", ","),
    ("、", ","),
    ("。", "."),
)
_FULL_WIDTH_SHIFT = 0xFEE0


def tokenize(source: Source, limits: Limits) -> list[Token]:
    """The tokens of a text, closed by one of kind END."""
    text = source.text
    if len(text) > limits.length:
        raise FeelLimitExceeded("length", limits.length)
    unusable = _UNUSABLE.search(text)
    if unusable is not None:
        raise _unexpected(source, unusable.start())
    tokens: list[Token] = []
    offset = 0
    while True:
        match = _TOKEN.match(text, offset)
        if match is None or match.lastgroup == "comment":
            raise _unexpected(source, match.end() - 2 if match else _blank_end(text, offset))
        start, offset = match.span(match.lastindex or 0)
        kind = _KINDS[match.lastgroup or "END"]
        tokens.append(Token(kind, text[start:offset], start))
        if kind is _END:
            return tokens
        if len(tokens) > limits.tokens:
            raise FeelLimitExceeded("tokens", limits.tokens, position=source.position(start))


# No database and no JSON reader takes these, so they must not enter by way of an expression.
_UNUSABLE = re.compile("[\\x00\\ud800-\\udfff]")
_KINDS = {kind.name: kind for kind in Kind}
_END = Kind.END
_BLANK = re.compile(r"(?:\s|\u180e|\u200b|\ufeff|//[^\n]*|/\*.*?\*/)*+", re.DOTALL)


def _blank_end(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def _unexpected(source: Source, offset: int) -> FeelSyntaxError:
    position = source.position(offset)
    rest = source.text[offset : offset + 2]
    if rest == "/*":
        return FeelSyntaxError("syntax.comment", position)
    if rest.startswith(('"', '@"')):
        return FeelSyntaxError("syntax.string", position, hint='"')
    hint = next((meant for sign, meant in _FOREIGN_SIGNS if rest.startswith(sign)), _half_width(rest[0]))
    if hint is None:
        shown = rest[0] if rest[0].isprintable() else f"U+{ord(rest[0]):04X}"
        return FeelSyntaxError("syntax.character", position, found=shown)
    found = rest if rest in ("&&", "||") else rest[0]
    return FeelSyntaxError("syntax.operator", position, hint=hint, found=found)


def _half_width(char: str) -> str | None:
    return chr(ord(char) - _FULL_WIDTH_SHIFT) if "\uff01" <= char <= "\uff5e" else None


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def unescaped(token: Token, source: Source) -> str:
    """The content of a string or temporal literal, its escapes resolved; surrogate pairs become one character."""
    content = token.text[token.text.index('"') + 1 : -1]
    if "\\" not in content:
        return content
    resolved = _ESCAPE.sub(_resolve, content).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if _UNUSABLE.search(resolved):
        raise FeelSyntaxError("syntax.escape", source.position(token.offset), found=token.text)
    return resolved


def _resolve(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else match[0]
    return _ESCAPED.get(match[3], "\\" + match[3])
