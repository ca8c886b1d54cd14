"""What the bus asks of its storage: one load, one flush, per command.

Two stores keep this promise with the same outcome: PostgreSQL (``engine/storage``) and memory (dry runs, scenarios).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from engine.commands import IdempotencyKey
from engine.events import Recorded


class Conflict(Exception):
    """Somebody else changed the tree, took the key or moved the configuration meanwhile; load again and repeat."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a command answered; stored under its idempotency key and replayed to the letter."""

    #: ``created`` or ``done`` for success, else the kind of the refusal.
    outcome: str
    #: JSON object.
    body: bytes
    #: SHA-256 of the request that was answered.
    fingerprint: bytes = b""


class TreeHead(msgspec.Struct, frozen=True, kw_only=True):
    """The versioned root of one case tree."""

    #: 1, 2, 3 …; each committed command on the tree adds one.
    version: int
    #: Number of the last event.
    seq: int
    #: Hash of the last event, 32 bytes.
    hash: bytes
    #: Live engine state as written by ``LiveTree.dump``.
    state: bytes
    #: Ids of the rows that are still open, by table (``LISTED_TABLES``): by them a load finds its rows.
    open: Mapping[str, Sequence[int]] = {}


class LoadRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What one command needs to know; answered in one round trip."""

    tree: int
    key: IdempotencyKey | None = None
    #: A task that need not be open: loaded beside the open ones so that it can be spoken of.
    task: int | None = None


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """One consistent picture of a tree."""

    #: Version of the configuration (definitions, permissions, catalogue, settings) at this moment.
    epoch: int
    #: Case time of the command.
    now: datetime
    #: ``None`` when there is no such tree.
    head: TreeHead | None = None
    #: The answer already given under the command's key.
    answered: Answer | None = None
    #: Rows by table: the open ones of the listed tables, and the city's rows of this tree.
    rows: Mapping[str, Mapping[int, Any]] = {}


class Flush(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one command changes; written whole or not at all."""

    tree: int
    #: Version that was loaded; 0 for a new tree.
    version: int
    epoch: int
    now: datetime
    #: ``None`` leaves the head as it is (claims, refusals): then nothing is version checked.
    head: TreeHead | None = None
    events: Sequence[Recorded] = ()
    #: Changed rows by table.
    rows: Mapping[str, Sequence[tuple[int, Any]]] = {}
    key: IdempotencyKey | None = None
    answer: Answer | None = None
    #: ``Actor.id`` of who acted; the author of the security lines.
    actor: str = ""
    #: Lines for the security chain: (type, payload).
    security: Sequence[tuple[str, Mapping[str, Any]]] = ()


class Store(Protocol):
    """Loads and flushes trees."""

    async def load(self, request: LoadRequest) -> Loaded:
        """One consistent picture, in one round trip. Raises ``Unavailable`` when storage cannot be reached in time."""
        ...

    async def flush(self, flush: Flush) -> None:
        """Write and commit. Raises ``Conflict`` and changes nothing when version, key or epoch moved."""
        ...

    async def definition_source(self, sha: bytes) -> bytes:
        """The stored diagram. Raises ``NotFound``."""
        ...
