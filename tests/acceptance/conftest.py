"""The whole house behind a real server: a sample city of the test's own, and its people signed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from guiliu.platform import Platform, build_platform, open_platform
from guiliu.settings import Settings, read_settings
from tests.acceptance.city import City, furnish
from tests.database import remove, run_on, url_of
from tests.web_server import serving


def settings_in(home: Path) -> Settings:
    return read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})


@pytest.fixture(scope="session")
def furnished(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Name of a database that holds the sample city, its forms and its diagram, to clone."""
    name = f"{template}_city"
    asyncio.run(run_on(server, f'create database "{name}" template "{template}"'))
    asyncio.run(_furnished(url_of(server, name), settings_in(tmp_path_factory.mktemp("furnished"))))
    yield name
    asyncio.run(remove(server, name))


async def _furnished(url: str, settings: Settings) -> None:
    async with open_platform(build_platform(settings, url)) as platform:
        await furnish(platform)


@pytest.fixture
async def platform(server: str, furnished: str, tmp_path: Path) -> AsyncIterator[Platform]:
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await run_on(server, f'create database "{name}" template "{furnished}"')
    async with open_platform(build_platform(settings_in(tmp_path), url_of(server, name))) as opened:
        yield opened
    await remove(server, name)


@pytest.fixture
async def city(platform: Platform) -> AsyncIterator[City]:
    async with serving(platform) as address, AsyncExitStack() as stack:
        yield City(platform, address, stack)
