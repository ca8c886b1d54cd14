"""A process that sends: ``python -m … <database url> <lease in seconds> [die]``.

Without a word more it claims, says so, and reports an answer when it is told to on its standard input: a test can stop
it while it holds a claim. Told to die it works off one round as a worker does.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from engine.clock import DatabaseClock
from engine.deliveries import Completed, DeliveryClaims, DeliveryWorker
from engine.deliveries.worker import command_of
from engine.jsontext import json_value
from engine.storage.database import Database
from tests.integration.engine.asking import OutsideSystem, asking_bus
from tests.integration.engine.conftest import House


async def main(url: str, lease: float, *, dies: bool) -> None:
    database = await Database.connect(url)
    bus = asking_bus(House(database))
    claims = DeliveryClaims(database, DatabaseClock(), timedelta(seconds=lease))
    if dies:
        worker = DeliveryWorker(bus, claims, OutsideSystem())
        await worker.send_due()
        await worker.settle()
    else:
        claimed = await claims.claim(10)
        sys.stdout.write(f"claimed {len(claimed)}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        for each in claimed:
            answer = await bus.handle(command_of(each, Completed()))
            sys.stdout.write(f"{json_value(answer.body)['taken']}\n")
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]), dies=sys.argv[3:] == ["die"]))
