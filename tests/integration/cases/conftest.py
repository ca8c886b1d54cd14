"""A founded city for each test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from engine.storage.database import Database
from tests.database import clone, remove, url_of
from tests.integration.cases.house import House


@pytest.fixture(scope="session")
def template(server: str, template: str) -> Iterator[str]:
    """Name of a database to clone in which a city is founded: founding one takes longer than most tests do."""
    name = f"{template}_founded"
    asyncio.run(clone(server, name, template))
    asyncio.run(_found(url_of(server, name)))
    yield name
    asyncio.run(remove(server, name))


async def _found(url: str) -> None:
    database = await Database.connect(url)
    await House(database).found()
    await database.close()


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A house whose diagram and forms are published."""
    opened = House(database)
    yield opened
    await opened.bus.drain()
