"""What PostgreSQL notes of itself between two moments: statements with their cost, rows by table, WAL by relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg

#: What the server must be told before it starts, so that statements are counted,
COUNTED = "shared_preload_libraries = 'pg_stat_statements'\n"
#: and so that inner ones and their planning are, too.
SETTINGS = f"""{COUNTED}
pg_stat_statements.track = all
pg_stat_statements.track_planning = on
"""

_EXTENSIONS = "create extension if not exists pg_stat_statements; create extension if not exists pg_walinspect"
_STATEMENTS = """
select regexp_replace(query, '\\s+', ' ', 'g') as name, sum(calls)::float8 as calls,
       sum(total_exec_time)::float8 * 1000 as us, sum(total_plan_time)::float8 * 1000 as planning,
       sum(wal_bytes)::float8 as wal, sum(shared_blks_hit + shared_blks_read)::float8 as buffers
from pg_stat_statements where userid = (select usesysid from pg_user where usename = current_user)
group by 1
"""
_ROWS = """
select relname as name, n_tup_ins::float8 as inserted, n_tup_upd::float8 as updated, n_tup_hot_upd::float8 as hot,
       n_tup_del::float8 as deleted
from pg_stat_user_tables
"""
#: Bytes of a record are shared among the blocks it speaks of; a page's whole image is counted by itself.
_WAL = """
with blocks as (
    select *, count(*) over (partition by start_lsn) as of_record
    from pg_get_wal_block_info($1::text::pg_lsn, $2::text::pg_lsn)
)
select coalesce(c.relname, 'others') as name,
       sum((record_length - block_fpi_length)::float8 / of_record) as bytes,
       count(*)::float8 as records, sum(block_fpi_length)::float8 as images
from blocks left join pg_class c on c.relfilenode = blocks.relfilenode group by 1
"""
_WAL_KINDS = """
select "resource_manager/record_type" as name, count::float8 as records, record_size::float8 as bytes
from pg_get_wal_stats($1::text::pg_lsn, $2::text::pg_lsn, true) where count > 0
"""

#: Name → kind of number → number.
Numbers = dict[str, Counter[str]]


@dataclass
class Pages:
    """What was noted."""

    statements: Numbers = field(default_factory=dict)
    rows: Numbers = field(default_factory=dict)
    wal: Numbers = field(default_factory=dict)
    wal_kinds: Numbers = field(default_factory=dict)


class Books:
    """Adds up what is noted while they are kept."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self.pages = Pages()

    async def prepare(self) -> None:
        """Have what the database needs for this."""
        await self._connection.execute(_EXTENSIONS)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Add what happens in the block and what of it is noted a little later."""
        before, since = await self._as_they_stand(), await self._end_of_wal()
        yield
        until, after = await self._end_of_wal(), await self._as_they_stand()
        _add_difference(self.pages.statements, before.statements, after.statements)
        _add_difference(self.pages.rows, before.rows, after.rows)
        _add_difference(self.pages.wal, {}, await self._numbers(_WAL, since, until))
        _add_difference(self.pages.wal_kinds, {}, await self._numbers(_WAL_KINDS, since, until))

    async def _as_they_stand(self) -> Pages:
        return Pages(statements=await self._numbers(_STATEMENTS), rows=await self._numbers(_ROWS))

    async def _end_of_wal(self) -> str:
        return str(await self._connection.fetchval("select pg_current_wal_insert_lsn()::text"))

    async def _numbers(self, sql: str, *arguments: str) -> Numbers:
        rows: Sequence[asyncpg.Record] = await self._connection.fetch(sql, *arguments)
        return {row["name"]: Counter({kind: row[kind] for kind in row.keys() if kind != "name"}) for row in rows}  # noqa: SIM118


def _add_difference(total: Numbers, before: Numbers, after: Numbers) -> None:
    for name, numbers in after.items():
        former = before.get(name, Counter())
        kept = total.setdefault(name, Counter())
        for kind, number in numbers.items():
            kept[kind] += number - former[kind]
