"""What each definition uses and what uses it, in what is published: diagrams, decisions, forms, and the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import asyncpg

from engine.clock import Clock
from engine.decisions import Binding
from engine.definitions import DefinitionKind, DefinitionQueries, published_sources
from engine.errors import Refusal
from engine.spiff import Use, UseKind, uses_of
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork
from guiliu.memory import Memory
from guiliu.present import Present
from processes.cases import CHANNELS, PROCESS_DECISION, Selection, selection

_USE_OF_KIND: Mapping[DefinitionKind, UseKind] = {
    DefinitionKind.PROCESS: UseKind.PROCESS,
    DefinitionKind.DECISION: UseKind.DECISION,
    DefinitionKind.FORM: UseKind.FORM,
}


@dataclass(frozen=True, kw_only=True)
class User:
    """A published diagram that names what is asked about, at one element."""

    process: str
    use: Use


@dataclass(frozen=True, kw_only=True)
class BoundCategory:
    """A sub-category whose cases start the process."""

    subcategory: str
    name: str
    #: By which its reports come; empty for all.
    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Uses:
    """Both directions."""

    uses: Sequence[Use]
    used_by: Sequence[User]
    categories: Sequence[BoundCategory]


class DefinitionUses:
    """Looks through what is published."""

    def __init__(self, database: Database, memory: Memory, clock: Clock) -> None:
        self._database = database
        self._memory = memory
        self._present = Present(database, clock, memory.city.zone)
        self._definitions = DefinitionQueries(database)

    async def of(self, kind: DefinitionKind, key: str, number: int | None = None) -> Uses:
        """Of a version, else of the newest, else of the draft. Raises ``NotFound``."""
        source = await self._source(kind, key, number)
        async with self._database.reading() as connection:
            processes = await published_sources(connection, DefinitionKind.PROCESS)
            chosen = await self._selection(connection) if kind is DefinitionKind.PROCESS else {}
        named = await asyncio.to_thread(self._names, kind, key, source)
        return Uses(
            uses=uses_of(source) if kind is DefinitionKind.PROCESS else (),
            used_by=await asyncio.to_thread(_users, kind, named, processes),
            categories=self._categories(chosen.get(key, {})),
        )

    async def handled(self, process: str) -> frozenset[str]:
        """The sub-categories whose cases run a process: begun by it, or by one that calls it, also through others."""
        async with self._database.reading() as connection:
            processes = await published_sources(connection, DefinitionKind.PROCESS)
            chosen = await self._selection(connection)
        calling = await asyncio.to_thread(_calling, process, processes)
        return frozenset(subcategory for key in calling for subcategory in chosen.get(key, {}))

    async def users(self, kind: DefinitionKind, key: str, tag: str | None, uow: UnitOfWork) -> Sequence[str]:
        """Who would miss a definition, or its newest version with a tag; implements ``engine.definitions.Users``."""
        processes = await published_sources(uow.connection, DefinitionKind.PROCESS)
        own = await published_sources(uow.connection, kind)
        named = await asyncio.to_thread(self._names, kind, key, own[key][1] if key in own else b"")
        users = await asyncio.to_thread(_users, kind, named, processes)
        wanted = {user.process for user in users if user.process != key and _takes(user.use, tag)}
        found = [f"process {process}" for process in sorted(wanted)]
        if tag is None:
            found += await self._city(kind, key, named, uow.connection)
        return found

    async def _city(
        self, kind: DefinitionKind, key: str, named: Collection[str], connection: asyncpg.Connection
    ) -> list[str]:
        """What the city itself asks for, whatever the diagrams say."""
        if kind is DefinitionKind.DECISION:
            return [f"decision {PROCESS_DECISION}"] if PROCESS_DECISION in named else []
        if kind is not DefinitionKind.PROCESS:
            return []
        bound = (await self._selection(connection)).get(key, {})
        return [f"{len(bound)} subcategories"] if bound else []

    async def _source(self, kind: DefinitionKind, key: str, number: int | None) -> bytes:
        if number is None:
            versions = await self._definitions.versions(kind, key)
            published = (version.number for version in versions if version.state == "published")
            number = next(published, None)
        if number is None:
            return (await self._definitions.draft(kind, key)).source
        return await self._definitions.source(kind, key, number)

    def _names(self, kind: DefinitionKind, key: str, source: bytes) -> Collection[str]:
        """The names by which a definition is called: a decision model by those of its decisions."""
        if kind is not DefinitionKind.DECISION:
            return {key}
        try:
            return self._memory.checks.load_decisions(source).decisions
        except Refusal:
            return ()

    async def _selection(self, connection: asyncpg.Connection) -> Selection:
        decisions = await self._memory.decisions.read(connection)
        subcategories = [each.key for each in self._memory.live.in_force.catalogue.subcategories]
        return await asyncio.to_thread(
            selection,
            decisions.latest(PROCESS_DECISION),
            self._memory.city.process,
            subcategories,
            await self._present.evaluation(),
        )

    def _categories(self, bound: Mapping[str, tuple[str, ...]]) -> list[BoundCategory]:
        names = {each.key: each.name for each in self._memory.live.in_force.catalogue.subcategories}
        return [
            BoundCategory(
                subcategory=subcategory,
                name=names.get(subcategory, subcategory),
                channels=() if len(channels) == len(CHANNELS) else channels,
            )
            for subcategory, channels in bound.items()
        ]


def _users(kind: DefinitionKind, named: Collection[str], processes: Mapping[str, tuple[bytes, bytes]]) -> list[User]:
    return list(_found(_USE_OF_KIND[kind], named, processes))


def _found(kind: UseKind, named: Collection[str], processes: Mapping[str, tuple[bytes, bytes]]) -> Iterator[User]:
    for process, (_, source) in processes.items():
        for use in uses_of(source):
            if use.kind is kind and use.key in named:
                yield User(process=process, use=use)


def _calling(process: str, processes: Mapping[str, tuple[bytes, bytes]]) -> Collection[str]:
    """The process itself and all that call it, also through others."""
    found, added = {process}, {process}
    while added:
        added = {user.process for user in _found(UseKind.PROCESS, added, processes)} - found
        found |= added
    return found


def _takes(use: Use, tag: str | None) -> bool:
    """Whether the use takes what is newest, or what bears the tag."""
    by_tag = use.binding == Binding.VERSION_TAG
    return use.tag == tag if tag is not None else not by_tag
