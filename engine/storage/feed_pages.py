"""Pages of the feed: committed events in order, below the horizon."""

from __future__ import annotations

import asyncpg

from engine.storage.database import Database

#: Events in one page.
PAGE = 500

#: Commits are found by their last events, which are indexed; the first of them may have been delivered in part.
_PAGE = """
select c.xid::text::bigint as xid, e.tree, e.seq, e.type, e.version, e.at, e.actor, e.payload, e.hash
from (
    select xid, tree, seq, closes, recorded_at from event
    where closes is not null and (xid, tree, seq) > ($1::text::xid8, $2::bigint, $3::int)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, tree, seq limit $4
) c cross join lateral (
    select * from event e
    where e.tree = c.tree and e.seq > c.seq - c.closes and e.seq <= c.seq and e.recorded_at = c.recorded_at offset 0
) e
where (c.xid, e.tree, e.seq) > ($1::text::xid8, $2::bigint, $3::int)
order by c.xid, e.tree, e.seq limit $4
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
        "select exists (select from event where closes is not null and xid >= pg_snapshot_xmin(pg_current_snapshot()))"
    )
    return waiting
