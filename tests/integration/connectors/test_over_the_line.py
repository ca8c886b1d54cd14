"""Cases that ask a real server over a bad line: every message has its effect once, in the order of its case."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from connectors import HttpConnector, Secrets, Target, read_target
from engine.deliveries import DeliveryClaims, DeliveryWorker
from tests.integration.connectors import bad_servers as bad
from tests.integration.engine.asking import ask, asking_bus, publish_asking, until_none
from tests.integration.engine.conftest import House
from tests.integration.engine.conftest import house as house
from tests.integration.engine.waiting import verdict

OPEN = "select count(*) from delivery where state = 'open'"
MISHAPS = [bad.broken, bad.cut, bad.garbage, bad.html, bad.bomb, bad.well]


class TwoTargets:
    def __init__(self, **urls: str) -> None:
        self._urls = urls

    async def find(self, name: str) -> Target | None:
        content = {"title": name, "url": self._urls[name], "networks": ["127.0.0.1/32"], "timeout": 2}
        return read_target(content)


@asynccontextmanager
async def workers(house: House, targets: TwoTargets, tmp_path: Path) -> AsyncIterator[None]:
    """Two workers, as on two machines."""
    pair = [
        DeliveryWorker(
            asking_bus(house), DeliveryClaims(house.database, house.clock), HttpConnector(targets, Secrets(tmp_path))
        )
        for _ in range(2)
    ]
    for each in pair:
        each.start()
    try:
        yield
    finally:
        for each in pair:
            await each.stop()


@pytest.fixture
def mishaps() -> list[bad.Behaviour]:
    """The same ones in every run, so few in a row that no delivery runs out of tries."""
    chance = random.Random(7)
    return [bad.well if place % 3 == 2 else chance.choice(MISHAPS) for place in range(12)]


async def test_effects_are_once_and_in_order_over_a_bad_line(
    house: House, tmp_path: Path, mishaps: list[bad.Behaviour]
) -> None:
    await publish_asking(house)
    async with (
        bad.receiving(*mishaps) as first,
        bad.receiving() as other,
        workers(house, TwoTargets(first=first.url, other=other.url), tmp_path),
    ):
        await ask(asking_bus(house), range(1, 9))
        await until_none(house, OPEN)
    assert await house.database.fetchval("select count(*) from delivery where state <> 'done'") == 0
    wanted = await house.database.fetch("select tree || '.' || id as key from delivery where target = 'first'")
    assert sorted(first.effects) == sorted(row["key"] for row in wanted)
    assert len(set(first.effects)) == len(first.effects) == 16
    for tree in range(1, 9):
        of_case = [int(key.split(".")[1]) for key in first.effects if key.startswith(f"{tree}.")]
        assert of_case == sorted(of_case)
    assert (await verdict(house)).violations == []


async def test_one_server_that_hangs_leaves_the_other_alone(house: House, tmp_path: Path) -> None:
    await publish_asking(house)
    async with (
        bad.receiving(*[bad.hanging] * 500) as first,
        bad.receiving() as other,
        workers(house, TwoTargets(first=first.url, other=other.url), tmp_path),
    ):
        await ask(asking_bus(house), range(1, 9))
        await until_none(house, "select count(*) from delivery where state = 'open' and target = 'other'")
        assert len(other.effects) == 8
        assert first.effects == []
        first.mishaps.clear()
        first.released.set()
        await until_none(house, OPEN)
    assert (await verdict(house)).violations == []
