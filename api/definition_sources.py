"""Which file of a definition somebody means: one that is posted, that of a version, or the draft."""

from __future__ import annotations

from typing import Any, Protocol

from api.routes import Call
from engine.definitions import DefinitionKind


class Meant(Protocol):
    """Where a body says so; a posted file goes before a version."""

    @property
    def version(self) -> int | None: ...
    @property
    def source(self) -> str | None: ...


async def source_of(call: Call[Any, Any], kind: DefinitionKind, key: str, meant: Meant) -> bytes:
    """The posted file, that of the version, or else the draft. Raises ``NotFound``."""
    if meant.source is not None:
        return meant.source.encode()
    definitions = call.platform.definitions
    if meant.version is not None:
        return await definitions.source(kind, key, meant.version)
    return (await definitions.draft(kind, key)).source
