"""Partitions of the log: made ahead, never twice, and rows that came too early for them are not lost."""

from __future__ import annotations

from engine.storage.database import Database
from engine.storage.housekeeping import forget_old_keys, prepare_months, rows_without_month
from tests.integration.engine.conftest import House

PARTITIONS = "select count(*) from pg_inherits where inhparent = 'event'::regclass"


async def test_coming_months_are_prepared_once(database: Database) -> None:
    before = await database.fetchval(PARTITIONS)
    made = await prepare_months(database, 4)
    again = await prepare_months(database, 4)
    assert (len(made), len(again)) == (2, 0)
    assert await database.fetchval(PARTITIONS) == before + 2


async def test_rows_of_a_month_nobody_prepared_move_into_it(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute(
            "insert into event (tree, seq, type, version, at, actor, payload, hash, recorded_at) "
            "values (1, 1, 'X', 1, now(), 'a', '{}', '', now() + interval '4 months')"
        )
    assert await rows_without_month(database) == 1
    await prepare_months(database, 4)
    assert await rows_without_month(database) == 0
    assert await database.fetchval("select count(*) from event") == 1


async def test_events_land_in_the_partition_of_their_month(house: House) -> None:
    await house.report()
    assert await house.database.fetchval("select count(*) from event") > 0
    assert await house.database.fetchval("select count(*) from event_default") == 0


async def test_keys_older_than_a_week_are_forgotten(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute(
            "insert into idempotency (actor, key, fingerprint, outcome, body, recorded_at) "
            "select 'a', n::text, '', 'done', '{}', now() - n * interval '23 hours' from generate_series(1, 12) n"
        )
    assert await forget_old_keys(database, at_a_time=3) == 5
    assert await database.fetchval("select count(*) from idempotency") == 7
