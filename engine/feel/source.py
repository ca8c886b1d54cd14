"""The text of an expression and the places in it."""

from __future__ import annotations

from bisect import bisect_right

from engine.feel.errors import Position


class Source:
    """A text whose character offsets can be told as line and column."""

    __slots__ = ("_line_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._line_starts: list[int] | None = None

    def position(self, offset: int) -> Position:
        """The line and column of a character offset."""
        if self._line_starts is None:
            self._line_starts = [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]
        line = bisect_right(self._line_starts, offset)
        return Position(offset, line, offset - self._line_starts[line - 1] + 1)


class Place:
    """An offset in a source; its line and column are worked out only when somebody asks."""

    __slots__ = ("offset", "source")

    def __init__(self, source: Source, offset: int) -> None:
        self.source = source
        self.offset = offset

    @property
    def position(self) -> Position:
        """The place as people read it."""
        return self.source.position(self.offset)
