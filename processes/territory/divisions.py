"""Administrative divisions as a tree: county, street (subdistrict or town), community."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from processes.territory.codes import SIGNIFICANT_DIGITS, Level, checked_division_code, division_at, level_of
from processes.territory.errors import TerritoryError


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division."""

    #: 12 digits.
    code: str
    name: str

    def __post_init__(self) -> None:
        checked_division_code(self.code)
        if not self.name.strip():
            raise TerritoryError("no_name", f"{self.code} 没有名称", f"{self.code} has no name", pointer="/name")

    @property
    def level(self) -> Level:
        """The rank, read from the code."""
        return level_of(self.code)

    @property
    def parent(self) -> str:
        """The code of the division one level up; a province is its own parent."""
        levels = tuple(SIGNIFICANT_DIGITS)
        above = levels[max(levels.index(self.level) - 1, 0)]
        return division_at(self.code, above)


class DivisionTree:
    """The divisions of one or more counties.

    Refuses a code given twice (`duplicate_code`) and a division below county level whose parent is missing
    (`no_parent`).
    """

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code: dict[str, Division] = {}
        for division in divisions:
            if division.code in self._by_code:
                raise TerritoryError(
                    "duplicate_code",
                    f"行政区划代码 {division.code} 重复",
                    f"the division code {division.code} stands twice",
                    pointer="/code",
                )
            self._by_code[division.code] = division
        self._require_parents()

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def name_of(self, code: str) -> str:
        """The name of a division, or the code itself when it is not known."""
        division = self._by_code.get(code)
        return division.name if division else code

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions directly below one, in order of code."""
        below = (each for each in self if each.parent == code and each.code != code)
        return tuple(sorted(below, key=lambda division: division.code))

    def at_level(self, level: Level) -> tuple[Division, ...]:
        """All divisions of a level, in order of code."""
        return tuple(sorted((each for each in self if each.level is level), key=lambda division: division.code))

    def path(self, code: str) -> tuple[Division, ...]:
        """The known divisions from the county down to the one that a division or grid code names."""
        levels = (Level.COUNTY, Level.STREET, Level.COMMUNITY)
        codes = dict.fromkeys(division_at(code, level) for level in levels)
        return tuple(self._by_code[each] for each in codes if each in self._by_code)

    def _require_parents(self) -> None:
        for division in self:
            if division.level in (Level.STREET, Level.COMMUNITY) and division.parent not in self._by_code:
                raise TerritoryError(
                    "no_parent",
                    f"{division.code} {division.name} 的上级区划 {division.parent} 不存在",
                    f"{division.code} {division.name} has no parent division {division.parent}",
                    pointer="/code",
                )
