"""A large city by SQL: cases that the simulation played, copied as often as asked, with a life of their own in time.

A copy keeps everything of its case but the numbers and the moments: the spread over classes, units, stages, groups and
audiences is that of the simulated city. Ended cases are spread over two years, open ones over the last days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import asyncpg

#: Above every id that the bus gives.
FIRST = 1_000_000_000
#: Copies written in one transaction.
AT_ONCE = 200
#: Ids between two copies; more than the cases that are copied.
STRIDE = 10_000
#: Rows of a case, by table, and the column that says which case's.
TABLES: Mapping[str, str] = {
    "tree": "id",
    "instance": "tree",
    "task": "tree",
    "cases": "tree",
    "case_search": "tree",
    "deadline": "tree",
    "timer": "tree",
    "event": "tree",
}
#: Of the log the first events of each case are enough, so that there are about ten for each.
_TAKEN = {"event": "t.seq <= 10"}
#: Filled by the database itself.
_OWN = {("event", "recorded_at"), ("event", "xid")}
_COLUMNS = """
select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type from pg_attribute
where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
"""
_ENDED, _OPEN = "not c.is_open", "c.is_open"
#: All but those that keep a law.
_INDEXES = """
select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index i
where indrelid = any($1::text[]::regclass[]) and not indisunique
  and not exists (select from pg_inherits where inhrelid = indexrelid)
"""


@dataclass(frozen=True, kw_only=True)
class Volume:
    """How much there is to be."""

    cases: int
    open_cases: int
    #: Open tasks beyond those of the open cases, in groups of their own.
    tasks: int
    groups: int = 50


async def fill(connection: asyncpg.Connection, volume: Volume) -> None:
    """Copy what was simulated until there are so many cases."""
    indexes = await connection.fetch(_INDEXES, list(TABLES))
    for index in indexes:
        await connection.execute(f"drop index {index['name']}")
    await _copy(connection, volume)
    await connection.execute("set maintenance_work_mem = '512MB'")
    for index in indexes:
        await connection.execute(index["made"])
    await connection.execute("vacuum (analyze)")


async def _copy(connection: asyncpg.Connection, volume: Volume) -> None:
    begin = FIRST
    for which, wanted, days in ((_ENDED, volume.cases - volume.open_cases, 730), (_OPEN, volume.open_cases, 12)):
        played = await connection.fetchval(f"select count(*) from cases c where {which} and tree < {FIRST}")  # noqa: S608
        copies = wanted // played
        statements = await _copying(connection, which, begin, copies, days)
        for first in range(0, copies, AT_ONCE):
            async with connection.transaction():
                for statement in statements:
                    await connection.execute(statement, first, min(copies, first + AT_ONCE) - 1)
        begin += copies * STRIDE


async def _copying(connection: asyncpg.Connection, which: str, begin: int, copies: int, days: int) -> list[str]:
    """One statement for each table; it copies from the first to the last of the copies that are its parameters."""
    statements = []
    for table, key in TABLES.items():
        columns = [(row["name"], row["type"]) for row in await connection.fetch(_COLUMNS, table)]
        taken = dict(_values(table, key, columns, begin))
        among = f"{which} and c.tree < {FIRST} and {_TAKEN.get(table, 'true')}"
        chosen = f"select t.* from {table} t join cases c on c.tree = t.{key} where {among}"  # noqa: S608 - constants
        # Neighbours in time are strangers in number, as cases are.
        shift = f"((n * 7919) % {copies}) * interval '{days} days' / {copies}"
        copy = f"lateral (select n, {shift} as shift from generate_series($1::int, $2::int) n) copy"  # noqa: S608
        made = f"select {', '.join(taken.values())} from ({chosen}) t, {copy}"  # noqa: S608 - constants
        statements.append(f"insert into {table} ({', '.join(taken)}) {made}")
    return statements


def _values(table: str, key: str, columns: list[tuple[str, str]], begin: int) -> Iterator[tuple[str, str]]:
    number = f"{begin} + copy.n * {STRIDE} + t.{key}"
    for name, type_ in columns:
        if (table, name) in _OWN:
            continue
        if name == key:
            yield name, number
        elif name == "number":
            # As long as case numbers are, and with as much in common.
            yield name, f"'152201' || lpad(({number} - {FIRST})::text, 13, '0')"
        elif type_ == "timestamp with time zone":
            yield name, f"t.{name} - copy.shift"
        else:
            yield name, f"t.{name}"


#: Between the groups of one person: there are as many people as groups, and each is in three.
_APART = 17


def groups_of(person: int, groups: int) -> frozenset[str]:
    """The groups of one of the people that open tasks are offered to, who are counted from 1."""
    return frozenset(f"bench-{1 + (person - 1 + _APART * n) % groups}" for n in range(3))


_QUEUES = """
insert into queue select 'bench-' || n, array['bench-' || n], interval '1 day' from generate_series(1, $1) n
"""
#: Groups are of different size: a few have most of the work.
_GROUP = "(1 + floor({groups} * power(random(), 2)))::int"
#: A tenth is claimed, by somebody in the group.
_HOLDER = f"1 + (g.n - 1 + {{groups}} * 3 - {_APART} * floor(random() * 3)::int) % {{groups}}"
_TASKS = """
insert into task (tree, id, instance, element, name, form, form_version, queue, stage, priority, excluded, assignee,
                  state, version, opened_at, warn_at, due_at)
select c.tree, 1000, 1, 'bench', '处置', '', 0, 'bench-' || g.n, (array['confirmation', 'filing', 'dispatch',
       'disposal', 'verification'])[1 + floor(random() * 5)::int], 50, '',
       case when random() < 0.1 then 'user:' || ({holder}) end, 'open', 1,
       now() - random() * interval '30 days', m.warn_at, m.warn_at + interval '6 hours'
from (select tree from cases where tree >= {first} order by tree limit $1) c,
     lateral (select {group} as n where c.tree > 0) g,
     lateral (select now() + (random() - 0.3) * interval '10 days' as warn_at where c.tree > 0) m
"""


async def add_tasks(connection: asyncpg.Connection, volume: Volume) -> None:
    """Open tasks in groups of their own, on the copied cases."""
    await connection.execute(_QUEUES, volume.groups)
    group, holder = (sql.format(groups=volume.groups) for sql in (_GROUP, _HOLDER))
    await connection.execute(_TASKS.format(group=group, holder=holder, first=FIRST), volume.tasks)
    await connection.execute("vacuum (analyze) task")
