"""The compiled diagrams of one process: each compiled once by hash, shared by all commands, never changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import asyncpg

from engine.definition import DefinitionView
from engine.definitions.english import EnglishNames
from engine.definitions.kinds import DefinitionKind
from engine.definitions.queries import newest_by_tag
from engine.errors import NotFound, Refusal


class Compiled(Protocol):
    """What a compiler makes of a diagram."""

    @property
    def view(self) -> DefinitionView:
        """Its declarations."""
        ...


D = TypeVar("D", bound=Compiled)


@dataclass(frozen=True, kw_only=True)
class Published:
    """Hashes of the versions that are used when something begins."""

    #: By key.
    latest: Mapping[str, bytes] = field(default_factory=dict)
    #: By key and version tag, which may be empty.
    tagged: Mapping[tuple[str, str], bytes] = field(default_factory=dict)


class Growing(Protocol):
    """A library that takes up what it misses."""

    def add(self, sha: bytes, source: bytes) -> None:
        """Compile a stored source unless it is known. Raises the compiler's refusal."""
        ...


class MissingDefinition(Exception):
    """A tree runs a version that a library of this process has not compiled yet."""

    def __init__(self, sha: bytes, library: Growing) -> None:
        super().__init__(sha.hex())
        self.sha = sha
        self.library = library


class Library(Generic[D]):
    """Implements ``engine.handling.Definitions``, and is the part of the snapshot that knows what is published."""

    def __init__(self, compile_source: Callable[[bytes], D]) -> None:
        self._compile = compile_source
        self._by_sha: dict[bytes, D] = {}
        self._published = Published()
        self._english: EnglishNames | None = None
        #: Published versions that this program refuses, by hash; using one raises the refusal.
        self.refused: dict[bytes, Refusal] = {}

    def add(self, sha: bytes, source: bytes) -> None:
        """Compile a stored diagram unless it is known. Raises the compiler's refusal."""
        if sha not in self._by_sha:
            self._by_sha[sha] = self._compile(source)

    def compiled(self, sha: bytes) -> D:
        """A compiled version. Raises ``MissingDefinition``, or the refusal of one that cannot be compiled."""
        if sha in self.refused:
            raise self.refused[sha]
        try:
            return self._by_sha[sha]
        except KeyError:
            raise MissingDefinition(sha, self) from None

    def latest_compiled(self, key: str) -> D:
        """The latest published version. Raises ``NotFound``."""
        sha = self._published.latest.get(key)
        if sha is None:
            raise NotFound(
                "definition_not_published",
                f"流程 {key} 尚未发布",
                f"Expected a published definition {key}, but none is",
            )
        return self.compiled(sha)

    def tagged_compiled(self, key: str, tag: str) -> D:
        """The latest published version with a tag. Raises ``NotFound``."""
        sha = self._published.tagged.get((key, tag))
        if sha is None:
            raise NotFound(
                "definition_not_published",
                f"流程 {key} 没有标签为 {tag} 的已发布版本",
                f'Expected a published definition {key} tagged "{tag}", but none is',
            )
        return self.compiled(sha)

    def keys(self) -> tuple[str, ...]:
        """Keys that have a published version."""
        return tuple(self._published.latest)

    def latest(self, key: str) -> DefinitionView:
        """Declarations of the latest published version. Raises ``NotFound``."""
        return self.latest_compiled(key).view

    def name_en(self, element: str, name: str) -> str:
        """What published diagrams call an element of this name in English, the latest first; empty where none does."""
        if self._english is None:
            self._english = EnglishNames(self._published_views())
        return self._english.of(element, name)

    def _published_views(self) -> Iterator[DefinitionView]:
        """The latest versions by key, then the others that a tag names; without what this program refuses."""
        latest, tagged = self._published.latest, self._published.tagged
        shas = dict.fromkeys([*(latest[key] for key in sorted(latest)), *(tagged[place] for place in sorted(tagged))])
        return (self._by_sha[sha].view for sha in shas if sha in self._by_sha and sha not in self.refused)

    def by_sha(self, sha: bytes) -> DefinitionView:
        """Declarations of any version compiled here. Raises ``MissingDefinition``."""
        return self.compiled(sha).view

    async def read(self, connection: asyncpg.Connection) -> Published:
        """Compile what is published now. One that is refused does not keep the others from running."""
        versions = await newest_by_tag(connection, DefinitionKind.PROCESS)
        for version in versions:
            try:
                await asyncio.to_thread(self.add, version.sha, version.source)
            except Refusal as refusal:
                self.refused[version.sha] = refusal
        return Published(
            latest={version.key: version.sha for version in versions},
            tagged={(version.key, version.tag): version.sha for version in versions},
        )

    def of(self, content: Published) -> Library[D]:
        """This library as it would be with other versions published."""
        other = copy(self)
        other.replace(content)
        return other

    def replace(self, content: Published) -> None:
        """Use these as the published versions from now on."""
        self._published = content
        self._english = None
