"""``guiliu work``, a process of its own, in front of an outside system that is away and comes back."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from tests.acceptance.city import ROOT
from tests.acceptance.durability.conftest import Town, Towns
from tests.acceptance.durability.errands import Errands
from tests.acceptance.durability.forked import free_port
from tests.integration.connectors.bad_servers import receiving

_IN_VAIN = "select count(*) from delivery where state = 'open' and attempts > 0"
_OPEN = "select count(*) from delivery where state <> 'done'"
_TRIES = "select count(*) from event where type = 'DeliveryFailed'"


async def test_what_could_not_be_delivered_arrives_once_when_its_receiver_is_back(towns: Towns) -> None:
    async with towns() as town, town.platform() as platform:
        errands, port = Errands(platform), free_port()
        await errands.prepare(f"http://127.0.0.1:{port}/api")
        case = await errands.begin()
        worker = await working(town)
        fetchval = platform.database.fetchval
        while not await fetchval(_IN_VAIN):  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.05)
        async with receiving(port=port) as receiver:
            while await fetchval(_OPEN):  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.05)
        assert [key.partition(".")[0] for key in receiver.effects] == [str(case)] * 2
        assert len(receiver.requests) == 2
        assert await fetchval(_TRIES) >= 1
        worker.send_signal(signal.SIGTERM)
        assert await worker.wait() == 0


async def working(town: Town) -> asyncio.subprocess.Process:
    """The command as an operator types it."""
    environment = {**os.environ, "DATABASE_URL": town.database_url, "GUILIU_HOME": str(town.home)}
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "guiliu", "work", cwd=ROOT, env=environment)
