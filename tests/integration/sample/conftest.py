"""A founded city of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.city import City, open_city


@pytest.fixture
async def city(database_url: str) -> AsyncIterator[City]:
    """A city with a department, a section and three posts."""
    async with open_city(database_url) as opened:
        yield opened
