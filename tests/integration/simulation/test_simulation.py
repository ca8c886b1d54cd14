"""City days on a real database: the same seed gives the same city, its laws hold, and nobody else is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from engine.storage.database import Database
from guiliu.doctor import examine_invariants
from guiliu.platform import build_platform, open_platform
from guiliu.preparing import seed_city
from guiliu.settings import Settings, read_settings
from guiliu.simulation import CityDays, InUse, Outcome, simulate
from tests.database import remove, run_on, url_of

#: Two work days, so that something is closed before they end.
PLAYED = CityDays(days=2, cases=24, seed=7, end=datetime(2026, 11, 19, 18, tzinfo=ZoneInfo("Asia/Shanghai")))
LOG = "select tree, seq, type, at, actor, payload from event order by tree, seq"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"GUILIU_HOME": str(tmp_path), "GUILIU_PROFILE": "demo"})


async def seeded(settings: Settings, url: str) -> None:
    async with open_platform(build_platform(settings, url)) as platform:
        await seed_city(platform)


async def played(settings: Settings, url: str) -> tuple[Outcome, Sequence[tuple[Any, ...]]]:
    outcome = await simulate(settings, url, PLAYED)
    database = await Database.connect(url)
    try:
        return outcome, [tuple(row) for row in await database.fetch(LOG)]
    finally:
        await database.close()


async def test_the_same_seed_gives_the_same_city_and_its_laws_hold(
    settings: Settings, server: str, database_url: str
) -> None:
    await seeded(settings, database_url)
    original = urlsplit(database_url).path.removeprefix("/")
    copy = f"{original}_copy"
    await run_on(server, f'create database "{copy}" template "{original}"')
    try:
        first, log = await played(settings, database_url)
        second, again = await played(settings, url_of(server, copy))
    finally:
        await remove(server, copy)
    assert log == again
    assert first == second
    assert sum(line.reported for line in first.tally.by_class) == PLAYED.cases
    assert sum(line.closed for line in first.tally.by_unit) > 0
    assert all(PLAYED.start <= row[3] <= PLAYED.end for row in log)
    async with open_platform(build_platform(settings, database_url)) as platform:
        broken = [found async for found in examine_invariants(platform) if not found.is_well]
    assert broken == []


async def test_nothing_is_simulated_while_somebody_serves(settings: Settings, database_url: str) -> None:
    async with open_platform(build_platform(settings, database_url)) as platform:
        await seed_city(platform)
        with pytest.raises(InUse):
            await simulate(settings, database_url, PLAYED)
        assert await platform.database.fetchval("select count(*) from cases") == 0
