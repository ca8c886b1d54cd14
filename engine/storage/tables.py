"""How a projection's rows are loaded with their tree and written with its commit.

Each table brings a query for the load (one round trip serves all tables) and one SQL function for the flush, which
gets the tree and one array per column. Writing is set-based, so a command that changes ten rows costs one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

Row = TypeVar("Row")

#: Joins names in one text column; no group and no actor has it in its name (see ``joined``).
SEPARATOR = "|"


class TableStorage(Protocol[Row]):
    """The stored side of one projection."""

    @property
    def table(self) -> str:
        """Name of the table, the same as the projection's."""
        ...

    @property
    def load(self) -> str:
        """Empty for a table whose rows no command reads.

        Else a query over ``$1`` (tree), ``$2`` (the task the command names, or null) and the row ``head`` of the tree.

        It must touch only rows that are still alive, whatever the age of the tree and of the planner's statistics:
        look rows up by a whole unique key.
        """
        ...

    @property
    def write(self) -> str:
        """Name of the SQL function that writes; its first parameter is the tree."""
        ...

    @property
    def types(self) -> Sequence[str]:
        """SQL types of the function's further parameters, such as ``int[]``."""
        ...

    def read(self, record: Sequence[Any]) -> tuple[int, Row]:
        """Key and row of one record of ``load``, a plain tuple in the order of its columns."""
        ...

    def arrays(self, rows: Sequence[tuple[int, Row]]) -> Sequence[Sequence[Any]]:
        """One array per parameter of ``write``."""
        ...


class AuditedTable(TableStorage[Row], Protocol[Row]):
    """A table that can be compared with what its projection makes of the whole log."""

    @property
    def whole(self) -> str:
        """A query over ``$1`` (tree) with the columns of ``load``, for every row there is."""
        ...

    def folded(self, row: Row) -> Row:
        """The row with everything set aside that does not come from events."""
        ...


def open_rows(table: str, whole: str) -> str:
    """A ``load`` of the rows that the tree's head lists as open; ``whole`` is a query over ``$1``, the tree.

    ``offset 0`` keeps the planner from turning key look-ups into a scan of the whole tree, which looks as cheap to it
    while trees are young and stays in cached plans when they are not.
    """
    listed = f"jsonb_array_elements_text(head.open->'{table}') as listed(id)"
    one = f"{whole} and id = listed.id::int offset 0"
    return f"select {table}.* from {listed} cross join lateral ({one}) as {table}"  # noqa: S608 - constants


def columns(records: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Turn records into one array per column; there must be at least one record."""
    return [list(column) for column in zip(*records, strict=True)]


def joined(names: Sequence[str]) -> str:
    """Names in one text."""
    return SEPARATOR.join(name.replace(SEPARATOR, "¦") for name in names)


def split(text: str) -> tuple[str, ...]:
    """The names of one text."""
    return tuple(text.split(SEPARATOR)) if text else ()
