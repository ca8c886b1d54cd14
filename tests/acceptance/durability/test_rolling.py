"""Servers over one database are replaced one after the other while people work, and nobody goes without an answer."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from guiliu.load import Latencies, Load, Outcome, drive, examine_history, read_history
from tests.acceptance.durability.conftest import Towns
from tests.acceptance.durability.forked import watched_server
from tests.acceptance.durability.test_stopping import address_of, answering, watched

#: Answers between two steps.
BETWEEN = 40


class Watch:
    """Counts answers while people work."""

    def __init__(self) -> None:
        self.answered = 0

    def tell(self, latencies: Latencies) -> None:
        self.answered = latencies.answered

    async def more(self, count: int) -> None:
        """Wait for so many more answers."""
        wanted = self.answered + count
        while self.answered < wanted:  # noqa: ASYNC110 - the people do not tell
            await asyncio.sleep(0.02)


async def test_servers_are_replaced_under_load_without_a_lost_request(towns: Towns, tmp_path: Path) -> None:
    history = tmp_path / "rolling.jsonl"
    async with towns() as town:
        served = [watched(town, workers=1) for _ in range(2)]
        urls = tuple(address_of(settings) for settings in served)
        load = Load(urls=urls, lasting=timedelta(minutes=5), users=6, rate=None, seed=1, history=history)
        watch, over = Watch(), asyncio.Event()
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
            first = [AsyncExitStack() for _ in served]
            for running, settings in zip(first, served, strict=True):
                await running.enter_async_context(watched_server(settings, town.database_url))
                town.line.address = address_of(settings)
                await answering(town.line)
            driving = group.create_task(drive(load, watch.tell, over))
            for running, settings in zip(first, served, strict=True):
                await watch.more(BETWEEN)
                await running.aclose()
                await watch.more(BETWEEN)
                await stack.enter_async_context(watched_server(settings, town.database_url))
                town.line.address = address_of(settings)
                await answering(town.line)
            await watch.more(BETWEEN)
            over.set()
            await driving
        assert driving.result().given_up == 0
        assert all(asked.outcome is not Outcome.UNKNOWN for asked in read_history(history).values())
        async with town.platform() as platform:
            broken = [found async for found in examine_history(platform.database, history) if not found.is_well]
        assert broken == []
