"""A whole installation to be struck: an embedded database of its own and a server that watches over its workers."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from guiliu.platform import build_platform, open_platform
from guiliu.postgres import EmbeddedServer
from guiliu.preparing import prepare
from guiliu.settings import Settings, read_settings
from processes.sample import SAMPLE_PASSWORD, SAMPLE_USERNAMES
from tests.acceptance.durability.forked import children_of, free_port, watched_server
from tests.acceptance.walk.history import History, Request
from tests.acceptance.walk.judging import Judge, Judgement, Trace, trace
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.paths import PATHS
from tests.acceptance.walk.walking import walk

WORKERS = 2
#: Seconds before somebody who got no answer asks again.
PAUSE = 0.1


@dataclass
class Installation:
    """Its processes can be killed; the database is started again by whoever killed it, workers by their watcher."""

    settings: Settings
    watcher: int
    line: Line
    undisturbed: frozenset[Trace] = frozenset()
    databases: list[EmbeddedServer] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Address of the database."""
        return self.databases[0].url()

    def workers(self) -> list[int]:
        """The server's worker processes."""
        return children_of(self.watcher)

    def kill_worker(self) -> None:
        """End one worker at once, in the middle of whatever it does."""
        for worker in self.workers()[:1]:
            _kill(worker)

    def kill_workers(self) -> None:
        """End all workers at once."""
        for worker in self.workers():
            _kill(worker)

    async def kill_database(self) -> None:
        """End every process of the database at once, then start it again."""
        postmaster = int((self.databases[0].data / "postmaster.pid").read_text().splitlines()[0])
        for process in (postmaster, *children_of(postmaster)):
            _kill(process)
        again = EmbeddedServer(self.settings.home)
        await asyncio.to_thread(again.attach)
        self.databases.append(again)

    async def judge(self) -> Judgement:
        """What is to be said of everything that was asked and answered."""
        async with open_platform(build_platform(self.settings, self.url)) as platform:
            return await Judge(platform=platform, line=self.line, undisturbed=self.undisturbed).judge()


@asynccontextmanager
async def installed(folder: Path) -> AsyncIterator[Installation]:
    """An installation with the sample city, in which every path was walked in peace once."""
    home = folder / "home"
    settings = read_settings(
        {"GUILIU_HOME": str(home), "GUILIU_PORT": str(free_port()), "GUILIU_WORKERS": str(WORKERS)}
    )
    database = EmbeddedServer(home)
    url = await asyncio.to_thread(database.attach)
    databases = [database]
    try:
        await prepare(settings, url)
        async with watched_server(settings, url) as watcher, _line_to(settings, folder) as line:
            installation = Installation(settings, watcher.pid or 0, line, databases=databases)
            installation.undisturbed = await _walked_in_peace(installation)
            yield installation
    finally:
        for attached in databases:
            await asyncio.to_thread(attached.detach)


async def _walked_in_peace(installation: Installation) -> frozenset[Trace]:
    cases = [await walk(installation.line, path) for path in PATHS]
    async with open_platform(build_platform(installation.settings, installation.url)) as platform:
        return frozenset([await trace(platform, case) for case in cases])


@asynccontextmanager
async def _line_to(settings: Settings, folder: Path) -> AsyncIterator[Line]:
    address = f"http://{settings.host}:{settings.port}"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        with History.kept_in(folder) as history:
            tokens = {name: await _signed_in(session, address, name) for name in SAMPLE_USERNAMES}
            yield Line(session, address, tokens, history, again=_wait_a_little)


async def _signed_in(session: aiohttp.ClientSession, address: str, username: str) -> str:
    credentials = {"username": username, "password": SAMPLE_PASSWORD}
    while True:
        with suppress(aiohttp.ClientConnectionError):
            async with session.post(f"{address}/api/v1/sessions", json=credentials) as response:
                session.cookie_jar.clear()
                return str((await response.json())["token"])
        await asyncio.sleep(PAUSE)


async def _wait_a_little(_: Request) -> None:
    await asyncio.sleep(PAUSE)


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
