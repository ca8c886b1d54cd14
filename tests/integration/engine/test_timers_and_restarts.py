"""A database that is stopped and started again under a worker: every timer fires, each once, none early."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.clock import DatabaseClock
from engine.storage.database import Database
from engine.storage.migrate import migrate
from engine.timers import TimerClaims, TimerWorker
from guiliu.postgres import EmbeddedServer
from guiliu.schema import LINES
from tests.integration.engine.conftest import House
from tests.integration.engine.sample_city import SCHEMA
from tests.integration.engine.waiting import begin, publish_waiting, verdict, waiting_bus

CASES = range(1, 31)
WAITING = "select count(*) from timer where state = 'armed' and element = 'wait'"


async def test_timers_that_came_due_while_the_database_was_away_fire_once_it_is_back() -> None:
    with TemporaryDirectory(prefix="guiliu-tests-") as home:
        server = EmbeddedServer(Path(home))
        url = await asyncio.to_thread(server.attach)
        try:
            await migrate(url, LINES)
            database = await Database.connect(url)
            async with database.unit_of_work() as uow:
                await uow.execute(SCHEMA)
            house = House(database)
            await house.publish()
            await publish_waiting(house)
            worker = TimerWorker(waiting_bus(house), TimerClaims(database, DatabaseClock()))
            worker.start()
            await begin(waiting_bus(house), CASES, "PT2S")
            await asyncio.to_thread(server.detach)
            await asyncio.sleep(2)
            await asyncio.to_thread(server.attach)
            await _fired(database)
            await worker.stop()
            assert await database.fetchval("select count(*) from event where type = 'TimerFired'") == len(CASES)
            assert (await verdict(house)).violations == []
            await database.close()
        finally:
            server.detach()


async def _fired(database: Database) -> None:
    async with asyncio.timeout(60):
        while await database.fetchval(WAITING):  # noqa: ASYNC110 - what is waited for happens in the database
            await asyncio.sleep(0.1)
