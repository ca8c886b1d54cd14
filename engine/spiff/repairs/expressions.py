"""Expressions of other engines in FEEL, as far as one can be sure of what is meant."""

from __future__ import annotations

import re
from typing import Final

from engine.feel import FeelError, compile_expression

_WRAPPED: Final = re.compile(r"\s*[$#]\{(.*)\}\s*", re.DOTALL)
_TEXT: Final = re.compile(r"'([^'\\]*)'|\"([^\"\\]*)\"")
#: Outside texts only, the longer ones first.
_WORDS: Final = (
    (re.compile(r"==="), "="),
    (re.compile(r"!=="), "!="),
    (re.compile(r"=="), "="),
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"\beq\b"), "="),
    (re.compile(r"\bne\b"), "!="),
    (re.compile(r"\bgt\b"), ">"),
    (re.compile(r"\bge\b"), ">="),
    (re.compile(r"\blt\b"), "<"),
    (re.compile(r"\ble\b"), "<="),
)
_NEGATED: Final = re.compile(r"(?<![=!<>])!\s*([A-Za-z_][\w.]*)(?!\s*\()")
#: Of Java and of scripts: what they come to cannot be told from the text.
_UNTRANSLATED: Final = re.compile(r"[!?;{}\[\]%$#]|\.\w+\s*\(|\bempty\b|\bnew\b|\bmod\b|\bdiv\b")


def feel_of(text: str) -> str | None:
    """What ``${…}`` or a like text means in FEEL; ``None`` when that is not sure."""
    wrapped = _WRAPPED.fullmatch(text)
    inner = wrapped[1] if wrapped else text.lstrip().removeprefix("=")
    if "${" in inner or "#{" in inner:
        return None
    pieces = [_plain(piece) if place % 2 == 0 else piece for place, piece in enumerate(_pieces(inner))]
    if None in pieces:
        return None
    written = re.sub(r" {2,}", " ", "".join(piece for piece in pieces if piece is not None)).strip()
    return written if _is_feel(written) else None


def _pieces(text: str) -> list[str]:
    """What stands between texts, and the texts in double quotes, by turns."""
    found: list[str] = []
    end = 0
    for match in _TEXT.finditer(text):
        quoted = match[1] if match[1] is not None else match[2]
        found += [text[end : match.start()], '"' + quoted.replace('"', '\\"') + '"']
        end = match.end()
    return [*found, text[end:]]


def _plain(text: str) -> str | None:
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    text = _NEGATED.sub(r"not(\1)", text)
    return None if _UNTRANSLATED.search(text.replace("!=", "")) else text


def _is_feel(text: str) -> bool:
    try:
        compile_expression(text)
    except FeelError:
        return False
    return bool(text)
