"""Names of several words: which sequence of tokens is one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.feel.errors import FeelError
from engine.feel.lexer import Kind, Token, tokenize
from engine.feel.limits import DEFAULT_LIMITS
from engine.feel.source import Source

#: The signs a name may contain besides letters and digits.
NAME_SIGNS = frozenset({".", "/", "-", "'", "+", "*"})


class NameBook:
    """The known names that are not a single token, looked up by their first token.

    A book may stand on an outer one; adding to it leaves the outer one as it is.
    """

    __slots__ = ("_by_first", "_outer")

    def __init__(self, names: Iterable[str] = (), outer: NameBook | None = None) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._outer = outer
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make a name known; one that can only be written in backquotes needs no entry."""
        if name.isidentifier():
            return
        words = _words_of(name)
        if len(words) < 2:
            return
        entries = self._by_first.setdefault(words[0], [])
        if (words, name) not in entries:
            entries.append((words, name))
            entries.sort(key=_longest_first)

    def match(self, tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
        """How many tokens from `index` on are the longest known name, and that name."""
        best = self._outer.match(tokens, index) if self._outer else None
        for words, name in self._by_first.get(tokens[index].text, ()):
            if best is not None and len(words) < best[0]:
                break
            if _stands_at(words, tokens, index):
                return len(words), name
        return best


def _longest_first(entry: tuple[tuple[str, ...], str]) -> int:
    return -len(entry[0])


def _stands_at(words: tuple[str, ...], tokens: Sequence[Token], index: int) -> bool:
    if index + len(words) >= len(tokens):
        return False
    return all(tokens[index + i].text == word for i, word in enumerate(words))


def _words_of(name: str) -> tuple[str, ...]:
    try:
        tokens = tokenize(Source(name), DEFAULT_LIMITS)[:-1]
    except FeelError:
        return ()
    if not tokens or tokens[0].kind is not Kind.NAME:
        return ()
    return tuple(token.text for token in tokens)
