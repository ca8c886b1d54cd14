"""Tortoise models share the pool and the transaction."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tortoise.exceptions import DoesNotExist, OperationalError

from engine.errors import Invalid, InvalidState
from engine.storage.database import Database
from tests.integration.engine.sample_models import Note

MODELS = {"sample": ["tests.integration.engine.sample_models"]}


async def count_notes() -> int:
    return await Note.all().count()


async def write(database: Database, **values: Any) -> None:
    async with database.unit_of_work():
        await Note.create(**values)


async def read(database: Database, **values: Any) -> Note:
    async with database.unit_of_work() as uow:
        await uow.execute("create table note(id int primary key, body text not null)")
        return await Note.get(**values)


async def write_and_fail(database: Database) -> None:
    async with database.unit_of_work():
        await Note.create(id=2, body="乙")
        raise LookupError


async def test_models_write_within_the_unit_of_work_and_read_from_any_task(database_url: str) -> None:
    database = await Database.connect(database_url, models=MODELS)
    try:
        async with database.unit_of_work() as uow:
            await uow.execute("create table note(id int primary key, body text not null)")
        async with database.unit_of_work() as uow:
            await Note.create(id=1, body="甲")
            assert await uow.fetchval("select body from note") == "甲"
        with pytest.raises(LookupError):
            await write_and_fail(database)
        assert await asyncio.create_task(count_notes()) == 1
    finally:
        await database.close()


async def test_what_models_say_of_a_broken_rule_is_a_refusal(database_url: str) -> None:
    database = await Database.connect(database_url, models=MODELS)
    try:
        async with database.unit_of_work() as uow:
            await uow.execute("create table note(id int primary key, body text not null)")
            await Note.create(id=1, body="甲")
        with pytest.raises(InvalidState) as twice:
            await write(database, id=1, body="乙")
        with pytest.raises(Invalid) as nul:
            await write(database, id=2, body="a\0b")
        assert (twice.value.code, nul.value.code) == ("already_exists", "value_not_storable")
    finally:
        await database.close()


async def test_a_mistake_in_a_model_stays_a_mistake(database_url: str) -> None:
    database = await Database.connect(database_url, models=MODELS)
    try:
        with pytest.raises(OperationalError, match="does not exist"):
            await write(database, id=1, body="甲")
        with pytest.raises(DoesNotExist):
            await read(database, id=1)
    finally:
        await database.close()


async def test_units_of_work_at_the_same_time_keep_their_models_apart(database_url: str) -> None:
    database = await Database.connect(database_url, models=MODELS)
    try:
        async with database.unit_of_work() as uow:
            await uow.execute("create table note(id int primary key, body text not null)")

        async def one(number: int) -> int:
            async with database.unit_of_work():
                await Note.create(id=number, body="x")
                return await Note.all().count()

        assert await asyncio.gather(one(1), one(2)) in ([1, 1], [1, 2], [2, 1])
        assert await Note.all().count() == 2
    finally:
        await database.close()
