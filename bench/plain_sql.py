"""The bare limit: pgbench writes the rows of one completion in one plain transaction, on the same tables.

``begin``, read the head for update, read the open tasks, then one statement per table, ``commit``: what a careful
programmer would write without thinking about round trips. Rows are as many and as long as those that the walk before
left behind on average.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import asyncpg

from bench.house import House
from guiliu.postgres import find_binaries
from guiliu.postgres.privileges import unprivileged

_SHAPE = """
select (select count(*) from event)::float / greatest(1, (select sum(version) from tree)) as events,
       (select avg(length(payload))::int from event) as payload,
       coalesce((select avg(length(state))::int from tree where open ? 'task'), 600) as state,
       (select avg(length(body))::int from idempotency where outcome = 'done') as answer,
       (select avg(length(facts))::int from cases) as facts
"""
#: Trees that the transactions pick from; enough that two clients rarely meet.
TREES = 3000
_COPY_TREES = """
insert into tree
select (jsonb_populate_record(t, jsonb_build_object('id', 10000000 + n, 'version', 1, 'seq', 100))).*
from tree t, generate_series(1, $1) n
where t.id = (select id from tree order by length(state) desc limit 1) on conflict do nothing
"""
_COPY_CASES = """
insert into cases select (jsonb_populate_record(c, jsonb_build_object('tree', 10000000 + n, 'number', 'B' || n))).*
from cases c, generate_series(1, $1) n where c.tree = (select min(tree) from cases) on conflict do nothing
"""
_COPY_TASKS = """
insert into task select (jsonb_populate_record(t, jsonb_build_object('tree', 10000000 + n, 'id', 100,
                                                            'form', 'bench'))).*
from task t, generate_series(1, $1) n
where (t.tree, t.id) = (select tree, id from task limit 1) on conflict do nothing
"""


@dataclass(frozen=True, kw_only=True)
class PlainRate:
    """What pgbench reached."""

    clients: int
    per_second: float
    average_ms: float


async def prepare(connection: asyncpg.Connection) -> str:
    """Make the trees to write on; the pgbench script."""
    shape = await connection.fetchrow(_SHAPE)
    assert shape is not None
    for statement in (_COPY_TREES, _COPY_CASES, _COPY_TASKS):
        await connection.execute(statement, TREES)
    await connection.execute("create sequence if not exists bench_key")
    await connection.execute("analyze")
    events = ", ".join(
        f"(:t, :s + {n}, 'TokensMoved', 1, now(), 'user:1', repeat('x', {shape['payload']}), decode(:h, 'hex'))"
        for n in range(1, round(shape["events"]) + 1)
    )
    # Lengths and counts that were just measured, nothing from outside.
    return f"""\\set t random(10000001, {10000000 + TREES})
begin;
select version, seq as s, encode(hash, 'hex') as h from tree where id = :t for update \\gset
select id as open_task, queue from task where tree = :t order by id desc limit 1 \\gset
insert into idempotency (actor, key, fingerprint, outcome, body, tree)
values ('user:1', nextval('bench_key')::text, decode(:h, 'hex'), 'done', repeat('x', {shape["answer"]}), :t);
update tree set version = version + 1, seq = :s + {round(shape["events"])},
       state = convert_to(repeat('x', {shape["state"]}), 'UTF8') where id = :t;
update task set state = 'completed', closed_at = now(), performer = 'user:1', version = version + 1
where tree = :t and id = :open_task;
insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority,
                  excluded, state, opened_at)
values (:t, :s + 1000, 1, 1, 'file', '立案', 'bench', 1, :queue, 'filing', 50, '', 'open', now());
insert into event (tree, seq, type, version, at, actor, payload, hash) values {events};
update cases set stage = 'filing', facts = repeat('x', {shape["facts"]}), updated_at = now() where tree = :t;
commit;
"""  # noqa: S608 - see above


@contextmanager
def _readable_by_all(script: str) -> Iterator[str]:
    """The path of a file that the database's own user may read as well."""
    with NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        Path(file.name).chmod(0o644)
        yield file.name


async def plain_rate(house: House, script: str, clients: int, seconds: int) -> PlainRate:
    """Run the script with so many clients."""
    with _readable_by_all(script) as path:
        command = [
            *unprivileged(house.home / "postgres/data"), str(find_binaries() / "pgbench"),
            "-h", str(house.home / "postgres"), "-U", "postgres", "-n", "-M", "prepared",
            "-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds), "-f", path, "guiliu",
        ]  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        output, errors = await process.communicate()
    found = re.search(r"tps = ([\d.]+)", output.decode())
    latency = re.search(r"latency average = ([\d.]+)", output.decode())
    if found is None or latency is None:
        raise RuntimeError(f"pgbench: {errors.decode()}{output.decode()}")
    return PlainRate(clients=clients, per_second=float(found[1]), average_ms=float(latency[1]))
