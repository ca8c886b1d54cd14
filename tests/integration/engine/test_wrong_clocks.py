"""A worker whose machine tells the wrong time: the database's clock decides, so nothing fires early, late or twice."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.integration.engine.conftest import House
from tests.integration.engine.waiting import begin, publish_waiting, verdict, waiting_bus

ROOT = Path(__file__).parents[3]
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
DUE, LATER = range(1, 4), range(4, 8)
FIRED = "select count(*) from event where type = 'TimerFired'"

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="a wrong clock needs Debian's package libfaketime")


async def claim_and_fire(database_url: str, shown: str) -> list[bytes]:
    """What a process says whose clock is off by so much: how many timers it claimed, and what came of each."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.timer_process", database_url, "30",
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "LD_PRELOAD": str(LIBRARY), "FAKETIME": shown, "FAKETIME_DONT_FAKE_MONOTONIC": "1"},
    )  # fmt: skip
    told, _ = await process.communicate(b"go on\n")
    assert process.returncode == 0
    return told.splitlines()


@pytest.mark.parametrize("shown", ["+2h", "-2h", "+400d", "-400d", "@2028-02-29 23:59:59"])
async def test_a_worker_with_a_wrong_clock_fires_what_is_due_and_nothing_else(
    house: House, database_url: str, shown: str
) -> None:
    await publish_waiting(house)
    await begin(waiting_bus(house), DUE, "PT1S")
    await begin(waiting_bus(house), LATER, "PT1H")
    await asyncio.sleep(1.1)
    assert await claim_and_fire(database_url, shown) == [b"claimed 3", b"True", b"True", b"True"]
    assert await claim_and_fire(database_url, shown) == [b"claimed 0"]
    assert await house.database.fetchval(FIRED) == len(DUE)
    assert (await verdict(house)).violations == []
