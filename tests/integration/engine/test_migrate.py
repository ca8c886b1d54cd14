"""Migrations: once, in order, by one process at a time, and never by other files than those recorded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from engine.storage.migrate import ENGINE_LINE, MigrationLine, SchemaDrift, migrate, pending
from tests.database import remove, run_on, url_of


@pytest.fixture
async def empty_url(server: str) -> AsyncIterator[str]:
    name = f"guiliu_empty_{uuid4().hex[:12]}"
    await run_on(server, f'create database "{name}"')
    yield url_of(server, name)
    await remove(server, name)


@pytest.fixture
def line(tmp_path: Path) -> MigrationLine:
    (tmp_path / "0001_first.sql").write_text("create table first(n int)")
    return MigrationLine("sample", tmp_path)


async def test_four_processes_that_migrate_at_once_apply_each_file_once(empty_url: str) -> None:
    applied = await asyncio.gather(*(migrate(empty_url, [ENGINE_LINE]) for _ in range(4)))
    assert sorted(len(names) for names in applied) == [0, 0, 0, len(ENGINE_LINE.files())]
    assert await pending(empty_url, [ENGINE_LINE]) == []


async def test_pending_names_what_is_missing(empty_url: str, line: MigrationLine) -> None:
    assert await pending(empty_url, [line]) == ["sample/0001_first.sql"]
    await migrate(empty_url, [line])
    (line.folder / "0002_second.sql").write_text("create table second(n int)")
    assert await pending(empty_url, [line]) == ["sample/0002_second.sql"]


async def test_an_edited_migration_stops_the_run(empty_url: str, line: MigrationLine) -> None:
    await migrate(empty_url, [line])
    (line.folder / "0001_first.sql").write_text("create table first(n bigint)")
    with pytest.raises(SchemaDrift, match=r"sample/0001_first\.sql"):
        await migrate(empty_url, [line])


async def test_a_newer_database_stops_the_run(empty_url: str, line: MigrationLine) -> None:
    await migrate(empty_url, [line])
    (line.folder / "0001_first.sql").unlink()
    with pytest.raises(SchemaDrift, match="newer"):
        await migrate(empty_url, [line])


async def test_a_failing_file_leaves_nothing_of_itself(empty_url: str, line: MigrationLine) -> None:
    (line.folder / "0002_broken.sql").write_text("create table half(n int); select 1/0")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty_url, [line])
    assert await pending(empty_url, [line]) == ["sample/0002_broken.sql"]
    connection = await asyncpg.connect(empty_url)
    assert await connection.fetchval("select to_regclass('half')") is None
    await connection.close()
