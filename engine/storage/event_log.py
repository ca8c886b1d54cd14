"""Reading and verifying the stored chains."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import asyncpg

from engine.events import Recorded
from engine.log import BrokenLink, Entry, EventCatalogue, link, security_link
from engine.log.verification import StoredEntry, Verifier
from engine.storage.database import Database

PIECE = 5_000

_EVENTS = """
select tree, seq, type, version, at, actor, payload, hash from event
where tree = $1 and seq > $2 order by seq limit $3
"""
_HEAD = "select seq, hash from tree where id = $1"
_TREES = "select id from tree where id > $1 order by id limit $2"
_SECURITY = """
select seq, type, 1 as version, at, actor, payload, hash from security_event
where seq > $1 order by seq limit $2
"""
_SECURITY_HEAD = "select seq, hash from security_head"


class EventLog:
    """The log of every tree and the security chain."""

    def __init__(self, database: Database, catalogue: EventCatalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    async def events(self, tree: int, *, after: int = 0, limit: int = PIECE) -> list[Recorded]:
        """Events of a tree in order. Raises ``UnknownEvent`` for one this program does not know."""
        return [self.recorded(row) for row in await self._database.fetch(_EVENTS, tree, after, limit)]

    def recorded(self, row: asyncpg.Record) -> Recorded:
        """The event of a stored row with the columns of the log."""
        return Recorded(
            tree=row["tree"],
            seq=row["seq"],
            at=row["at"],
            actor=row["actor"],
            event=self._catalogue.decode(row["type"], row["version"], row["payload"]),
            payload=row["payload"].encode(),
            hash=row["hash"],
        )

    async def trees(self) -> AsyncIterator[int]:
        """Ids of all trees."""
        last = 0
        while rows := await self._database.fetch(_TREES, last, PIECE):
            for row in rows:
                yield row["id"]
            last = rows[-1]["id"]

    async def verify_tree(self, tree: int) -> Sequence[BrokenLink]:
        """Where a tree's chain does not hold; empty when it does."""
        # The head first: what is appended meanwhile lies behind it and is left out.
        head = await self._database.fetchrow(_HEAD, tree)
        seq, hash_ = (head["seq"], head["hash"]) if head else (0, bytes(32))
        verifier = Verifier(f"tree {tree}", lambda previous, entry: link(previous, tree, entry))
        last = 0
        while last < seq and (rows := await self._database.fetch(_EVENTS, tree, last, min(PIECE, seq - last))):
            verifier.follow(map(_stored, rows))
            last = rows[-1]["seq"]
        return verifier.finish(seq, hash_)

    async def verify_security(self) -> Sequence[BrokenLink]:
        """Where the security chain does not hold; empty when it does."""
        head = await self._database.fetchrow(_SECURITY_HEAD)
        seq, hash_ = (head["seq"], head["hash"]) if head else (0, bytes(32))
        verifier = Verifier("security", security_link)
        last = 0
        while last < seq and (rows := await self._database.fetch(_SECURITY, last, min(PIECE, seq - last))):
            verifier.follow(map(_stored, rows))
            last = rows[-1]["seq"]
        return verifier.finish(seq, hash_)


def _stored(row: asyncpg.Record) -> StoredEntry:
    entry = Entry(
        seq=row["seq"],
        type=row["type"],
        version=row["version"],
        at=row["at"],
        actor=row["actor"],
        payload=row["payload"].encode(),
    )
    return StoredEntry(entry=entry, hash=row["hash"])
