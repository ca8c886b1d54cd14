"""What a list of one's work costs and counts does not depend on how many tasks stand in one's groups."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest

from engine.actors import Actor
from engine.clock import DatabaseClock
from engine.storage.database import Database
from processes.cases.queries import task_list
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.reading import ordered_reading
from processes.cases.queries.task_sources import ORDERS
from tests.integration.cases.house import House, person
from tests.integration.cases.test_task_lists import Wanted

GROUPS, STAGES = ("a", "b", "c"), ("disposal", "filing")
WORKER = person(50, *GROUPS)
LIMIT = 20
#: Tasks of one group and stage; a tenth is held by somebody else, half are late, the others green.
TASKS = """
insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority, excluded,
                  assignee, state, opened_at, warn_at, due_at)
select 1, $1 + n, 1, 1, 'x', 'x', '', 0, $2, $3, 50, '', case when n % 10 = 0 then 'user:51' end, 'open',
       now() - n * interval '1 minute', now() + late, now() + late + interval '1 hour'
from generate_series(1, $4) n, lateral (select (n % 2 - 0.5) * interval '10 days' as late where n > 0) m
"""
QUEUES = """
insert into queue select g, array[g], interval '1 day' from unnest($1::text[]) g on conflict do nothing
"""


async def add_tasks(database: Database, sizes: dict[tuple[str, str], int], first: int = 1_000) -> None:
    """So many tasks by group and stage, known to be visible to all, so that an index is enough to count them."""
    async with database.unit_of_work() as uow:
        # Rows of a commit that is not on disk are not known to be visible to all.
        await uow.execute("set local synchronous_commit = on")
        await uow.execute(QUEUES, list(GROUPS))
        for place, ((group, stage), size) in enumerate(sizes.items()):
            await uow.execute(TASKS, first + place * 100_000, group, stage, size)
    await database.fetch("vacuum (analyze) task")


async def touched(connection: asyncpg.Connection, sql: str, conditions: Conditions) -> int:
    """Buffers that a query looks at."""
    [row] = await connection.fetch(f"explain (analyze, buffers, format json) {sql}", *conditions.values)
    [explained] = json.loads(row[0])
    plan = explained["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


async def cost(database: Database, actor: Actor, wanted: Wanted) -> int:
    """Buffers that the counts and the first page of a list look at."""
    buffers = 0
    async with ordered_reading(database) as connection:
        for source in task_list._sources(actor, wanted):
            narrowed, lamp = task_list._narrowed(source, wanted, DatabaseClock())
            for sql in (narrowed.count_sql(), narrowed.list_sql(LIMIT, ORDERS[wanted.sort], lamp)):
                buffers += await touched(connection, sql, narrowed.conditions)
    return buffers


ASKED: Sequence[dict[str, Any]] = (
    {},
    {"sort": "due"},
    {"stage": "filing", "sort": "due"},
    {"lamp": "red"},
    {"lamp": "red", "sort": "due"},
    {"lamp": "yellow"},
    {"lamp": "yellow", "sort": "due"},
    {"lamp": "green"},
    {"group": "b"},
)


async def test_a_list_looks_at_no_more_where_four_times_as_many_tasks_stand(house: House) -> None:
    database = house.database
    pairs = [(group, stage) for group in GROUPS for stage in STAGES]
    await add_tasks(database, dict.fromkeys(pairs, 1_500))
    few = [await cost(database, WORKER, Wanted(**asked)) for asked in ASKED]
    await add_tasks(database, dict.fromkeys(pairs, 4_500), 10_000)
    many = [await cost(database, WORKER, Wanted(**asked)) for asked in ASKED]
    grown = {str(asked): (a, b) for asked, a, b in zip(ASKED, few, many, strict=True) if b > 1.5 * a}
    assert not grown, f"buffers before and after: {grown}"


async def test_what_one_holds_in_ones_groups_is_counted_and_chosen_without_looking_at_it(house: House) -> None:
    await add_tasks(house.database, {("a", "filing"): 20_000})
    held = 2_000
    assert await cost(house.database, person(51, *GROUPS), Wanted(mine=True, sort="due")) < held / 10


@pytest.mark.parametrize(
    "sizes",
    [
        (1200, 30, 400, 700, 0, 5),
        (600, 100, 300, 10, 0, 0),
        (350, 350, 350, 350, 350, 350),
        (333, 501, 334, 500, 334, 1),
        (1001, 0, 0, 1000, 0, 1),
        (2000, 2000, 0, 0, 0, 0),
    ],
)
async def test_counts_are_exact_up_to_a_thousand_however_tasks_are_spread(house: House, sizes: tuple[int, ...]) -> None:
    pairs = [(group, stage) for group in GROUPS for stage in STAGES]
    spread = dict(zip(pairs, sizes, strict=True))
    await add_tasks(house.database, spread)
    shown = {pair: size - size // 10 for pair, size in spread.items()}
    case = await house.report()
    async with house.database.unit_of_work() as uow:
        await uow.execute("update task set tree = $1 where element = 'x'", case)
    page = await house.tasks.list(WORKER, Wanted(), None, 1)
    assert page.count == told(sum(shown.values()))
    for place, (name, values) in enumerate((("group", GROUPS), ("stage", STAGES))):
        counts = {value: sum(size for pair, size in shown.items() if pair[place] == value) for value in values}
        assert page.facets[name] == {value: told(count) for value, count in counts.items() if count}


def told(count: int) -> int | str:
    """A count as lists tell it."""
    return count if count <= 1_000 else "1000+"
