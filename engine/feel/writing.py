"""Values as FEEL text."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.feel.errors import FeelLimitExceeded
from engine.feel.evaluation import Evaluation
from engine.feel.numbers import number_text
from engine.feel.values import FeelFunction, Range, Value

_PLAIN_KEY = re.compile(r"[\w ]+")


def text_of_value(value: Value, evaluation: Evaluation) -> str | None:
    """What `string(value)` yields: a string is itself, null stays null, all else is written out."""
    if value is None or isinstance(value, str):
        return value
    writer = _Writer(evaluation)
    writer.write(value)
    return "".join(writer.parts)


class _Writer:
    """Collects the parts of a text and stops when it grows beyond the limit."""

    __slots__ = ("_evaluation", "_length", "parts")

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._length = 0
        self.parts: list[str] = []

    def write(self, value: Value) -> None:
        self._evaluation.spend(1)
        if isinstance(value, list):
            self._list(value)
        elif isinstance(value, dict):
            self._context(value)
        elif isinstance(value, Range):
            self._range(value)
        else:
            self._add(_scalar_text(value))

    def _add(self, part: str) -> None:
        self.parts.append(part)
        self._length += len(part)
        limit = self._evaluation.limits.characters
        if self._length > limit:
            raise FeelLimitExceeded("characters", limit)

    def _list(self, items: list[Value]) -> None:
        separator = "["
        for item in items:
            self._add(separator)
            self.write(item)
            separator = ", "
        self._add("]" if items else "[]")

    def _context(self, members: dict[str, Value]) -> None:
        separator = "{"
        for key, item in members.items():
            self._add(f"{separator}{key if _PLAIN_KEY.fullmatch(key) else _quoted(key)}: ")
            self.write(item)
            separator = ", "
        self._add("}" if members else "{}")

    def _range(self, value: Range) -> None:
        self._add("[" if value.start_included else "(")
        self.write(value.start)
        self._add("..")
        self.write(value.end)
        self._add("]" if value.end_included else ")")


def _scalar_text(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return _quoted(value)
    return "function" if isinstance(value, FeelFunction) else str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
