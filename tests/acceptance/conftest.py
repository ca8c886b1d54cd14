"""The whole house behind a real server: a sample city of the test's own, and its people signed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from guiliu.platform import Platform, build_platform, open_platform
from guiliu.preparing import seed_city
from guiliu.settings import Settings, read_settings
from processes.sample import SAMPLE_PASSWORD, SAMPLE_USERNAMES
from tests.acceptance.city import City
from tests.database import clone, remove, url_of
from tests.web_server import serving


def settings_in(home: Path) -> Settings:
    return read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})


@dataclass(frozen=True)
class Furnished:
    """A database that holds the sample city, its forms and its diagram, to clone; and its people, signed in."""

    database: str
    #: By username.
    tokens: Mapping[str, str]


@pytest.fixture(scope="session")
def furnished(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    name = f"{template}_city"
    asyncio.run(clone(server, name, template))
    tokens = asyncio.run(_furnished(url_of(server, name), settings_in(tmp_path_factory.mktemp("furnished"))))
    yield Furnished(name, tokens)
    asyncio.run(remove(server, name))


async def _furnished(url: str, settings: Settings) -> Mapping[str, str]:
    async with open_platform(build_platform(settings, url)) as platform:
        await seed_city(platform)
        # Signing in is slow on purpose; once is enough for everyone.
        sign_in = platform.sessions.sign_in
        return {name: (await sign_in(name, SAMPLE_PASSWORD, "127.0.0.1")).token for name in SAMPLE_USERNAMES}


# One house per file of tests: making one costs more than most tests do. Every test reports cases of its own.
@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(
    server: str, furnished: Furnished, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Platform]:
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, furnished.database)
    settings = settings_in(tmp_path_factory.mktemp("house"))
    async with open_platform(build_platform(settings, url_of(server, name))) as opened:
        yield opened
    await remove(server, name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def city(platform: Platform, furnished: Furnished) -> AsyncIterator[City]:
    async with serving(platform) as address, AsyncExitStack() as stack:
        yield City(platform, address, stack, furnished.tokens)
