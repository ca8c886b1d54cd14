"""A process that lets one batch of timers fire and may die at a crash point: ``python -m … <database url>``."""

from __future__ import annotations

import asyncio
import sys

from engine.clock import DatabaseClock
from engine.storage.database import Database
from engine.timers import TimerClaims, TimerWorker
from tests.integration.engine.conftest import House
from tests.integration.engine.waiting import waiting_bus


async def main(url: str) -> None:
    database = await Database.connect(url)
    house = House(database)
    await TimerWorker(waiting_bus(house), TimerClaims(database, DatabaseClock())).fire_due()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
