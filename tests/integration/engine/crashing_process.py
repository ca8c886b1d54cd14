"""A process that runs one command and may die at a crash point: ``python -m … <database url>``."""

from __future__ import annotations

import asyncio
import sys

from engine.storage.database import Database
from tests.integration.engine.conftest import WRITER, House, key
from tests.integration.engine.sample_city import ReportNote


async def main(url: str) -> None:
    database = await Database.connect(url)
    house = House(database)
    answer = await house.bus.handle(ReportNote(actor=WRITER, tree=1, title="x", key=key(WRITER, "k")))
    sys.stdout.write(answer.body.decode())
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
