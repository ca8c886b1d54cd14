"""Reading batches: how far, and what came of each item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import asyncpg

from engine.errors import NotFound
from engine.storage.database import Database

_PROGRESS = """
select b.id, b.kind, b.state, b.total, b.requested_by, b.requested_at, b.ended_at, i.done, i.refused, i.failed
from batch b
cross join lateral (
    select count(*) filter (where state = 'done')::int as done,
           count(*) filter (where state = 'refused')::int as refused,
           count(*) filter (where state = 'failed')::int as failed
    from batch_item where batch = b.id
) i
where {which} and ($2::text is null or b.requested_by = $2)
"""
_ONE = _PROGRESS.format(which="b.id = $1")
_NEWEST = _PROGRESS.format(which="($1::bigint is null or b.id < $1)") + " order by b.id desc limit $3"
_ITEMS = """
select place, item, state, answer, ended_at from batch_item where batch = $1 and place > $2 order by place limit $3
"""
_RUNNING = "select id from batch where state = 'running' order by id"


class BatchState(StrEnum):
    """Where a batch stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    """Where an item stands."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class BatchProgress:
    """A batch and how far it is."""

    id: int
    kind: str
    state: BatchState
    total: int
    done: int
    refused: int
    #: Items that met a mistake of the program.
    failed: int
    requested_by: str
    requested_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class BatchItem:
    """One item and what came of it."""

    place: int
    #: JSON text.
    item: str
    state: ItemState
    #: JSON text of the answer or refusal.
    answer: str | None
    ended_at: datetime | None


class BatchQueries:
    """Reads batches from the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def progress(self, batch: int, requested_by: str | None = None) -> BatchProgress:
        """How far a batch is; that of a requester, when one is named. Raises ``NotFound``."""
        row = await self._database.fetchrow(_ONE, batch, requested_by)
        if row is None:
            raise NotFound("batch_not_found", "没有这个批量任务", f"Expected a batch {batch}, but there is none")
        return _progress(row)

    async def newest(self, requested_by: str | None, *, before: int | None, limit: int) -> list[BatchProgress]:
        """Batches, the newest first; those of a requester, when one is named."""
        return [_progress(row) for row in await self._database.fetch(_NEWEST, before, requested_by, limit)]

    async def items(self, batch: int, *, after: int = 0, limit: int = 100) -> list[BatchItem]:
        """Items in order."""
        rows = await self._database.fetch(_ITEMS, batch, after, limit)
        return [BatchItem(**{**row, "state": ItemState(row["state"])}) for row in rows]

    async def running(self) -> list[int]:
        """Batches that are not at their end."""
        return [row["id"] for row in await self._database.fetch(_RUNNING)]


def _progress(row: asyncpg.Record) -> BatchProgress:
    return BatchProgress(**{**row, "state": BatchState(row["state"])})
