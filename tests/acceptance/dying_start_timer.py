"""A process that lets timers of processes fire once: ``python -m … <database url> <home> <moment>``."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from engine.clock import VirtualClock
from engine.start_timers import StartTimerClaims, StartTimerWorker
from guiliu.platform import build_platform, open_platform
from guiliu.settings import read_settings


async def main(url: str, home: str, moment: str) -> None:
    clock, settings = VirtualClock(datetime.fromisoformat(moment)), read_settings({"GUILIU_HOME": home})
    async with open_platform(build_platform(settings, url, clock=clock)) as platform:
        await StartTimerWorker(platform.bus, StartTimerClaims(platform.database, clock)).fire_due()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
