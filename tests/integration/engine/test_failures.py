"""What the database says becomes a refusal in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from engine.errors import Invalid, InvalidState, Refusal, Unavailable
from engine.storage.database import Database, PoolSettings
from engine.store import Conflict


@pytest.mark.parametrize(
    ("sql", "argument", "refusal", "code"),
    [
        ("select $1::text", "a\0b", Invalid, "value_not_storable"),
        ("select $1::bigint", 2**63, Invalid, "value_not_storable"),
        ("select $1::bigint::int", 2**31, Invalid, "value_not_storable"),
    ],
)
async def test_a_value_that_cannot_be_stored_is_refused(
    database: Database, sql: str, argument: Any, refusal: type[Refusal], code: str
) -> None:
    with pytest.raises(refusal) as refused:
        await database.fetch(sql, argument)
    assert refused.value.code == code


async def test_a_mistake_in_a_query_stays_a_mistake(database: Database) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await database.fetch("select 1 / 0")


async def test_a_statement_that_takes_too_long_is_unavailable(database_url: str) -> None:
    database = await Database.connect(
        database_url, settings=PoolSettings(least=1, most=1, statement_limit=timedelta(milliseconds=50))
    )
    with pytest.raises(Unavailable):
        await database.fetch("select pg_sleep(5)")
    await database.close()


async def test_a_pool_without_a_free_connection_is_unavailable(database_url: str) -> None:
    settings = PoolSettings(least=1, most=1, connect_patience=timedelta(milliseconds=200))
    database = await Database.connect(database_url, settings=settings)
    async with database.unit_of_work():
        with pytest.raises(Unavailable):
            await database.fetch("select 1")
    await database.close()


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await Database.connect("postgresql://nobody@127.0.0.1:1/nothing")


async def test_a_serialization_failure_is_a_conflict(database: Database) -> None:
    with pytest.raises(Conflict):
        await database.fetch("do $$ begin raise exception 'meanwhile' using errcode = '40001'; end $$")


async def test_a_broken_reference_is_an_invalid_state(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute("create table parent(id int primary key); create table child(id int references parent)")
    with pytest.raises(InvalidState) as refused:
        await database.fetch("insert into child values (1)")
    assert refused.value.code == "reference_broken"
