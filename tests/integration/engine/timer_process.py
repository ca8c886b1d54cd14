"""A process that lets timers fire: ``python -m … <database url> <lease in seconds>``.

It claims, says so, and fires when it is told to on its standard input: a test can stop it while it holds a claim.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from engine.clock import DatabaseClock
from engine.commands import FireTimer
from engine.jsontext import json_value
from engine.storage.database import Database
from engine.timers import TimerClaims
from engine.timers.worker import TIMER
from tests.integration.engine.conftest import House
from tests.integration.engine.waiting import waiting_bus


async def main(url: str, lease: float) -> None:
    database = await Database.connect(url)
    house = House(database)
    bus, claims = waiting_bus(house), TimerClaims(database, DatabaseClock(), timedelta(seconds=lease))
    claimed = await claims.claim(10)
    sys.stdout.write(f"claimed {len(claimed)}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    for timer in claimed:
        answer = await bus.handle(FireTimer(actor=TIMER, tree=timer.tree, timer=timer.timer, lease=timer.lease))
        sys.stdout.write(f"{json_value(answer.body)['fired']}\n")
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
