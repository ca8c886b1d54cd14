"""A server that is told to stop answers what it has begun, and another goes on with the rest."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess

from guiliu.settings import Settings, read_settings
from tests.acceptance.durability.conftest import Town, Towns
from tests.acceptance.durability.forked import children_of, free_port, watched_server
from tests.acceptance.walk.history import Request
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.paths import PATHS
from tests.acceptance.walk.walking import walk

CLIENTS = 8
#: Requests sent before the stop.
BEFORE = 60
_IS_ANSWERED = "select exists (select from idempotency where key = $1)"


def watched(town: Town, *, workers: int) -> Settings:
    names = {"HOME": str(town.home), "PORT": str(free_port()), "WORKERS": str(workers)}
    return read_settings({f"GUILIU_{name}": value for name, value in names.items()})


def address_of(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


async def answering(line: Line) -> None:
    """Wait until a server is there."""
    while (await line.attempt("leader", "GET", "/me")) is None:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.1)


@dataclass
class Moving:
    """People who turn to another server when theirs is gone."""

    town: Town
    other: str
    is_gone: asyncio.Event = field(default_factory=asyncio.Event)
    #: Requests that the first server carried out and did not answer.
    torn: list[str] = field(default_factory=list)

    async def again(self, request: Request) -> None:
        await self.is_gone.wait()
        async with self.town.connection() as connection:
            if await connection.fetchval(_IS_ANSWERED, request.key):
                self.torn.append(request.path)
        self.town.line.address = self.other


async def test_no_request_is_torn_when_a_server_under_load_is_told_to_stop(towns: Towns) -> None:
    async with towns() as town:
        town.server.begin()
        moving = Moving(town, town.line.address)
        settings = watched(town, workers=2)
        async with watched_server(settings, town.database_url) as leaving:
            town.line.address, town.line.again = address_of(settings), moving.again
            await answering(town.line)
            await stopped_under_load(town, leaving, moving)
        judgement = await town.judge()
        print(f"{len(moving.torn)} of {judgement.unknown} torn, {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert moving.torn == []
        assert judgement.unknown > 0


async def stopped_under_load(town: Town, leaving: ForkServerProcess, moving: Moving) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(CLIENTS):
            group.create_task(walk_until_moved(town.line, number))
        while len(town.line.history.requests) < BEFORE:  # noqa: ASYNC110 - the people do not tell
            await asyncio.sleep(0)
        for _ in range(2):
            # Twice, as an impatient operator does.
            os.kill(leaving.pid or 0, signal.SIGTERM)
            await asyncio.sleep(0)
        await asyncio.to_thread(leaving.join)
        assert leaving.exitcode == 0
        moving.is_gone.set()


async def walk_until_moved(line: Line, number: int) -> None:
    begun_at = line.address
    while line.address == begun_at:
        await walk(line, PATHS[number % len(PATHS)])


async def test_a_killed_worker_is_replaced(towns: Towns) -> None:
    async with towns() as town:
        settings = watched(town, workers=1)
        async with watched_server(settings, town.database_url) as watcher:
            town.line.address = address_of(settings)
            await answering(town.line)
            [worker] = children_of(watcher.pid or 0)
            os.kill(worker, signal.SIGKILL)
            await answering(town.line)
            [another] = children_of(watcher.pid or 0)
            assert another != worker


async def test_workers_stop_when_the_one_who_watches_is_killed(towns: Towns) -> None:
    async with towns() as town:
        settings = watched(town, workers=2)
        async with watched_server(settings, town.database_url) as watcher:
            town.line.address = address_of(settings)
            await answering(town.line)
            workers = children_of(watcher.pid or 0)
            os.kill(watcher.pid or 0, signal.SIGKILL)
            while any(is_alive(worker) for worker in workers):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.1)
            assert len(workers) == 2
            assert await town.line.attempt("leader", "GET", "/me") is None


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
