"""Pages of the feed: committed events in order, below the horizon."""

from __future__ import annotations

import asyncpg

from engine.storage.database import Database

#: Events in one page.
PAGE = 500

_PAGE = """
select xid::text::bigint as xid, tree, seq, type, version, at, actor, payload, hash from event
where (xid, tree, seq) > ($1::text::xid8, $2::bigint, $3::int)
  and xid < pg_snapshot_xmin(pg_current_snapshot())
order by xid, tree, seq limit $4
"""
_NOW = "select settle_feed_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon"


async def page_after(database: Database, xid: int, tree: int, seq: int) -> list[asyncpg.Record]:
    """The next events after a place; at most ``PAGE``."""
    return await database.fetch(_PAGE, str(xid), tree, seq, PAGE)


async def end_of_feed(database: Database) -> tuple[int, int]:
    """The feed's epoch, and the transaction with which what is still to be delivered begins."""
    row = await database.fetchrow(_NOW)
    assert row is not None, "a query without a table answers one row"  # noqa: S101 - SQL
    return row["epoch"], row["horizon"]


async def waits_for_horizon(database: Database) -> bool:
    """Whether committed events lie above the horizon, held back by a transaction that has not ended."""
    waiting: bool = await database.fetchval(
        "select exists (select from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))"
    )
    return waiting
