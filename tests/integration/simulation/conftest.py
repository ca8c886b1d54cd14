"""A simulated city, played once for everybody who looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from guiliu.platform import build_platform, open_platform
from guiliu.preparing import seed_city
from guiliu.settings import Settings, read_settings
from guiliu.simulation import CityDays, Outcome, simulate
from tests.database import clone, remove, url_of

#: Enough work days that something of everything happens; so late that the machine's clock finds no timer overdue.
PLAYED = CityDays(days=6, cases=60, seed=7, end=datetime(2099, 11, 21, 18, tzinfo=ZoneInfo("Asia/Shanghai")))


def settings_in(home: Path) -> Settings:
    return read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})


@dataclass(frozen=True)
class Played:
    """A database in which the days were played, and what was told of them."""

    settings: Settings
    url: str
    outcome: Outcome


@pytest.fixture(scope="package")
def seeded(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Name of a database that holds the sample city before anything happens, to clone."""
    name = f"{template}_sample"
    asyncio.run(clone(server, name, template))
    asyncio.run(_seed(settings_in(tmp_path_factory.mktemp("seeding")), url_of(server, name)))
    yield name
    asyncio.run(remove(server, name))


async def _seed(settings: Settings, url: str) -> None:
    async with open_platform(build_platform(settings, url)) as platform:
        await seed_city(platform)


@pytest.fixture(scope="package")
def city(server: str, seeded: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    name = f"guiliu_test_{uuid4().hex[:12]}"
    asyncio.run(clone(server, name, seeded))
    settings, url = settings_in(tmp_path_factory.mktemp("city")), url_of(server, name)
    yield Played(settings, url, asyncio.run(simulate(settings, url, PLAYED)))
    asyncio.run(remove(server, name))
