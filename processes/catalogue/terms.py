"""Words that are data: kinds, units of time, milestones, uses of evidence. A city adds its own rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from processes.catalogue.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its names."""

    code: str
    name_zh: str
    name_en: str
    #: Other spellings that imported files use.
    aliases: tuple[str, ...] = ()


class Terms:
    """A closed list of terms of one sort, found by code, name or alias in any letter case."""

    def __init__(self, sort_zh: str, sort_en: str, terms: tuple[Term, ...]) -> None:
        self.sort_zh = sort_zh
        self.sort_en = sort_en
        self._terms = terms
        self._by_word: dict[str, Term] = {}
        for term in terms:
            for word in (term.code, term.name_zh, term.name_en, *term.aliases):
                if self._by_word.setdefault(_folded(word), term) is not term:
                    raise CatalogueError("ambiguous_term", f"“{word}”有两种含义", f"{word!r} means two terms")

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms)

    def term(self, word: str, *, pointer: str = "") -> Term:
        """The term that a word means, or CatalogueError `unknown_term` with the words that would do."""
        found = self._by_word.get(_folded(word))
        if found is None:
            zh = "、".join(term.name_zh for term in self)
            en = ", ".join(term.code for term in self)
            raise CatalogueError(
                "unknown_term",
                f"{self.sort_zh}“{word[:40]}”不在允许范围内：{zh}",
                f"{word[:40]!r} is no {self.sort_en}; expected one of: {en}",
                pointer=pointer,
            )
        return found


def _folded(word: str) -> str:
    return "".join(word.split()).casefold()
