"""The days before a demo city opens for the first time: enough cases to look at; none where there are some already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

from engine.clock import machine_time
from engine.storage.database import Database
from guiliu.settings import Settings
from guiliu.simulation.plan import CityDays, city_time
from guiliu.simulation.playing import Progress, simulate
from guiliu.simulation.solitude import SIMULATION, InUse

_DAYS = 3
_SEED = 1
_IS_EMPTY = "select not exists (select from tree)"


def play_first_days(
    settings: Settings, url: str, showing: Callable[[CityDays], AbstractContextManager[Callable[[Progress], None]]]
) -> None:
    """Play some days into a city that has no case yet, as many cases as the settings say."""
    if not settings.sample_cases or not asyncio.run(_is_empty(url)):
        return
    end = city_time(machine_time(), settings.zone)
    played = CityDays(days=_DAYS, cases=settings.sample_cases, seed=_SEED, end=end)
    with showing(played) as tell:
        try:
            asyncio.run(simulate(settings, url, played, tell))
        except InUse:
            # Another process opens the same city at this moment.
            return


async def _is_empty(url: str) -> bool:
    database = await Database.connect(url, settings=SIMULATION)
    try:
        return bool(await database.fetchval(_IS_EMPTY))
    finally:
        await database.close()
