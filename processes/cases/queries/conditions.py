"""The filters of a list as SQL: constant fragments, values only as parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Conditions:
    """Fragments joined by ``and``, with the values they speak of."""

    def __init__(self, values: Sequence[Any]) -> None:
        #: The query's parameters so far.
        self.values: list[Any] = list(values)
        self._fragments: list[str] = []

    def add(self, fragment: str, *values: Any) -> None:
        """One more condition; each ``{}`` in the constant fragment stands for one value."""
        first = len(self.values) + 1
        self.values += values
        self._fragments.append(fragment.format(*(f"${first + place}" for place in range(len(values)))))

    def parameter(self, value: Any) -> str:
        """The name of one more parameter."""
        self.values.append(value)
        return f"${len(self.values)}"

    @property
    def sql(self) -> str:
        """The condition; true when there is none."""
        return " and ".join(self._fragments) or "true"


def containing(text: str) -> str:
    """The ``like`` pattern for a text that contains this one to the letter."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
