"""Each law of the stored data can be broken, and then it is that law that is reported, not another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from engine.invariants import Verdict
from engine.storage.database import Database
from engine.storage.event_log import EventLog
from engine.storage.tree_store import TreeStore
from guiliu.doctor import invariant_checker
from guiliu.platform import DATABASE_CLOCK, Platform
from guiliu.rules import EVENTS
from guiliu.tables import TABLES
from tests.acceptance.city import City

REPORTER = {"name": "王五", "phone": "13800000000"}

_MARK = "-- breaks: "


@dataclass(frozen=True)
class Damage:
    """A statement, and the laws that it breaks."""

    laws: frozenset[str]
    sql: str


def _damage() -> Iterator[Damage]:
    for piece in Path(__file__).with_name("damage.sql").read_text().split(_MARK)[1:]:
        laws, sql = piece.split("\n", 1)
        yield Damage(frozenset(law.strip() for law in laws.split(";")), sql.strip())


DAMAGE = tuple(_damage())


class OneConnection(Database):
    """A database seen through one connection, in whatever transaction that is."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        super().__init__("")
        self._connection = connection

    async def fetch(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        return await self._connection.fetch(sql, *arguments)

    async def fetchrow(self, sql: str, *arguments: Any) -> asyncpg.Record | None:
        return await self._connection.fetchrow(sql, *arguments)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived_in(city: City) -> Platform:
    """A city with one closed case, and one at its disposal with a reporter and a photo."""
    await city.walk()
    photo = await city.photo(await city.person("inspector"))
    reported = await city.report(reporter=REPORTER, media=[photo])
    acceptor = await city.person("acceptor")
    await acceptor.perform(reported["opened"][0]["id"], {"decision": "accept"})
    return city.platform


@asynccontextmanager
async def undone(platform: Platform) -> AsyncIterator[tuple[asyncpg.Connection, Platform]]:
    """A connection, and the house seen through it; nothing of what is done there stays."""
    async with AsyncExitStack() as stack:
        uow = await stack.enter_async_context(platform.database.unit_of_work())
        within = uow.connection.transaction()
        await within.start()
        stack.push_async_callback(within.rollback)
        one = OneConnection(uow.connection)
        store = TreeStore(one, TABLES, DATABASE_CLOCK)
        yield uow.connection, replace(platform, database=one, store=store, log=EventLog(one, EVENTS))


async def verdict_after(platform: Platform, damage: str) -> Verdict:
    async with undone(platform) as (connection, seen):
        done = await connection.execute(damage)
        assert not done.endswith(" 0"), "the damage found nothing to damage"
        return await invariant_checker(seen).check()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_city_that_was_lived_in_breaks_no_law(lived_in: Platform) -> None:
    verdict = await invariant_checker(lived_in).check()
    assert verdict.violations == []
    assert verdict.checked["cases equals its recomputation"] == 2
    assert set(verdict.checked) == frozenset().union(*(damage.laws for damage in DAMAGE)), (
        "every law has damage that breaks it"
    )


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: " + ".join(sorted(damage.laws)))
async def test_damage_breaks_its_law_and_no_other(lived_in: Platform, damage: Damage) -> None:
    verdict = await verdict_after(lived_in, damage.sql)
    assert {violation.law for violation in verdict.violations} == damage.laws
