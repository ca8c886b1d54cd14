"""What every test may ask for: an empty, migrated database of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from engine.storage.database import Database
from engine.storage.migrate import migrate
from guiliu.schema import LINES
from tests.database import clone, remove, run_on, running_server, url_of

# No test judges how fast a machine is, not even by way of its examples. What decides whether a change may land says
# the same of the same code; `--hypothesis-profile=searching` looks for examples that nobody has met yet.
hypothesis_settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("deciding", hypothesis_settings.get_profile("searching"), derandomize=True)
hypothesis_settings.load_profile("deciding")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a running PostgreSQL server."""
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """Name of a migrated database to clone."""
    name = f"guiliu_template_{os.getpid()}_{uuid4().hex[:6]}"
    asyncio.run(run_on(server, f'create database "{name}"'))
    asyncio.run(_migrated(url_of(server, name)))
    yield name
    asyncio.run(remove(server, name))


async def _migrated(url: str) -> None:
    await migrate(url, LINES)


@pytest.fixture
async def database_url(server: str, template: str) -> AsyncIterator[str]:
    """Address of a database of the test's own."""
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, template)
    yield url_of(server, name)
    await remove(server, name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A pool on the test's own database."""
    opened = await Database.connect(database_url)
    yield opened
    await opened.close()
