"""The place in the tokens that the parser has reached."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel.errors import FeelLimitExceeded, FeelSyntaxError
from engine.feel.lexer import Kind, Token, tokenize
from engine.feel.limits import Limits
from engine.feel.names import NAME_SIGNS, NameBook
from engine.feel.source import Source
from engine.feel.types import FeelType

KEYWORDS = frozenset(
    {
        *("for", "return", "if", "then", "else", "some", "every", "satisfies", "in", "between"),
        *("and", "or", "instance", "of", "function", "external", "true", "false", "null"),
    }
)

COMPARATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})

#: Comparisons of other languages that begin with one of FEEL.
_FOREIGN_PAIRS = {"==": "=", "!==": "!=", "<>": "!=", "=>": ">=", "=<": "<="}

_END_OF_TEXT = "«end»"


class Cursor:
    """Reads tokens one after the other and says what it expected where it found something else."""

    def __init__(self, source: Source, *, book: NameBook, types: Mapping[str, FeelType], limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.types = types
        self._book = book
        self._has_own_book = False
        self._tokens = tokenize(source, limits)
        self._index = 0
        self.token: Token = self._tokens[0]
        self._depth = 0
        #: Whether a `[` would close a range rather than open a filter.
        self.closing_range = False
        #: Whether `?` was read since this was last set.
        self.read_input = False

    def advance(self, count: int = 1) -> Token:
        """Step over tokens; returns the first of them."""
        passed, tokens = self.token, self._tokens
        self._index += count
        if self._index >= len(tokens):
            self._index = len(tokens) - 1
        self.token = tokens[self._index]
        return passed

    def ahead(self, count: int = 1) -> Token:
        """The token so many places further on."""
        return self._tokens[min(self._index + count, len(self._tokens) - 1)]

    def at_symbol(self, text: str) -> bool:
        """Whether a certain sign comes next."""
        return self.token.text == text and self.token.kind is Kind.SYMBOL

    def at_word(self, text: str) -> bool:
        """Whether a certain word comes next."""
        return self.token.text == text and self.token.kind is Kind.NAME

    def accept_symbol(self, text: str) -> bool:
        """Step over a sign if it comes next."""
        if not self.at_symbol(text):
            return False
        self.advance()
        return True

    def expect_symbol(self, text: str) -> None:
        """Step over a sign that must come next."""
        if not self.accept_symbol(text):
            raise self.error("syntax.expected", expected=text)

    def expect_word(self, text: str) -> None:
        """Step over a word that must come next."""
        if not self.at_word(text):
            raise self.error("syntax.expected", expected=text)
        self.advance()

    def enter(self) -> None:
        """Go one level deeper; raises FeelLimitExceeded when that is too deep."""
        self._depth += 1
        if self._depth > self.limits.depth:
            self.check_depth(self._depth)

    def check_depth(self, depth: int) -> None:
        """Raise FeelLimitExceeded for a depth beyond the limit."""
        if depth > self.limits.depth:
            position = self.source.position(self.token.offset)
            raise FeelLimitExceeded("depth", self.limits.depth, position=position)

    def leave(self) -> None:
        """Come back from one level deeper."""
        self._depth -= 1

    def error(self, code: str, *, hint: str | None = None, **fields: object) -> FeelSyntaxError:
        """An error at the next token; the signs of other languages are recognised as such."""
        position = self.source.position(self.token.offset)
        if self.token.kind is Kind.END:
            return FeelSyntaxError("syntax.end", position)
        if self.token.text == "'":
            return FeelSyntaxError("syntax.quote", position, hint='"')
        foreign = self._foreign_operator()
        if foreign is not None:
            found, meant = foreign
            return FeelSyntaxError("syntax.operator", position, hint=meant, found=found)
        return FeelSyntaxError(code, position, hint=hint, found=self.token.text or _END_OF_TEXT, **fields)

    def _foreign_operator(self) -> tuple[str, str] | None:
        before = self._tokens[self._index - 1].text if self._index else ""
        pair = before + self.token.text
        meant = _FOREIGN_PAIRS.get(pair)
        return None if meant is None else (pair, meant)

    def is_joined(self) -> bool:
        """Whether a sign of comparison stands right before the next token, without a space."""
        before = self._tokens[self._index - 1]
        return bool(self._index) and before.text in COMPARATORS and before.end == self.token.offset

    def known_name(self) -> str | None:
        """Step over a known name of several tokens, if one comes next."""
        if self.token.kind is not Kind.NAME:
            return None
        found = self.match(self._book)
        if found is None:
            return None
        self.advance(found[0])
        return found[1]

    def match(self, book: NameBook) -> tuple[int, str] | None:
        """The longest name of a book that comes next, with the count of its tokens."""
        return book.match(self._tokens, self._index)

    def name(self) -> str:
        """Step over a name: the longest known one, else a single token."""
        if self.token.kind is Kind.QUOTED_NAME:
            return self.advance().text[1:-1]
        known = self.known_name()
        if known is not None:
            return known
        if self.token.kind is not Kind.NAME:
            raise self.error("syntax.name")
        return self.advance().text

    def new_name(self, *stops: str) -> str:
        """Step over a name that is being introduced and ends at a sign or word of `stops`."""
        if self.token.kind is Kind.QUOTED_NAME:
            return self.advance().text[1:-1]
        count = self.name_length(stops)
        if count == 0:
            raise self.error("syntax.name")
        first = self.token.offset
        last = self.ahead(count - 1)
        self.advance(count)
        name = " ".join(self.source.text[first : last.end].split())
        self.introduce(name)
        return name

    def introduce(self, name: str) -> None:
        """Make a name known to the rest of the text."""
        if name.isidentifier():
            return
        if not self._has_own_book:
            self._book, self._has_own_book = NameBook(outer=self._book), True
        self._book.add(name)

    def name_length(self, stops: tuple[str, ...]) -> int:
        """How many tokens up to one of `stops` can be one name; 0 when they cannot."""
        count = 0
        while (token := self.ahead(count)).text not in stops:
            is_part = token.kind in (Kind.NAME, Kind.NUMBER) or token.text in NAME_SIGNS
            if not is_part or (count == 0 and token.kind is not Kind.NAME):
                return 0
            count += 1
        return count
