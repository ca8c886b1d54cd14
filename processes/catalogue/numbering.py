"""The numbers of filing conditions: kept over versions, never given again."""

from __future__ import annotations

from collections.abc import Iterable

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.entries import FilingCondition


class Numbering:
    """Gives a condition without number the one it had before, or the next that no version used."""

    def __init__(self, earlier: Iterable[Catalogue]) -> None:
        self._kept: dict[tuple[str, ...], int] = {}
        self._last: dict[str, int] = {}
        for catalogue in earlier:
            for condition in catalogue.conditions:
                self._kept[condition.identity] = condition.number
                self.reserve(condition.subcategory, condition.number)

    def reserve(self, subcategory: str, number: int) -> None:
        """Take note of a number that is in use."""
        self._last[subcategory] = max(self._last.get(subcategory, 0), number)

    def number_of(self, condition: FilingCondition) -> int:
        """The number for a condition that brings none."""
        kept = self._kept.get(condition.identity)
        if kept is not None:
            return kept
        self.reserve(condition.subcategory, self._last.get(condition.subcategory, 0) + 1)
        return self._last[condition.subcategory]
