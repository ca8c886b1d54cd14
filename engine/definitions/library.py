"""The compiled diagrams of one process: each compiled once by hash, shared by all commands, never changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

import asyncpg

from engine.definition import DefinitionView
from engine.definitions.kinds import DefinitionKind
from engine.definitions.queries import published_sources
from engine.errors import NotFound, Refusal


class Compiled(Protocol):
    """What a compiler makes of a diagram."""

    @property
    def view(self) -> DefinitionView:
        """Its declarations."""
        ...


D = TypeVar("D", bound=Compiled)


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
        self._latest: Mapping[str, bytes] = {}
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
        sha = self._latest.get(key)
        if sha is None:
            raise NotFound(
                "definition_not_published",
                f"流程 {key} 尚未发布",
                f"Expected a published definition {key}, but none is",
            )
        return self.compiled(sha)

    def keys(self) -> tuple[str, ...]:
        """Keys that have a published version."""
        return tuple(self._latest)

    def latest(self, key: str) -> DefinitionView:
        """Declarations of the latest published version. Raises ``NotFound``."""
        return self.latest_compiled(key).view

    def by_sha(self, sha: bytes) -> DefinitionView:
        """Declarations of any version compiled here. Raises ``MissingDefinition``."""
        return self.compiled(sha).view

    async def read(self, connection: asyncpg.Connection) -> Mapping[str, bytes]:
        """Compile what is published now; hash by key. One that is refused does not keep the others from running."""
        published = await published_sources(connection, DefinitionKind.PROCESS)
        for sha, source in published.values():
            try:
                await asyncio.to_thread(self.add, sha, source)
            except Refusal as refusal:
                self.refused[sha] = refusal
        return {key: sha for key, (sha, _) in published.items()}

    def replace(self, content: Mapping[str, bytes]) -> None:
        """Use these as the latest versions from now on."""
        self._latest = content
