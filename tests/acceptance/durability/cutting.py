"""A way to the database that is cut at commits, so that a server cannot know whether it has committed.

It understands just enough of PostgreSQL's protocol to see a commit go by: ``COMMIT`` itself, and the one statement that
writes and commits a command on a case.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import parse_qs, urlsplit, urlunsplit

_LENGTH = struct.Struct("!I")
_START_UP = 3 << 16
_READY = b"Z\x00\x00\x00\x05"
_WRITES_AND_COMMITS = b"flush_tree("


class Cut(Enum):
    """Where the way is cut."""

    #: The commit never reaches the database.
    BEFORE = "before the commit"
    #: The database commits, but nobody is told.
    AFTER = "after the commit"


@dataclass
class Cutter:
    """Cuts every so many commits."""

    cut: Cut
    every: int
    commits: int = 0
    cuts: int = 0

    def is_due(self) -> bool:
        """Whether the commit that goes by now is to be cut."""
        self.commits += 1
        if self.commits % self.every:
            return False
        self.cuts += 1
        return True


@asynccontextmanager
async def cut_way(database_url: str, cutter: Cutter) -> AsyncIterator[str]:
    """The address of the same database over a way that the cutter cuts."""
    ways: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ways.add(way := asyncio.create_task(_Way(cutter).carry(database_url, reader, writer)))
        way.add_done_callback(ways.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    parts = urlsplit(database_url)
    user = parts.netloc.rpartition("@")[0] or "postgres"
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield urlunsplit((parts.scheme, f"{user}@127.0.0.1:{port}", parts.path, "", ""))
        for way in tuple(ways):
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


@dataclass
class _Way:
    """One connection."""

    cutter: Cutter
    #: Names of prepared statements that write and commit.
    committing: set[bytes] = field(default_factory=set)
    #: The transaction that is open writes nothing, so its commit is none to be unsure of.
    is_reading: bool = False
    #: The answer to what went by last is to be swallowed.
    is_swallowing: bool = False
    _pending: bytes = b""
    _is_open: bool = False

    async def carry(self, url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry bytes both ways until one side ends or the way is cut."""
        to_database, from_database = await _connect(url)
        there = asyncio.create_task(self._there(reader, from_database))
        back = asyncio.create_task(self._back(to_database, writer))
        try:
            await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (there, back):
                task.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            for end in (writer, from_database):
                end.close()
                with suppress(ConnectionError):
                    await end.wait_closed()

    async def _there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            if any([self._cuts_at(kind, content) for kind, content in self._messages(data)]):
                if self.cutter.cut is Cut.BEFORE:
                    return
                self.is_swallowing = True
            writer.write(data)
            await writer.drain()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            if self.is_swallowing:
                if _READY in data:
                    return
                continue
            writer.write(data)
            await writer.drain()

    def _messages(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """What the client says from here on, message by message."""
        self._pending += data
        while len(self._pending) >= (begin := 1 if self._is_open else 0) + 4:
            end = begin + _LENGTH.unpack_from(self._pending, begin)[0]
            if len(self._pending) < end:
                return
            kind, content = self._pending[:begin], self._pending[begin + 4 : end]
            self._pending = self._pending[end:]
            if begin:
                yield kind, content
            elif _LENGTH.unpack_from(content)[0] == _START_UP:
                self._is_open = True

    def _cuts_at(self, kind: bytes, content: bytes) -> bool:
        first, _, rest = content.partition(b"\0")
        if kind == b"P" and _WRITES_AND_COMMITS in rest:
            self.committing.add(first)
        if kind == b"Q" and first.upper().startswith(b"BEGIN"):
            self.is_reading = b"READ ONLY" in first.upper()
        is_commit = (kind == b"B" and rest.partition(b"\0")[0] in self.committing) or (
            kind == b"Q" and first.upper().startswith(b"COMMIT") and not self.is_reading
        )
        return is_commit and self.cutter.is_due()


async def _connect(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    port = parts.port or 5432
    if folder := parse_qs(parts.query).get("host"):
        return await asyncio.open_unix_connection(f"{folder[0]}/.s.PGSQL.{port}")
    return await asyncio.open_connection(parts.hostname, port)
