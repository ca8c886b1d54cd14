"""Stored contents: staging a candidate chunk by chunk, and reading every version there ever was."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.errors import NotFound
from engine.storage import Database, UnitOfWork
from processes.contents import Chunk, Lines, chunks_of, digest_of
from processes.registers.reading import Head, lines_of_content, read_heads

#: Characters of chunks that one transaction writes.
AT_ONCE = 1_000_000
#: Candidates that nobody applied, and what was staged for them.
FORGOTTEN_AFTER = timedelta(days=1)

# Locked in one order, so that two who stage the same do not block each other for good.
_TOUCH = """
with kept as (select sha from register_chunk where sha = any($1::bytea[]) order by sha for update)
update register_chunk c set staged_at = clock_timestamp() from kept where c.sha = kept.sha returning c.sha
"""
_KEEP = """
insert into register_chunk (sha, lines, staged_at)
select x.sha, x.lines, clock_timestamp() from unnest($1::bytea[], $2::text[]) as x(sha, lines) order by x.sha
on conflict (sha) do update set staged_at = excluded.staged_at
"""
# An update, not nothing: it holds a row that is just about to be forgotten.
_CONTENT = """
insert into register_content (digest, chunks, line_count) values ($1, $2, $3)
on conflict (digest) do update set line_count = excluded.line_count
"""
_CANDIDATE = """
insert into register_candidate (register, digest, based_on, rows_refused, report, staged_by, staged_at)
values ($1, $2, $3, $4, $5, $6, clock_timestamp())
on conflict (register, digest, based_on, staged_by)
do update set rows_refused = excluded.rows_refused, report = excluded.report, staged_at = excluded.staged_at
returning id
"""
_STAGED = """
select c.id, c.register, c.digest, c.based_on, c.rows_refused, c.report, c.staged_by, c.staged_at, t.line_count
from register_candidate c join register_content t on t.digest = c.digest where c.id = $1 and c.register = $2
"""
_VERSIONS = """
select v.number, v.digest, v.note, v.published_by, v.published_at, t.line_count
from register_version v join register_content t on t.digest = v.digest
where v.register = $1 and ($2::int is null or v.number < $2) order by v.number desc limit $3
"""
_EVER = """
select c.lines from register_chunk c
where position($2 in c.lines) > 0 and c.sha in (
    select unnest(t.chunks) from register_version v join register_content t on t.digest = v.digest where v.register = $1
)
"""
_DIGEST = "select digest from register_version where register = $1 and number = $2"


@dataclass(frozen=True, kw_only=True)
class Staging:
    """A content on its way to become a candidate."""

    register: str
    lines: Lines
    #: Number of the version it was compared with.
    based_on: int
    rows_refused: int
    #: JSON text.
    report: str
    #: ``Actor.id``.
    by: str


@dataclass(frozen=True, kw_only=True)
class StagedCandidate:
    """A candidate that waits to be applied."""

    id: int
    register: str
    digest: bytes
    based_on: int
    rows_refused: int
    report: str
    staged_by: str
    staged_at: datetime
    line_count: int


@dataclass(frozen=True, kw_only=True)
class VersionEntry:
    """One version of a register."""

    number: int
    digest: bytes
    note: str
    published_by: str
    published_at: datetime
    line_count: int


class RegisterArchive:
    """The contents, candidates and versions of all registers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stage(self, staging: Staging) -> int:
        """Keep a candidate; its id, the same when the same is staged again. Begun and broken off, it leaves nothing
        but chunks, which a repetition finds and time forgets. Raises ``Unavailable``.
        """
        chunks = await asyncio.to_thread(lambda: tuple(chunks_of(staging.lines)))
        for some in _some_at_once(chunks):
            async with self._database.unit_of_work() as uow:
                await _keep(some, uow)
        shas = [chunk.sha for chunk in chunks]
        digest = digest_of(shas)
        async with self._database.unit_of_work() as uow:
            await uow.execute(_CONTENT, digest, shas, len(staging.lines))
            candidate: int = await uow.fetchval(
                _CANDIDATE, staging.register, digest, staging.based_on, staging.rows_refused, staging.report,
                staging.by,
            )  # fmt: skip
            return candidate

    async def staged(self, register: str, candidate: int) -> StagedCandidate:
        """A candidate. Raises ``NotFound``."""
        row = await self._database.fetchrow(_STAGED, candidate, register)
        if row is None:
            raise _not_found()
        return StagedCandidate(**row)

    async def withdraw(self, register: str, candidate: int) -> None:
        """Forget a candidate; nothing when there is none."""
        async with self._database.unit_of_work() as uow:
            await uow.execute("delete from register_candidate where id = $1 and register = $2", candidate, register)

    async def heads(self) -> dict[str, Head]:
        """The version in force of every register that has one."""
        async with self._database.reading() as connection:
            return await read_heads(connection)

    async def versions(self, register: str, *, below: int | None, limit: int) -> list[VersionEntry]:
        """At most ``limit`` versions with numbers below ``below``, the newest first."""
        rows = await self._database.fetch(_VERSIONS, register, below, limit)
        return [VersionEntry(**row) for row in rows]

    async def lines(self, digest: bytes) -> Lines:
        """A content. Raises ``Unavailable``."""
        return await lines_of_content(self._database, digest)

    async def lines_of_version(self, register: str, number: int) -> Lines:
        """The content of a version. Raises ``NotFound``."""
        digest: bytes | None = await self._database.fetchval(_DIGEST, register, number)
        if digest is None:
            raise _not_found()
        return await self.lines(digest)

    async def lines_ever(self, register: str, text: str) -> Lines:
        """Every line that holds a text in any version; each once, in no order. Raises ``Unavailable``."""
        found = await self._database.fetch(_EVER, register, text)
        return tuple({line for row in found for line in row["lines"].split("\n") if text in line})


async def forget_candidates(uow: UnitOfWork) -> None:
    """Delete candidates that nobody applied, and contents and chunks that nothing names."""
    await uow.execute(
        "delete from register_candidate where staged_at < clock_timestamp() - $1::interval", FORGOTTEN_AFTER
    )
    await uow.execute(
        "delete from register_content t where not exists (select from register_version v where v.digest = t.digest) "
        "and not exists (select from register_candidate c where c.digest = t.digest)"
    )
    await uow.execute(
        "delete from register_chunk where staged_at < clock_timestamp() - $1::interval "
        "and sha not in (select unnest(chunks) from register_content)",
        FORGOTTEN_AFTER,
    )


def _some_at_once(chunks: Iterable[Chunk]) -> Iterator[Sequence[Chunk]]:
    some: list[Chunk] = []
    length = 0
    for chunk in chunks:
        some.append(chunk)
        length += len(chunk.text)
        if length >= AT_ONCE:
            yield some
            some, length = [], 0
    if some:
        yield some


async def _keep(chunks: Sequence[Chunk], uow: UnitOfWork) -> None:
    """Write the chunks that are not there yet."""
    texts = {chunk.sha: chunk.text for chunk in chunks}
    kept = {row["sha"] for row in await uow.fetch(_TOUCH, list(texts))}
    missing = [sha for sha in texts if sha not in kept]
    await uow.execute(_KEEP, missing, [texts[sha] for sha in missing])


def _not_found() -> NotFound:
    return NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
