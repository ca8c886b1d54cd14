"""Reading the security chain: who did what to the house itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.storage.database import Database

_LINES = """
select seq, at, actor, type, payload from security_event
where ($1::text is null or type = $1) and ($2::text is null or actor = $2)
  and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
  and ($5::bigint is null or seq < $5)
order by seq desc limit $6
"""


@dataclass(frozen=True, kw_only=True)
class SecurityFilter:
    """Which lines; ``None`` leaves a side open."""

    type: str | None = None
    #: ``Actor.id``.
    actor: str | None = None
    #: From this moment on, and before that one.
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SecurityLine:
    """One line of the chain."""

    seq: int
    at: datetime
    actor: str
    type: str
    #: JSON text, exactly as hashed.
    payload: str


class SecurityLog:
    """The lines of the security chain, the newest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lines(self, wanted: SecurityFilter, *, below: int | None, limit: int) -> Sequence[SecurityLine]:
        """At most ``limit`` lines whose number lies below ``below``. Raises ``Unavailable``."""
        rows = await self._database.fetch(_LINES, wanted.type, wanted.actor, wanted.since, wanted.before, below, limit)
        return [SecurityLine(**row) for row in rows]
