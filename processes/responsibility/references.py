"""The units, places and categories that rows may name. A row that names another is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from processes.catalogue import KINDS, Catalogue, Terms
from processes.responsibility.categories import EVERYTHING, read_selector
from processes.responsibility.errors import ResponsibilityError
from processes.territory import Area, DivisionTree, UnitGrid


@dataclass(frozen=True, slots=True)
class References:
    """What is known, as codes."""

    units: Collection[str]
    places: Collection[str]
    #: Selectors of all kinds, classes and sub-categories.
    categories: Collection[str]
    kinds: Terms = KINDS

    def unit(self, code: str, *, field: str = "unit") -> str:
        """The code itself, or ResponsibilityError `unknown_unit` with the field that names it."""
        if code not in self.units:
            raise ResponsibilityError(
                "unknown_unit", f"没有单位“{code[:40]}”", f"there is no unit {code[:40]!r}", pointer=f"/{field}"
            )
        return code

    def place(self, code: str) -> str:
        """The code itself, or ResponsibilityError `unknown_place`."""
        if code not in self.places:
            raise ResponsibilityError(
                "unknown_place",
                f"没有网格、区划或责任区“{code[:40]}”",
                f"there is no grid, division or drawn area {code[:40]!r}",
                pointer="/place",
            )
        return code

    def category(self, text: str) -> str:
        """The selector that a cell means, or ResponsibilityError `bad_category` or `unknown_category`."""
        selector = read_selector(text, self.kinds)
        if selector not in self.categories:
            raise ResponsibilityError(
                "unknown_category",
                f"目录中没有类别“{text[:40]}”",
                f"the catalogue has no category {text[:40]!r}",
                pointer="/category",
            )
        return selector


def references_to(
    *,
    units: Collection[str],
    catalogue: Catalogue,
    divisions: DivisionTree,
    grids: Iterable[UnitGrid] = (),
    areas: Iterable[Area] = (),
) -> References:
    """What rows may name, taken from the catalogue and the territory."""
    places = {division.code for division in divisions} | {grid.code for grid in grids}
    places |= {area.code for area in areas}
    categories = {EVERYTHING}
    categories |= {kind.code for kind in catalogue.kinds}
    categories |= {entry.key for entry in catalogue.classes} | {entry.key for entry in catalogue.subcategories}
    return References(units, places, categories)
