"""City days on a real database: the same seed gives the same city, its laws hold, and nobody else is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from engine.storage.database import Database
from guiliu.doctor import examine_invariants
from guiliu.platform import build_platform, open_platform
from guiliu.simulation import CityDays, InUse, Outcome, simulate
from tests.database import clone, remove, url_of
from tests.integration.simulation.conftest import PLAYED, Played, settings_in

# The city is played once, by whoever gets these tests.

#: A morning: enough to show that chance is drawn in the same order again.
MORNING = CityDays(days=1, cases=12, seed=7, end=datetime(2026, 11, 19, 18, tzinfo=ZoneInfo("Asia/Shanghai")))
LOG = "select tree, seq, type, at, actor, payload from event order by tree, seq"


async def morning(server: str, seeded: str, home: Path) -> tuple[Outcome, Sequence[tuple[Any, ...]]]:
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, seeded)
    try:
        outcome = await simulate(settings_in(home), url_of(server, name), MORNING)
        database = await Database.connect(url_of(server, name))
        try:
            return outcome, [tuple(row) for row in await database.fetch(LOG)]
        finally:
            await database.close()
    finally:
        await remove(server, name)


async def test_the_same_seed_gives_the_same_city(server: str, seeded: str, tmp_path: Path) -> None:
    outcome, log = await morning(server, seeded, tmp_path)
    assert (outcome, log) == await morning(server, seeded, tmp_path)
    assert all(MORNING.start <= row[3] <= MORNING.end for row in log)


async def test_every_report_stands_in_the_tables_once(city: Played) -> None:
    tally = city.outcome.tally
    for lines in (tally.by_class, tally.by_unit):
        assert sum(line.reported for line in lines) == PLAYED.cases
        assert all(line.on_time <= line.closed <= line.filed <= line.reported for line in lines)
    for figure in ("closed", "on_time", "open", "escalated", "returned", "reworked"):
        assert sum(getattr(line, figure) for line in tally.by_unit) > 0, figure
    assert all(PLAYED.start <= came <= (went or PLAYED.end) <= PLAYED.end for came, went in tally.moments)


async def test_its_laws_hold_and_its_rows_equal_their_recomputation(city: Played) -> None:
    async with open_platform(build_platform(city.settings, city.url)) as platform:
        broken = [found async for found in examine_invariants(platform) if not found.is_well]
    assert broken == []


async def test_nothing_is_simulated_while_somebody_serves(city: Played) -> None:
    days = CityDays(days=1, cases=1, seed=1, end=PLAYED.end + timedelta(days=1))
    async with open_platform(build_platform(city.settings, city.url)) as platform:
        with pytest.raises(InUse):
            await simulate(city.settings, city.url, days)
        assert await platform.database.fetchval("select count(*) from cases") == PLAYED.cases
