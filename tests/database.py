"""Databases for tests: one migrated template per test process, one clone of it per test."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from guiliu.postgres import EmbeddedServer

#: Where Linux keeps files in memory: a clone is several hundred files, which a disk takes ten times as long to make.
MEMORY = Path("/dev/shm")
#: Bytes that must be free there; in containers it may be small.
ROOM = 2 * 1024**3
#: A server that lives as long as the tests need not survive a power cut.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def running_server() -> Iterator[str]:
    """Address of a server on which databases may be made: ``DATABASE_URL``, else one in a folder of this user."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    folder = memory_if_there_is_room()
    with TemporaryDirectory(prefix="guiliu-tests-", dir=folder) as home, EmbeddedServer(Path(home)) as url:
        asyncio.run(run_on(url, *(f"alter system set {setting}" for setting in CARELESS), "select pg_reload_conf()"))
        yield url


def memory_if_there_is_room() -> Path | None:
    """A folder in memory, or ``None``: wherever temporary files are kept."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def url_of(server: str, database: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


async def run_on(server: str, *statements: str) -> None:
    """Run statements that need a connection of their own and no transaction (``create database``)."""
    connection = await asyncpg.connect(server)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def clone(server: str, name: str, template: str) -> None:
    """Make a database like another one that nobody is connected to."""
    # Copying files wants a checkpoint, but the usual way writes every page to the log, which takes five times as long.
    await run_on(server, f'create database "{name}" template "{template}" strategy file_copy')


async def remove(server: str, name: str) -> None:
    """Drop a database, ending whoever is still connected."""
    await run_on(server, f'drop database if exists "{name}" with (force)')
