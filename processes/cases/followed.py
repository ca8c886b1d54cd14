"""What was folded of the logs of cases before, kept so that nobody folds a long past twice."""

from __future__ import annotations

from dataclasses import dataclass

from engine.storage.database import Database

_KEPT = "select seq, content from followed_diagram where tree = $1"
_KEEP = """
insert into followed_diagram (tree, seq, content) values ($1, $2, $3)
on conflict (tree) do update set seq = excluded.seq, content = excluded.content
where followed_diagram.seq < excluded.seq
"""


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A log folded up to an event."""

    #: Number of the last event that is folded in; 0 for none.
    seq: int
    #: JSON text of whoever folded it.
    content: bytes


class FollowedDiagrams:
    """Finds and keeps what was folded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, case: int) -> Followed | None:
        """What was kept last; ``None`` when nothing was. Raises ``Unavailable``."""
        row = await self._database.fetchrow(_KEPT, case)
        return None if row is None else Followed(seq=row["seq"], content=row["content"].encode())

    async def keep(self, case: int, followed: Followed) -> None:
        """Keep it, unless somebody kept more meanwhile. Raises ``Unavailable``."""
        async with self._database.unit_of_work() as uow:
            await uow.execute(_KEEP, case, followed.seq, followed.content.decode())
