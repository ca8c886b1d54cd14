"""What cases look up elsewhere: the catalogue, the units, the grids; each as this process has it loaded."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date

from processes.catalogue import Catalogue, CatalogueError, holds
from processes.territory import PlaceOf


@dataclass(frozen=True, kw_only=True)
class Registers:
    """Where cases look things up."""

    #: The catalogue in force, and its number; 0 before the first.
    catalogue: Callable[[], Catalogue]
    catalogue_version: Callable[[], int]
    #: Codes of the units that work may be given to.
    units: Callable[[], Container[str]]
    #: The grid of a point; ``None`` outside all grids.
    place_of: PlaceOf

    def has_catalogue(self) -> bool:
        """Whether there is a catalogue yet."""
        return bool(self.catalogue().subcategories)

    def has_subcategory(self, key: str) -> bool:
        """Whether the catalogue knows the sub-category."""
        try:
            self.catalogue().subcategory(key)
        except CatalogueError:
            return False
        return True

    def has_condition(self, key: str) -> bool:
        """Whether the catalogue knows the filing condition."""
        try:
            self.catalogue().condition(key)
        except CatalogueError:
            return False
        return True

    def season_missed(self, key: str, on: date) -> str:
        """The season of a filing condition that does not hold on a day; empty when it holds."""
        condition = self.catalogue().condition(key)
        return "" if holds(condition, "", on) else condition.season

    def has_unit(self, code: str) -> bool:
        """Whether there is such a unit."""
        return code in self.units()
