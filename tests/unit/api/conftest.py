"""A real server on loopback over a stand-in house, in the test's own loop."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.unit.api.stand_in import StandIn
from tests.web_server import serving


@pytest.fixture
def house() -> StandIn:
    return StandIn()


@pytest.fixture
async def client(house: StandIn) -> AsyncIterator[aiohttp.ClientSession]:
    """Nobody signed in."""
    async with serving(house) as address, aiohttp.ClientSession(address) as session:
        yield session


@pytest.fixture
async def acceptor(house: StandIn) -> AsyncIterator[aiohttp.ClientSession]:
    """Signed in with a Bearer token."""
    headers = {"authorization": "Bearer " + house.sessions.token_of("acceptor")}
    async with serving(house) as address, aiohttp.ClientSession(address, headers=headers) as session:
        yield session
