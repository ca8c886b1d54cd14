"""Reading definitions: what there is, each version, the draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from engine.definitions.examples import DecisionExample, KeptExamples
from engine.definitions.kinds import DefinitionKind, VersionState
from engine.errors import NotFound
from engine.jsontext import json_value
from engine.storage.database import Database

_SUMMARIES = """
select coalesce(v.key, d.key) as key, coalesce(v.name, '') as name, v.number, v.version_tag,
       v.published_at, v.published_by, coalesce(n.open_instances, 0) as open_instances,
       c.version as draft_version, d.editor as draft_editor, d.edited_at as draft_edited_at,
       coalesce(d.edited_at > v.published_at, d.key is not null) as has_changes,
       (select min(t.due_at) from start_timer t where $1 = 'process' and t.process = v.key) as begins_at
from (select distinct on (key) key, name, number, version_tag, published_at, published_by from definition
      where kind = $1 and state = 'published' order by key, number desc) v
full join (select * from definition_draft where kind = $1) d on d.key = v.key
left join configuration c on c.name = 'definition-draft:' || $1 || ':' || d.key
left join (select key, sum(running)::bigint as open_instances
           from (select distinct key, sha from definition where kind = $1) s
           join (select definition_sha, count(*) as running from instance
                 where ended_at is null group by definition_sha) i on i.definition_sha = s.sha
           group by key) n on n.key = coalesce(v.key, d.key)
order by 1
"""
_VERSIONS = """
select number, sha, state, name, version_tag, note, published_by, published_at,
       retired_at, retired_by, retired_because,
       (select count(*) from instance i where i.definition_sha = d.sha and i.ended_at is null) as open_instances
from definition d where kind = $1 and key = $2 order by number desc
"""
_SOURCE = "select source from definition where kind = $1 and key = $2 and number = $3"
_DRAFT = """
select d.source, d.editor, d.edited_at, c.version
from definition_draft d join configuration c on c.name = 'definition-draft:' || d.kind || ':' || d.key
where d.kind = $1 and d.key = $2
"""
_EXAMPLES = """
select e.examples, c.version from decision_examples e join configuration c on c.name = 'decision-examples:' || e.key
where e.key = $1
"""
_PUBLISHED_EXAMPLES = "select examples from published_decision_examples where key = $1 and number = $2"
_PUBLISHED = """
select distinct on (key) key, sha, source from definition
where kind = $1 and state = 'published' order by key, number desc
"""
_NEWEST_BY_TAG = """
select key, version_tag as tag, sha, source from (
    select distinct on (key, version_tag) * from definition
    where kind = $1 and state = 'published' order by key, version_tag, number desc
) newest order by key, number
"""
_ALL = "select key, number, sha, state, version_tag from definition where kind = $1 order by key, number"
_STORED = """
select distinct on (sha) sha, name, source from definition
where kind = $1 and sha = any($2::bytea[]) order by sha, number
"""
_SOURCES = "select distinct on (sha) sha, source from definition where sha = any($1::bytea[])"


@dataclass(frozen=True, kw_only=True)
class StoredVersion:
    """Which version there is, without its bytes."""

    key: str
    number: int
    sha: bytes
    state: VersionState
    version_tag: str


@dataclass(frozen=True, kw_only=True)
class PublishedVersion:
    """One published version with its bytes."""

    key: str
    tag: str
    sha: bytes
    source: bytes


@dataclass(frozen=True, kw_only=True)
class NamedSource:
    """The bytes of a version and the name they give themselves."""

    name: str
    source: bytes


@dataclass(frozen=True, kw_only=True)
class DefinitionSummary:
    """One key: its latest published version and its draft, either of which may be missing."""

    key: str
    name: str
    number: int | None
    version_tag: str | None
    published_at: datetime | None
    published_by: str | None
    #: Instances of all its versions that run now.
    open_instances: int
    draft_version: int | None
    draft_editor: str | None
    draft_edited_at: datetime | None
    #: Whether the draft was edited after the latest version was published.
    has_changes: bool
    #: When its timer begins it next; ``None`` for one that does not begin by itself.
    begins_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DefinitionVersion:
    """One published version."""

    number: int
    sha: bytes
    state: VersionState
    name: str
    version_tag: str
    note: str
    published_by: str
    published_at: datetime
    retired_at: datetime | None
    retired_by: str
    retired_because: str
    #: Instances that run it now; a version that came back shares them with the one whose bytes it has.
    open_instances: int


@dataclass(frozen=True, kw_only=True)
class DefinitionDraft:
    """The draft of a key."""

    source: bytes
    #: Its ``ETag``.
    version: int
    editor: str
    edited_at: datetime


class DefinitionQueries:
    """Reads definitions from the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def summaries(self, kind: DefinitionKind) -> list[DefinitionSummary]:
        """Every key of a kind, by key."""
        return [DefinitionSummary(**row) for row in await self._database.fetch(_SUMMARIES, kind)]

    async def versions(self, kind: DefinitionKind, key: str) -> list[DefinitionVersion]:
        """All versions of a key, the newest first; empty when nothing was published."""
        rows = await self._database.fetch(_VERSIONS, kind, key)
        return [DefinitionVersion(**{**row, "state": VersionState(row["state"])}) for row in rows]

    async def source(self, kind: DefinitionKind, key: str, number: int) -> bytes:
        """The stored bytes of a version. Raises ``NotFound``."""
        source: bytes | None = await self._database.fetchval(_SOURCE, kind, key, number)
        if source is None:
            raise _not_found(key, f"version {number}")
        return source

    async def by_sha(self, kind: DefinitionKind, shas: Collection[bytes]) -> Mapping[bytes, NamedSource]:
        """Hash → what is stored under it, of versions in any state; hashes that nobody published are left out."""
        rows = await self._database.fetch(_STORED, kind, list(shas))
        return {row["sha"]: NamedSource(name=row["name"], source=row["source"]) for row in rows}

    async def draft(self, kind: DefinitionKind, key: str) -> DefinitionDraft:
        """The draft of a key. Raises ``NotFound``."""
        draft = await self.find_draft(kind, key)
        if draft is None:
            raise _not_found(key, "a draft")
        return draft

    async def find_draft(self, kind: DefinitionKind, key: str) -> DefinitionDraft | None:
        """The draft of a key, if there is one."""
        row = await self._database.fetchrow(_DRAFT, kind, key)
        return None if row is None else DefinitionDraft(**row)

    async def examples(self, key: str) -> KeptExamples:
        """The examples of a decision model; none where nobody kept any."""
        row = await self._database.fetchrow(_EXAMPLES, key)
        if row is None:
            return KeptExamples(version=0, items=())
        return KeptExamples(version=row["version"], items=_examples(row["examples"]))

    async def published_examples(self, key: str, number: int) -> Sequence[DecisionExample]:
        """Those that a version was published with; empty for versions that never were."""
        return _examples(await self._database.fetchval(_PUBLISHED_EXAMPLES, key, number) or "[]")


def _examples(text: str) -> tuple[DecisionExample, ...]:
    return tuple(DecisionExample(**example) for example in json_value(text))


async def published_sources(connection: asyncpg.Connection, kind: DefinitionKind) -> Mapping[str, tuple[bytes, bytes]]:
    """Key → hash and bytes of the latest published version, as the open transaction sees it."""
    rows = await connection.fetch(_PUBLISHED, kind)
    return {row["key"]: (row["sha"], row["source"]) for row in rows}


async def newest_by_tag(connection: asyncpg.Connection, kind: DefinitionKind) -> list[PublishedVersion]:
    """Of each key the newest published version with each tag, older versions first, as the open transaction sees it."""
    return [PublishedVersion(**row) for row in await connection.fetch(_NEWEST_BY_TAG, kind)]


async def stored_versions(connection: asyncpg.Connection, kind: DefinitionKind) -> list[StoredVersion]:
    """Every version of every key, retired ones too, by key and number, as the open transaction sees them."""
    rows = await connection.fetch(_ALL, kind)
    return [StoredVersion(**{**row, "state": VersionState(row["state"])}) for row in rows]


async def sources_of(connection: asyncpg.Connection, shas: Collection[bytes]) -> Mapping[bytes, bytes]:
    """Hash → bytes of the versions with these hashes, as the open transaction sees them."""
    rows = await connection.fetch(_SOURCES, list(shas)) if shas else []
    return {row["sha"]: row["source"] for row in rows}


def _not_found(key: str, what: str) -> NotFound:
    return NotFound("definition_not_found", f"{key}：没有找到", f"Expected {what} of {key}, but there is none")
