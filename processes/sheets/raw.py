"""A sheet before its columns have a meaning: numbered rows of text, whatever file they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from processes.sheets.findings import Finding


@dataclass(frozen=True, slots=True)
class RawRow:
    """The texts of one row."""

    #: As a spreadsheet counts, from 1.
    number: int
    cells: tuple[str, ...]
    #: What the reader has to say about cells of this row, by position; the columns have no keys yet.
    findings: tuple[tuple[int, Finding], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds any text."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows that are read while they are asked for, and what is to be said about the file as a whole."""

    rows: Iterator[RawRow]
    notes: tuple[Finding, ...] = ()
