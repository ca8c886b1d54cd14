"""Bring a database's schema up to date: numbered SQL files, one line of them per owner.

A package that owns tables has a folder ``migrations`` with files ``0001_what_it_brings.sql``, ``0002_….sql``: plain
SQL, also for tables that Tortoise models map. A released file is never edited; the next one is added. Files of a line
run in order, lines in the order given: the engine's first, then those that others refer to.
``docs/decisions/0002-migrations.md`` says why Tortoise's own runner is not used.

Each file runs in one transaction together with the row that records it; an advisory lock lets one process migrate at a
time. A file whose content no longer equals the recorded hash stops the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from engine.storage.failures import storage_seam

_LOCK = 7_270_001
_LEDGER = """
create table if not exists schema_migration (
    line text not null,
    name text not null,
    sha bytea not null,
    applied_at timestamptz not null default now(),
    primary key (line, name)
)
"""


class SchemaDrift(Exception):
    """The database was made by other migration files than these; the text names the file."""


@dataclass(frozen=True)
class MigrationLine:
    """The migrations of one owner."""

    #: Name in the ledger; never changes.
    name: str
    #: Where the files are.
    folder: Path

    def files(self) -> list[tuple[str, str]]:
        """Name and text of every file, in order."""
        return [(path.name, path.read_text("utf-8")) for path in sorted(self.folder.glob("*.sql"))]


ENGINE_LINE = MigrationLine("engine", Path(__file__).parent.parent / "migrations")


def lines_below(package: Path, first: Sequence[str] = ()) -> tuple[MigrationLine, ...]:
    """The lines of all sub-packages that have migrations: those that others refer to first, the rest by name."""
    owners = sorted({path.parent.parent.name for path in package.glob("*/migrations/*.sql")} - set(first))
    return tuple(MigrationLine(owner, package / owner / "migrations") for owner in (*first, *owners))


async def migrate(url: str, lines: Iterable[MigrationLine]) -> list[str]:
    """Apply what is missing; names of the applied files as ``line/file``. Raises ``SchemaDrift``, ``Unavailable``."""
    with storage_seam("migrate"):
        connection = await asyncpg.connect(url, timeout=10)
        try:
            # Held by the session, so that it spans the transactions; it ends with the connection.
            await connection.execute("select pg_advisory_lock($1)", _LOCK)
            await connection.execute(_LEDGER)
            return [name for line in lines for name in await _advance(connection, line)]
        finally:
            await connection.close()


async def pending(url: str, lines: Iterable[MigrationLine]) -> list[str]:
    """Names of the files that ``migrate`` would apply."""
    with storage_seam("pending migrations"):
        connection = await asyncpg.connect(url, timeout=10)
        try:
            if await connection.fetchval("select to_regclass('schema_migration')") is None:
                return [f"{line.name}/{name}" for line in lines for name, _ in line.files()]
            return [f"{line.name}/{name}" for line in lines for name, _ in await _missing(connection, line)]
        finally:
            await connection.close()


async def _advance(connection: asyncpg.Connection, line: MigrationLine) -> list[str]:
    missing = await _missing(connection, line)
    for name, sql in missing:
        async with connection.transaction():
            await connection.execute(sql)
            await connection.execute(
                "insert into schema_migration(line, name, sha) values ($1, $2, $3)", line.name, name, _sha(sql)
            )
    return [f"{line.name}/{name}" for name, _ in missing]


async def _missing(connection: asyncpg.Connection, line: MigrationLine) -> Sequence[tuple[str, str]]:
    rows = await connection.fetch("select name, sha from schema_migration where line = $1", line.name)
    applied = {row["name"]: row["sha"] for row in rows}
    files = line.files()
    for name, sql in files:
        if name in applied and applied[name] != _sha(sql):
            raise SchemaDrift(f"{line.name}/{name} was applied with other content than it has now")
    if unknown := sorted(applied.keys() - {name for name, _ in files}):
        raise SchemaDrift(f"{line.name}: the database is newer than this program, it knows {', '.join(unknown)}")
    return [(name, sql) for name, sql in files if name not in applied]


def _sha(sql: str) -> bytes:
    return hashlib.sha256(sql.encode()).digest()
