"""Projections: the rows that readers see, folded from events and from nothing else.

A projection is pure. In a command it folds the new events over the rows that were loaded with the tree and the
changed rows are written with the commit; to audit, it folds the whole log over nothing and must give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from engine.events import Recorded

Row = TypeVar("Row")


class Rows(Mapping[int, Row]):
    """The rows of one table that belong to one tree, with a memory of which changed."""

    def __init__(self, loaded: Mapping[int, Row] | None = None) -> None:
        self._rows: dict[int, Row] = dict(loaded or {})
        self._changed: dict[int, None] = {}

    def __getitem__(self, key: int) -> Row:
        return self._rows[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, key: int, row: Row) -> None:
        """Set the row under ``key``; it will be written."""
        self._rows[key] = row
        self._changed[key] = None

    def changed(self) -> Iterator[tuple[int, Row]]:
        """Rows to write, in the order of their first change."""
        return ((key, self._rows[key]) for key in self._changed)


class Projection(Protocol[Row]):
    """Folds a tree's events into the rows of one table."""

    #: Name of the table.
    table: str

    def fold(self, rows: Rows[Row], recorded: Recorded) -> None:
        """Apply one event; events of no concern change nothing."""
        ...
