"""A command costs what it changes: buffers do not grow with the age of a case, on a database that began empty."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from engine.storage.database import Database, PoolSettings
from tests.integration.engine.conftest import CHECKER, WRITER, House, task_of
from tests.integration.engine.sample_city import SCHEMA

#: Completions measured in one go at each end, how many goes, and completions in between.
SAMPLE, GOES, BETWEEN = 10, 3, 960
#: Completions of another case before: the trees of the indexes have their height from the beginning.
ELSEWHERE = 300

TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"


@pytest.fixture
async def lone_house(database_url: str) -> AsyncIterator[House]:
    """A house with one connection, so that every command meets the plans that the first ones left behind."""
    database = await Database.connect(database_url, settings=PoolSettings(least=1, most=1))
    async with database.unit_of_work() as uow:
        await uow.execute(SCHEMA)
        for row in await uow.fetch(TABLES):
            # Its reading would be counted as ours.
            await uow.execute(f'alter table "{row["relname"]}" set (autovacuum_enabled = off)')
    house = House(database)
    await house.publish()
    yield house
    await database.close()


async def buffers(database: Database) -> int:
    """Shared buffers touched so far in this database."""
    await database.fetchval("select pg_stat_force_next_flush()")
    touched: int = await database.fetchval(
        "select blks_hit + blks_read from pg_stat_database where datname = current_database()"
    )
    return touched


async def rework(house: House, task: int, completions: int, tree: int = 1) -> int:
    """Write and have it turned down, again and again; the task that is open then."""
    for _ in range(completions // 2):
        answer = await house.perform(WRITER, tree, task, body="x")
        answer = await house.perform(CHECKER, tree, task_of(answer), approved=False)
        task = task_of(answer)
    return task


async def least_touched(house: House, task: int) -> tuple[int, int]:
    """Buffers touched by the cheapest go and the task that is open then: one plans, and a vacuum may come by."""
    touched = []
    for _ in range(GOES):
        start = await buffers(house.database)
        task = await rework(house, task, SAMPLE)
        touched.append(await buffers(house.database) - start)
    return min(touched), task


async def test_the_thousandth_completion_of_a_case_touches_no_more_than_the_tenth(lone_house: House) -> None:
    database = lone_house.database
    await rework(lone_house, await lone_house.report(2), ELSEWHERE, 2)
    task = await rework(lone_house, await lone_house.report(), 10)
    # Statistics of a young case say that every tree has one row; what is planned with them must stay good.
    async with database.unit_of_work() as uow:
        await uow.execute("analyze")
    young, task = await least_touched(lone_house, task)
    task = await rework(lone_house, task, BETWEEN)
    old, _ = await least_touched(lone_house, task)
    assert old <= 1.2 * young, f"{old / SAMPLE:.0f} buffers per completion instead of {young / SAMPLE:.0f}"
