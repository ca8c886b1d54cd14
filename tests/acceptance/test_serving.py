"""The real command with real worker processes: up, answering as one, and down without dropping anybody."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from tests.acceptance.conftest import Furnished
from tests.database import clone, remove, url_of

PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def served(url: str, home: Path, workers: int) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The address of ``guiliu serve`` and its process."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "GUILIU_HOME": str(home),
        "GUILIU_PORT": str(port),
        "GUILIU_WORKERS": str(workers),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "guiliu", "serve", env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ready(session: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                async with session.get("/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_server_answers_and_ends_its_streams_before_it_stops(
    server: str, furnished: Furnished, tmp_path: Path, workers: int
) -> None:
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, furnished.database)
    headers = {"authorization": f"Bearer {furnished.tokens['leader']}"}
    async with (
        served(url_of(server, name), tmp_path, workers) as (address, process),
        aiohttp.ClientSession(address, headers=headers) as session,
    ):
        await ready(session)
        for _ in range(20):
            assert (await session.get("/api/v1/me", headers={"connection": "close"})).status == 200
        numbers = await (await session.get("/metrics")).text()
        assert 'guiliu_http_requests_total{method="GET",route="/me",status="200"} 20.0' in numbers
        stream = await session.get("/api/v1/events")
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert b"retry:" in await stream.content.read()
            assert await process.wait() == 0
    await remove(server, name)
