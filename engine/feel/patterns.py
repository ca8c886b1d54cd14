"""Regular expressions as XPath writes them, run by RE2, which takes linear time for any pattern.

RE2 has no backreferences; such a pattern is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from engine.feel.errors import ArgumentRefused

LARGEST_PATTERN = 1000
# Bounds the size of the compiled pattern, and with it the time to compile (a{1000}){1000}.
_LARGEST_MEMORY = 1 << 20

# XPath's classes are those of Unicode, RE2's those of ASCII.
_CLASSES = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "i": r"\p{L}_:",
    "c": r"\p{L}\p{Nd}\-._:",
    "s": r" \t\n\r",
}
_OUTSIDE_ONLY = {"w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]", "S": r"[^ \t\n\r]"}
_INSIDE_ONLY = {"w": r"\p{L}\p{M}\p{N}\p{S}", "W": r"\p{P}\p{Z}\p{C}", "S": r"\S"}
_LATIN_BLOCK = {"p": r"\x00-\x7f", "P": r"\x80-\x{10ffff}"}


@lru_cache(maxsize=256)
def compiled(pattern: str, flags: str = "") -> Any:  # RE2's wrapper carries no types
    """The pattern ready for use; raises ArgumentRefused for one that is not valid."""
    if len(pattern) > LARGEST_PATTERN or not set(flags) <= set("smixq"):
        raise ArgumentRefused("正则表达式过长或标志无效", "the pattern is too long or has unknown flags")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _LARGEST_MEMORY
    options.case_sensitive = "i" not in flags
    options.one_line = "m" not in flags
    options.literal = "q" in flags
    options.dot_nl = True
    translated = pattern
    if "q" not in flags:
        written = "".join(_without_space(pattern)) if "x" in flags else pattern
        translated = "".join(_translated(written, flags))
    if "m" in flags and "q" not in flags:
        translated = f"(?m:{translated})"
    try:
        return re2.compile(translated, options)
    except re2.error as error:
        raise ArgumentRefused(f"正则表达式无效：{pattern}", f"the pattern is not valid: {pattern}") from error


def _without_space(pattern: str) -> Iterator[str]:
    """The pattern without the spaces that stand outside of classes, as the flag x asks."""
    inside = escaped = False
    for char in pattern:
        if not inside and char in " \t\n\r":
            continue
        if not escaped:
            inside = (char == "[") or (inside and char != "]")
        escaped = char == "\\" and not escaped
        yield char


def _translated(pattern: str, flags: str) -> Iterator[str]:
    """The pieces of the pattern as RE2 writes them."""
    inside = False
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            piece, position = _escape(pattern, position + 1, inside)
            yield piece
            continue
        if char == "(" and pattern[position + 1 : position + 2] == "?" and not inside:
            _check_group(pattern, position)
        if inside and char == "[":
            raise _refused(pattern)
        inside = (char == "[") or (inside and char != "]")
        position += 1
        yield _plain(char, inside, flags)


def _plain(char: str, inside: bool, flags: str) -> str:
    """XPath's dot matches neither line feed nor carriage return."""
    return r"[^\n\r]" if char == "." and not inside and "s" not in flags else char


def _escape(pattern: str, position: int, inside: bool) -> tuple[str, int]:
    letter = pattern[position : position + 1]
    block = "{IsBasicLatin}"
    if letter in _LATIN_BLOCK and pattern.startswith(block, position + 1):
        return _bracketed(_LATIN_BLOCK[letter], inside), position + 1 + len(block)
    if letter.isdigit() or letter in ("", "Q", "E", "C", "A", "z", "b", "B"):
        raise _refused(pattern)
    special = (_INSIDE_ONLY if inside else _OUTSIDE_ONLY).get(letter)
    if special is not None:
        return special, position + 1
    if letter in _CLASSES:
        return _bracketed(_CLASSES[letter], inside), position + 1
    return "\\" + letter, position + 1


def _bracketed(content: str, inside: bool) -> str:
    return content if inside else f"[{content}]"


def _check_group(pattern: str, position: int) -> None:
    if not pattern.startswith("(?:", position):
        raise _refused(pattern)


def _refused(pattern: str) -> ArgumentRefused:
    return ArgumentRefused(f"不支持的正则表达式：{pattern}", f"the pattern is not supported: {pattern}")
