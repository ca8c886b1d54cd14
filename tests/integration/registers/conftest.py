"""A process with registers on the test's own database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from engine.storage import Database
from tests.integration.registers.house import House


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A process of its own; nothing is imported yet."""
    opened = House(database)
    await opened.snapshot.load()
    yield opened
    await opened.desk.close()
