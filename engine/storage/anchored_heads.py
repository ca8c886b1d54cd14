"""The heads of the chains as anchors need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.storage.database import Database

_NOW = """
select clock_timestamp() as at, settle_feed_epoch() as feed_epoch,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, s.seq, s.hash
from security_head s
"""
_CHANGED = """
select distinct on (tree) tree, seq, hash from event
where closes is not null and xid >= $1::text::xid8 and xid < $2::text::xid8 order by tree, seq desc
"""
_NOT_IN_LOG = """
select x.tree from unnest($1::bigint[], $2::int[], $3::bytea[]) as x(tree, seq, hash)
where not exists (select from event e where e.tree = x.tree and e.seq = x.seq and e.hash = x.hash)
"""
_IN_SECURITY_CHAIN = "select $1::bigint = 0 or exists (select from security_event where seq = $1 and hash = $2)"


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last entry of a chain."""

    seq: int
    hash: bytes


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Where the database stands."""

    at: datetime
    feed_epoch: int
    #: Every transaction below this has ended.
    horizon: int
    security: Head


class AnchoredHeads:
    """Reads heads, and looks whether anchored ones are still there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def now(self) -> Moment:
        """Where the database stands now."""
        row = await self._database.fetchrow(_NOW)
        assert row is not None, "the security chain has a head from the migration on"  # noqa: S101 - schema
        return Moment(
            at=row["at"],
            feed_epoch=row["feed_epoch"],
            horizon=row["horizon"],
            security=Head(seq=row["seq"], hash=row["hash"]),
        )

    async def changed(self, since: int, horizon: int) -> Mapping[int, Head]:
        """Heads of the trees that changed in transactions from ``since`` up to below ``horizon``."""
        rows = await self._database.fetch(_CHANGED, str(since), str(horizon))
        return {row["tree"]: Head(seq=row["seq"], hash=row["hash"]) for row in rows}

    async def not_in_log(self, heads: Mapping[int, Head]) -> list[int]:
        """The trees whose anchored event is gone or another one."""
        trees, seqs = list(heads), [head.seq for head in heads.values()]
        rows = await self._database.fetch(_NOT_IN_LOG, trees, seqs, [head.hash for head in heads.values()])
        return [row["tree"] for row in rows]

    async def is_in_security_chain(self, head: Head) -> bool:
        """Whether an anchored line is still there."""
        found: bool = await self._database.fetchval(_IN_SECURITY_CHAIN, head.seq, head.hash)
        return found
