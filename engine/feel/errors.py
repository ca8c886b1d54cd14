"""What can go wrong with an expression.

FeelError
├── FeelSyntaxError      the text is not FEEL
├── FeelLimitExceeded    the text or its evaluation is larger than allowed
├── ArgumentRefused      a function cannot use the arguments it was given
└── NotConvertible       a value cannot cross the boundary to JSON or to Python's own times
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.texts import text_of


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an expression: `offset` counts characters from 0, `line` and `column` from 1."""

    offset: int
    line: int
    column: int


class FeelError(Exception):
    """Something about an expression is wrong; `code` is stable, the messages are for people."""

    def __init__(self, code: str, *, position: Position | None = None, **fields: object) -> None:
        self.code = code
        self.position = position
        self.message_zh, self.message_en = text_of(code, fields)
        super().__init__(f"{self._place()}{self.message_en}")

    def _place(self) -> str:
        return f"{self.position.line}:{self.position.column}: " if self.position else ""


class FeelSyntaxError(FeelError):
    """The text is not FEEL; `hint` is the text that was probably meant at `position`."""

    def __init__(self, code: str, position: Position, *, hint: str | None = None, **fields: object) -> None:
        super().__init__(code, position=position, hint=hint, **fields)
        self.position: Position = position
        self.hint = hint


class FeelLimitExceeded(FeelError):
    """The text or its evaluation is larger than `limit` (a field of `Limits`) allows."""

    def __init__(self, limit: str, allowed: int, *, position: Position | None = None) -> None:
        super().__init__(f"limit.{limit}", position=position, allowed=allowed)
        self.limit = limit
        self.allowed = allowed


class ArgumentRefused(FeelError):
    """Raised by a function that cannot use its arguments: the call yields null and a warning."""

    def __init__(self, reason_zh: str, reason_en: str) -> None:
        super().__init__("argument.refused", reason_zh=reason_zh, reason_en=reason_en)
        self.reason_zh = reason_zh
        self.reason_en = reason_en


class NotConvertible(FeelError):
    """A value has no counterpart on the other side of the boundary."""
