"""The compiled diagrams of one process: each compiled once by hash, shared by all commands, never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from engine.definition import DefinitionView
from engine.errors import NotFound


class Compiled(Protocol):
    """What a compiler makes of a diagram."""

    @property
    def view(self) -> DefinitionView:
        """Its declarations."""
        ...


D = TypeVar("D", bound=Compiled)


class MissingDefinition(Exception):
    """A tree runs a version that this process has not compiled yet."""

    def __init__(self, sha: bytes) -> None:
        super().__init__(sha.hex())
        self.sha = sha


class Library(Generic[D]):
    """Implements ``engine.handling.Definitions`` over a cache of compiled diagrams."""

    def __init__(self, compile_source: Callable[[bytes], D]) -> None:
        self._compile = compile_source
        self._by_sha: dict[bytes, D] = {}
        self._latest: Mapping[str, bytes] = {}

    def add(self, sha: bytes, source: bytes) -> D:
        """Compile a stored diagram, once. Raises what the compiler raises."""
        compiled = self._by_sha.get(sha)
        if compiled is None:
            compiled = self._by_sha[sha] = self._compile(source)
        return compiled

    def publish(self, latest: Mapping[str, bytes]) -> None:
        """Replace which version of each key is the latest; all of them must have been added."""
        self._latest = dict(latest)

    def knows(self, sha: bytes) -> bool:
        """Whether a version has been compiled here."""
        return sha in self._by_sha

    def compiled(self, sha: bytes) -> D:
        """A compiled version. Raises ``MissingDefinition``."""
        try:
            return self._by_sha[sha]
        except KeyError:
            raise MissingDefinition(sha) from None

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
