"""What diagrams call their elements in English, found by what rows and events keep: the element and its name.

Rows keep the name in the language of the city alone, and outlive the version that they were written under. So they are
called in English by whatever published version calls the same element by the same name: English names that are
published reach the cases that run already, and a row costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.definition import DefinitionView

#: Before what tells tasks of one element apart (``engine.spiff.naming``).
_ITEM = "（"


class EnglishNames:
    """The English names of some diagrams; where several call an element alike, the first one's."""

    def __init__(self, views: Iterable[DefinitionView]) -> None:
        found: dict[tuple[str, str], str] = {}
        for view in views:
            for element in view.elements.values():
                if element.name and element.name_en:
                    found.setdefault((element.id, element.name), element.name_en)
        self._found: Mapping[tuple[str, str], str] = found

    def of(self, element: str, name: str) -> str:
        """What an element of this name is called in English; empty where no diagram says so."""
        return self._found.get((element, name)) or self._of_performance(element, name)

    def _of_performance(self, element: str, name: str) -> str:
        """The name of a task that bears its item behind that of its element."""
        if name.endswith("）"):
            for place, letter in enumerate(name):
                if letter == _ITEM and (name_en := self._found.get((element, name[:place]))):
                    return f"{name_en} ({name[place + 1 : -1]})"
        return ""
