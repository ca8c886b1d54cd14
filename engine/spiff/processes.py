"""The published processes, as far as calls and the lint ask for them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from engine.errors import NotFound

if TYPE_CHECKING:
    from engine.spiff.definition import Definition


class Processes(Protocol):
    """What is published at one moment."""

    def keys(self) -> Collection[str]:
        """Keys that have a published version."""
        ...

    def latest_compiled(self, key: str) -> Definition:
        """The latest published version. Raises ``NotFound``, or the refusal of one that cannot be compiled."""
        ...

    def tagged_compiled(self, key: str, tag: str) -> Definition:
        """The latest published version with a tag. Raises the same."""
        ...

    def compiled(self, sha: bytes) -> Definition:
        """Any version by its hash. Raises what makes the caller fetch it and try again."""
        ...


class _NoProcesses:
    """Where nothing is published."""

    def keys(self) -> Collection[str]:
        return ()

    def latest_compiled(self, key: str) -> Definition:
        raise NotFound("definition_not_published", f"流程 {key} 尚未发布", f"Expected a published definition {key}")

    def tagged_compiled(self, key: str, tag: str) -> Definition:
        return self.latest_compiled(f"{key}:{tag}")

    def compiled(self, sha: bytes) -> Definition:
        return self.latest_compiled(sha.hex())


NO_PROCESSES: Processes = _NoProcesses()
