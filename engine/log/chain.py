"""The hash chains: every event carries SHA-256 over its predecessor's hash and its own canonical bytes.

Canonical bytes are a header line (kind, place, type, version, microseconds since 1970, length of the actor's id),
the actor's id and the exact payload text. ``security_hash`` in the schema makes the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

#: The hash before the first event.
GENESIS = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class BrokenLink:
    """Where a chain does not hold, and how."""

    #: ``tree 42`` or ``security``.
    chain: str
    seq: int
    message_zh: str
    message_en: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event as the chain sees it."""

    seq: int
    type: str
    version: int
    at: datetime
    actor: str
    payload: bytes


def link(previous: bytes, tree: int, entry: Entry) -> bytes:
    """The hash of an event of a tree."""
    return _digest(previous, f"event {tree} {entry.seq} {entry.type} {entry.version}", entry)


def security_link(previous: bytes, entry: Entry) -> bytes:
    """The hash of a line of the security chain."""
    return _digest(previous, f"security {entry.seq} {entry.type} {entry.version}", entry)


def _digest(previous: bytes, place: str, entry: Entry) -> bytes:
    actor = entry.actor.encode()
    microseconds = (entry.at - _EPOCH) // _MICROSECOND
    return hashlib.sha256(previous + f"{place} {microseconds} {len(actor)}\n".encode() + actor + entry.payload).digest()
