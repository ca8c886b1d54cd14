"""The embedded server: started by whoever comes first, stopped by whoever leaves last, whole after a crash."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from guiliu.postgres import EmbeddedServer, kept_running
from guiliu.postgres.server import LONGEST_SOCKET_FOLDER

ATTACH_AND_COUNT = """
import asyncio, sys
from pathlib import Path
import asyncpg
from guiliu.postgres import EmbeddedServer

async def count(url):
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        # PostgreSQL itself fails when two create the same table "if not exists" at once.
        await connection.execute("select pg_advisory_xact_lock(1)")
        await connection.execute("create table if not exists visits(at timestamptz default now())")
        await connection.execute("insert into visits default values")
    await connection.close()

with EmbeddedServer(Path(sys.argv[1])) as url:
    asyncio.run(count(url))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def fetch(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def postmaster(server: EmbeddedServer) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def is_running(server: EmbeddedServer) -> bool:
    return (server.data / "postmaster.pid").exists()


async def test_it_serves_a_durable_database_and_stops_when_left(home: Path) -> None:
    server = EmbeddedServer(home)
    with server as url:
        assert await fetch(url, "show fsync") == "on"
        assert await fetch(url, "show synchronous_commit") == "on"
        assert await fetch(url, "show data_checksums") == "on"
        assert await fetch(url, "show listen_addresses") == ""
    assert not is_running(server)


async def test_it_keeps_running_until_the_last_user_leaves(home: Path) -> None:
    first, second = EmbeddedServer(home), EmbeddedServer(home)
    url = first.attach()
    second.attach()
    first.detach()
    assert await fetch(url, "select 1") == 1
    second.detach()
    assert not is_running(first)


def test_processes_that_start_it_together_share_one(home: Path) -> None:
    starters = [subprocess.Popen([sys.executable, "-c", ATTACH_AND_COUNT, str(home)]) for _ in range(3)]
    assert [starter.wait(timeout=60) for starter in starters] == [0, 0, 0]
    with EmbeddedServer(home) as url:
        assert asyncio.run(fetch(url, "select count(*) from visits")) == 3


async def test_committed_rows_survive_a_killed_server(home: Path) -> None:
    server = EmbeddedServer(home)
    url = server.attach()
    await fetch(url, "create table kept as select 7 as seven; ")
    os.killpg(os.getpgid(postmaster(server)), signal.SIGKILL)
    again = EmbeddedServer(home)
    assert await fetch(again.attach(), "select seven from kept") == 7
    server.detach()
    again.detach()
    assert not is_running(server)


async def test_a_cluster_left_half_made_is_made_anew(home: Path) -> None:
    unfinished = home / "postgres" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with EmbeddedServer(home) as url:
        assert await fetch(url, "select 1") == 1


async def test_a_home_with_a_very_long_path_gets_its_socket_elsewhere(home: Path) -> None:
    deep = home / ("x" * LONGEST_SOCKET_FOLDER)
    server = EmbeddedServer(deep)
    with server as url:
        assert server.socket_folder != server.folder
        assert await fetch(url, "select 1") == 1


async def test_a_server_that_dies_under_its_users_is_started_again(home: Path) -> None:
    server = EmbeddedServer(home)
    with server as url, kept_running(server, every=0.05):
        assert await fetch(url, "select 1") == 1
        killed = postmaster(server)
        os.kill(killed, signal.SIGKILL)
        async with asyncio.timeout(60):
            while True:
                try:
                    assert await fetch(url, "select 1") == 1
                    break
                except (OSError, asyncpg.PostgresError):
                    await asyncio.sleep(0.1)
        assert postmaster(server) != killed
    assert not is_running(server)
