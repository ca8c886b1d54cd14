"""Questions about the rows of a table: which overlap, what no row covers, which row never has an effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.regions import Region, region_of
from engine.dmn.tables import DecisionTable

#: The search for gaps gives up after so many steps; it then reports what it found.
LARGEST_SEARCH = 20_000
LARGEST_GAP_COUNT = 10
LARGEST_PAIR_COUNT = 50


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as sets: for every row and column the atoms its cell lets pass, None where nobody can tell."""

    labels: tuple[str, ...]
    regions: tuple[Region | None, ...]
    rows: tuple[tuple[int | None, ...], ...]

    def domain(self) -> tuple[int, ...]:
        """All atoms of every column; one for a column that is not understood."""
        return tuple(region.everything if region else 1 for region in self.regions)

    def text(self, atoms: Sequence[int]) -> str:
        """One combination of atoms in words."""
        parts = (
            region.text(label, atom)
            for region, label, atom in zip(self.regions, self.labels, atoms, strict=True)
            if region is not None
        )
        return ", ".join(part for part in parts if part)


def grid_of(table: DecisionTable) -> Grid:
    """The table as sets."""
    columns = [[rule.cells[index] for rule in table.rules] for index in range(len(table.inputs))]
    regions = tuple(region_of(column, cells) for column, cells in zip(table.inputs, columns, strict=True))
    rows = tuple(
        tuple(
            region.set_of(cell) if region else (1 if cell.text == "-" else None)
            for region, cell in zip(regions, rule.cells, strict=True)
        )
        for rule in table.rules
    )
    return Grid(tuple(column.label for column in table.inputs), regions, rows)


def overlaps(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Pairs of rows, as indices, that can match together, with an example."""
    found = 0
    for second, row in enumerate(grid.rows):
        for first in range(second):
            common = _common(grid.rows[first], row)
            if common is not None:
                yield first, second, grid.text([_lowest(bits) for bits in common])
                found += 1
                if found >= LARGEST_PAIR_COUNT:
                    return


def _common(left: Sequence[int | None], right: Sequence[int | None]) -> list[int] | None:
    common: list[int] = []
    for a, b in zip(left, right, strict=True):
        if a is None or b is None or not a & b:
            return None
        common.append(a & b)
    return common


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def gaps(grid: Grid) -> list[str]:
    """Combinations that no row covers; a cell nobody can read is taken to cover everything."""
    domain = grid.domain()
    rows = [tuple(all_ if cell is None else cell for cell, all_ in zip(row, domain, strict=True)) for row in grid.rows]
    search = _Search(rows)
    return [grid.text(atoms) for atoms in search.uncovered(domain, LARGEST_GAP_COUNT)]


def is_covered(grid: Grid, index: int) -> bool:
    """Whether the rows before one cover all of it; only cells that can be read count."""
    row = grid.rows[index]
    domain = [cell for cell in row if cell is not None]
    if len(domain) < len(row) or not all(domain):
        return False
    before = [
        tuple(cell for cell in earlier if cell is not None) for earlier in grid.rows[:index] if None not in earlier
    ]
    search = _Search(before)
    return not search.uncovered(domain, 1) and not search.gave_up


class _Search:
    """Looks for combinations of atoms that lie in no row, column by column."""

    def __init__(self, rows: Sequence[tuple[int, ...]]) -> None:
        self._rows = rows
        self._steps = 0

    @property
    def gave_up(self) -> bool:
        """Whether the search ended before it had seen everything."""
        return self._steps > LARGEST_SEARCH

    def uncovered(self, domain: Sequence[int], most: int) -> list[list[int]]:
        """Up to `most` combinations of the domain that no row covers."""
        found: list[list[int]] = []
        self._look(domain, list(range(len(self._rows))), [], found, most)
        return found

    def _look(
        self, domain: Sequence[int], rows: list[int], chosen: list[int], found: list[list[int]], most: int
    ) -> None:
        self._steps += 1
        if self.gave_up or len(found) >= most:
            return
        column = len(chosen)
        if not rows:
            found.append(chosen + [_lowest(bits) for bits in domain[column:]])
            return
        if column == len(domain):
            return
        for atom, matching in self._groups(domain[column], rows, column):
            self._look(domain, matching, [*chosen, atom], found, most)

    def _groups(self, bits: int, rows: list[int], column: int) -> Iterator[tuple[int, list[int]]]:
        """The atoms of a column, one for each different set of rows that let it pass."""
        seen: set[tuple[int, ...]] = set()
        while bits:
            atom = _lowest(bits)
            bits &= bits - 1
            matching = [row for row in rows if self._rows[row][column] >> atom & 1]
            if tuple(matching) not in seen:
                seen.add(tuple(matching))
                yield atom, matching
