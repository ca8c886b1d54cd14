"""Projections: the rows that readers see, folded from events and from nothing else.

A projection is pure. In a command it folds the new events over the rows that were loaded with the tree and the
changed rows are written with the commit; to audit, it folds the whole log over nothing and must give the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from engine.event import Event
from engine.events import Recorded

Row = TypeVar("Row")


class Rows(dict[int, Row]):
    """The rows of one table that belong to one tree, with a memory of which changed: they are set by ``put`` alone."""

    def __init__(self, loaded: Mapping[int, Row] | None = None) -> None:
        super().__init__(loaded or {})
        self._changed: dict[int, None] = {}

    def put(self, key: int, row: Row) -> None:
        """Set the row under ``key``; it will be written."""
        self[key] = row
        self._changed[key] = None

    def changed(self) -> list[tuple[int, Row]]:
        """Rows to write, in the order of their first change."""
        return [(key, self[key]) for key in self._changed]


class Projection(Protocol[Row]):
    """Folds a tree's events into the rows of one table."""

    #: Name of the table.
    table: str

    @property
    def events(self) -> tuple[type[Event], ...]:
        """The events that concern it: their classes, or what these have in common."""
        ...

    def fold(self, rows: Rows[Row], recorded: Recorded) -> None:
        """Apply one event; events of no concern change nothing."""
        ...


class Concerned(dict[type[Event], Sequence[Projection[Any]]]):
    """The projections that an event concerns, found once for each class of events."""

    def __init__(self, projections: Sequence[Projection[Any]]) -> None:
        super().__init__()
        self._projections = projections

    def __missing__(self, event: type[Event]) -> Sequence[Projection[Any]]:
        concerned = [projection for projection in self._projections if issubclass(event, projection.events)]
        return self.setdefault(event, concerned)
