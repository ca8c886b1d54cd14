"""Staging may be broken off and repeated; only publishing puts something in force."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from engine.errors import Invalid, InvalidState, NotFound, Stale, Unavailable
from engine.storage import Database, UnitOfWork
from processes.contents import RegisterName, coded_lines
from processes.registers import archive, forget_candidates
from processes.territory import Component, Point
from tests.integration.registers.house import House

COMPONENTS = RegisterName.COMPONENTS
GRID = "152201006003017"
LINES = coded_lines(
    Component(f"1522010104{number:06}", "雨水箅子", Point(122 + number / 1e5, 46), GRID) for number in range(5_000)
)


async def forget(database: Database, age: timedelta) -> None:
    """Let everything staged be so old, then clear up."""
    async with database.unit_of_work() as uow:
        for table in ("register_candidate", "register_chunk"):
            await uow.execute(f"update {table} set staged_at = staged_at - $1::interval", age)  # noqa: S608 - ours
        await forget_candidates(uow)


async def test_a_staged_candidate_is_not_in_force(house: House) -> None:
    candidate = await house.stage(COMPONENTS, LINES)
    await house.snapshot.refresh()
    assert house.live.in_force.number(COMPONENTS) == 0
    assert len(await house.points.components()) == 0
    assert (await house.archive.staged(COMPONENTS, candidate)).line_count == len(LINES)


async def test_publishing_brings_every_line_into_force(house: House) -> None:
    await house.publish(COMPONENTS, LINES)
    assert await house.archive.lines_of_version(COMPONENTS, 1) == LINES
    assert len(await house.points.components()) == len(LINES)


async def test_staging_broken_off_leaves_nothing_in_sight_and_goes_on_when_repeated(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "AT_ONCE", 100_000)
    execute, written = UnitOfWork.execute, 0

    async def execute_three_times(uow: UnitOfWork, sql: str, *arguments: object) -> str:
        nonlocal written
        written += "register_chunk" in sql
        if written > 3:
            raise Unavailable("storage_unavailable", "断电", "the plug was pulled")
        return await execute(uow, sql, *arguments)

    with monkeypatch.context() as broken:
        broken.setattr(UnitOfWork, "execute", execute_three_times)
        with pytest.raises(Unavailable):
            await house.stage(COMPONENTS, LINES)
    kept = await house.count("register_chunk")
    assert kept > 0
    assert await house.count("register_content") == await house.count("register_candidate") == 0
    await house.publish(COMPONENTS, LINES)
    assert await house.archive.lines_of_version(COMPONENTS, 1) == LINES
    assert await house.count("register_chunk") > kept


async def test_no_transaction_writes_more_than_a_bite(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "AT_ONCE", 100_000)
    bites: list[int] = []
    execute = UnitOfWork.execute

    async def execute_weighed(uow: UnitOfWork, sql: str, *arguments: object) -> str:
        if "register_chunk" in sql:
            texts = arguments[1]
            assert isinstance(texts, list)
            bites.append(sum(map(len, texts)))
        return await execute(uow, sql, *arguments)

    monkeypatch.setattr(UnitOfWork, "execute", execute_weighed)
    await house.stage(COMPONENTS, LINES)
    assert len(bites) > 5
    assert max(bites) < 100_000 + 250_000


async def test_the_same_again_is_the_same_candidate_and_writes_no_chunk(house: House) -> None:
    first = await house.stage(COMPONENTS, LINES)
    chunks = await house.count("register_chunk")
    assert await house.stage(COMPONENTS, LINES) == first
    assert await house.count("register_chunk") == chunks


async def test_two_who_stage_the_same_at_once_do_not_hold_each_other_up(house: House) -> None:
    candidates = await asyncio.gather(*(house.stage(COMPONENTS, LINES) for _ in range(4)))
    assert len(set(candidates)) == 1


async def test_versions_share_the_chunks_that_did_not_change(house: House) -> None:
    await house.publish(COMPONENTS, LINES)
    chunks = await house.count("register_chunk")
    changed = (*LINES[:2_000], LINES[2_000].replace("雨水箅子", "污水井盖"), *LINES[2_001:])
    await house.publish(COMPONENTS, changed, based_on=1)
    assert await house.count("register_chunk") <= chunks + 2
    assert await house.archive.lines_of_version(COMPONENTS, 1) == LINES
    assert await house.archive.lines_of_version(COMPONENTS, 2) == changed


async def test_what_nobody_applied_is_forgotten_after_a_day(house: House) -> None:
    candidate = await house.stage(COMPONENTS, LINES)
    await forget(house.database, timedelta(hours=23))
    assert (await house.archive.staged(COMPONENTS, candidate)).id == candidate
    await forget(house.database, timedelta(hours=2))
    with pytest.raises(NotFound):
        await house.archive.staged(COMPONENTS, candidate)
    assert await house.count("register_content") == await house.count("register_chunk") == 0


async def test_what_was_published_is_never_forgotten(house: House) -> None:
    await house.publish(COMPONENTS, LINES)
    await house.publish(COMPONENTS, LINES[1:], based_on=1)
    await forget(house.database, timedelta(days=400))
    assert await house.archive.lines_of_version(COMPONENTS, 1) == LINES
    assert await house.archive.lines_of_version(COMPONENTS, 2) == LINES[1:]


async def test_of_two_candidates_compared_with_one_version_the_second_is_behind(house: House) -> None:
    first, second = await house.stage(COMPONENTS, LINES[:9]), await house.stage(COMPONENTS, LINES[:8])
    outcomes = await asyncio.gather(
        *(house.apply(COMPONENTS, candidate) for candidate in (first, second)), return_exceptions=True
    )
    assert sorted(isinstance(outcome, Stale) for outcome in outcomes) == [False, True]
    assert len(await house.archive.versions(COMPONENTS, below=None, limit=9)) == 1


async def test_the_number_is_the_version_of_the_configuration_object(house: House) -> None:
    await house.publish(COMPONENTS, LINES[:5])
    with pytest.raises(InvalidState):
        await house.apply(COMPONENTS, await house.stage(COMPONENTS, LINES[:5], based_on=1))
    await house.publish(COMPONENTS, LINES[:6], based_on=1)
    version = await house.database.fetchval("select version from configuration where name = 'register:components'")
    assert (version, house.live.in_force.number(COMPONENTS)) == (2, 2)


async def test_a_candidate_of_another_register_cannot_be_applied(house: House) -> None:
    candidate = await house.stage(COMPONENTS, LINES[:5])
    with pytest.raises(NotFound):
        await house.apply(RegisterName.CAMERAS, candidate)


async def test_an_empty_register_is_not_published(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        await house.apply(COMPONENTS, await house.stage(COMPONENTS, ()))
    assert refused.value.code == "nothing_taken"


async def test_publishing_writes_a_line_into_the_security_chain(house: House) -> None:
    await house.publish(COMPONENTS, LINES[:5])
    payload = await house.database.fetchval("select payload from security_event where type = 'register_published'")
    assert '"rows":5' in payload
    assert '"register":"components"' in payload
