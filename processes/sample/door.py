"""Where seeding commands go in, and what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from engine.storage import Database

_EXISTING = "select name from configuration where name = any($1::text[])"


class Door(Protocol):
    """Where commands go in."""

    async def handle(self, command: Any) -> object:
        """Carry the command out. Raises a ``Refusal``."""
        ...


async def missing_of(names: Sequence[str], database: Database) -> frozenset[str]:
    """The configuration objects among these that do not exist yet."""
    rows = await database.fetch(_EXISTING, list(names))
    return frozenset(names) - {row["name"] for row in rows}
