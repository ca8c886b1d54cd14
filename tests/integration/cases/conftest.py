"""A founded city for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from engine.storage.database import Database
from tests.integration.cases.house import House


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A house whose diagram and forms are published."""
    opened = House(database)
    await opened.found()
    yield opened
    await opened.bus.drain()
