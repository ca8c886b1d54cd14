"""What is stored of registers, read by whoever has a connection or a pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from processes.contents import Lines

#: Chunks that one query brings; between queries the reader may turn lines into rows.
CHUNKS_AT_ONCE = 50

_HEADS = """
select distinct on (v.register) v.register, v.number, v.digest, v.published_by, v.published_at, t.line_count
from register_version v join register_content t on t.digest = v.digest
order by v.register, v.number desc
"""
_CHUNKS = """
select c.lines from register_content t
cross join lateral unnest(t.chunks[$2:$3]) with ordinality as u(sha, place) join register_chunk c on c.sha = u.sha
where t.digest = $1 order by u.place
"""


class Reader(Protocol):
    """A connection or a pool."""

    async def fetch(self, sql: str, *arguments: Any) -> Sequence[Any]:
        """All rows of a query."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The version of a register that is in force."""

    register: str
    number: int
    digest: bytes
    published_by: str
    published_at: datetime
    line_count: int


async def read_heads(reader: Reader) -> dict[str, Head]:
    """The version in force of every register that has one."""
    return {row["register"]: Head(**row) for row in await reader.fetch(_HEADS)}


async def lines_of_content(reader: Reader, digest: bytes) -> Lines:
    """The lines of a content, in order."""
    lines: list[str] = []
    begin = 1
    while texts := await reader.fetch(_CHUNKS, digest, begin, begin + CHUNKS_AT_ONCE - 1):
        for row in texts:
            lines += row["lines"].split("\n")
        begin += CHUNKS_AT_ONCE
    return tuple(lines)
