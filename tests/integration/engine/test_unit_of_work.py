"""The unit of work: written whole or not at all, with its security lines and the epoch."""

from __future__ import annotations

import asyncio

import pytest

from engine.errors import InvalidState
from engine.storage.database import Database


async def test_a_unit_of_work_commits_when_its_block_ends(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute("insert into queue values ('a', '{a}')")
    assert await database.fetchval("select groups from queue where key = 'a'") == ["a"]


async def write_and_fail(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute("insert into queue values ('a', '{a}')")
        uow.record("queue_added", {"key": "a"}, actor="user:1")
        uow.move_epoch()
        raise LookupError


async def test_a_unit_of_work_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(LookupError):
        await write_and_fail(database)
    assert await database.fetchval("select count(*) from queue") == 0
    assert await database.fetchval("select count(*) from security_event") == 0
    assert await database.fetchval("select epoch from configuration_epoch") == 1


async def test_the_epoch_moves_once_per_unit_of_work(database: Database) -> None:
    async with database.unit_of_work() as uow:
        uow.move_epoch()
        uow.move_epoch()
    assert await database.fetchval("select epoch from configuration_epoch") == 2


async def test_security_lines_of_many_writers_form_one_chain(database: Database) -> None:
    async def one(number: int) -> None:
        async with database.unit_of_work() as uow:
            uow.record("signed_in", {"number": number}, actor="用户:1")

    await asyncio.gather(*(one(number) for number in range(20)))
    rows = await database.fetch("select seq, hash from security_event order by seq")
    assert [row["seq"] for row in rows] == list(range(1, 21))
    assert await database.fetchval("select hash from security_head") == rows[-1]["hash"]


async def test_a_row_that_exists_already_is_a_refusal_and_no_crash(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute("insert into queue values ('a', '{a}')")
    with pytest.raises(InvalidState) as refused:
        async with database.unit_of_work() as uow:
            await uow.execute("insert into queue values ('a', '{a}')")
    assert refused.value.code == "already_exists"
