"""Cities whose servers are processes that may be killed, and the traces of cases that nothing disturbed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import aiohttp
import asyncpg
import pytest

from api import listening
from guiliu.platform import Platform, build_platform, open_platform
from tests.acceptance.conftest import Furnished, settings_in
from tests.acceptance.durability.forked import Forked, Place, load_once, serving, working
from tests.acceptance.walk.history import History
from tests.acceptance.walk.judging import Judge, Judgement, Trace, trace
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.paths import PATHS
from tests.acceptance.walk.walking import walk
from tests.database import remove, run_on, url_of
from tests.web_server import serving as served


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    load_once()


@dataclass
class Town:
    """A furnished database, a server process and a worker process on it, and people in front of it."""

    database_url: str
    server: Forked
    worker: Forked
    line: Line
    undisturbed: frozenset[Trace]
    home: Path

    def platform(self) -> AbstractAsyncContextManager[Platform]:
        """A look into the database, past the server."""
        return open_platform(build_platform(settings_in(self.home), self.database_url))

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection to the database, past the server."""
        connection = await asyncpg.connect(self.database_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def judge(self) -> Judgement:
        """What is to be said of everything that was asked and answered, before a server that nothing disturbs."""
        await self.server.kill()
        self.server.begin()
        async with self.platform() as platform:
            return await Judge(platform=platform, line=self.line, undisturbed=self.undisturbed).judge()


Towns = Callable[[], AbstractAsyncContextManager[Town]]


@pytest.fixture(scope="session")
def undisturbed(server: str, furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> frozenset[Trace]:
    """What walking each path leaves behind in a city where nothing goes wrong."""
    folder = tmp_path_factory.mktemp("undisturbed")
    return asyncio.run(_walked_in_peace(server, furnished, folder))


async def _walked_in_peace(server: str, furnished: Furnished, folder: Path) -> frozenset[Trace]:
    async with (
        cloned(server, furnished.database) as url,
        open_platform(build_platform(settings_in(folder), url)) as platform,
        served(platform) as address,
        aiohttp.ClientSession() as session,
    ):
        with History.kept_in(folder) as history:
            line = Line(session, address, furnished.tokens, history)
            return frozenset([await trace(platform, await walk(line, path)) for path in PATHS])


@asynccontextmanager
async def cloned(server: str, database: str) -> AsyncIterator[str]:
    """Address of a copy of a database, gone when the block ends."""
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await run_on(server, f'create database "{name}" template "{database}"')
    try:
        yield url_of(server, name)
    finally:
        await remove(server, name)


@pytest.fixture
def towns(server: str, furnished: Furnished, undisturbed: frozenset[Trace], tmp_path: Path) -> Towns:
    """Makes towns of the test's own."""

    @asynccontextmanager
    async def town() -> AsyncIterator[Town]:
        async with cloned(server, furnished.database) as url, aiohttp.ClientSession() as session:
            with listening("127.0.0.1", 0) as listener, History.kept_in(tmp_path) as history:
                place = Place(tmp_path, url, listener)
                with Forked(place, serving) as server_process, Forked(place, working) as worker_process:
                    line = Line(session, place.address, furnished.tokens, history)
                    yield Town(url, server_process, worker_process, line, undisturbed, tmp_path)

    return town
