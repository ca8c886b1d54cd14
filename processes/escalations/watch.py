"""Lets deadlines warn whose moment has come.

Which are left is in the rows themselves, so the work goes on where it stopped, whoever does it: one that has warned is
not found again, and of two watches that let the same one warn the second finds that it did.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

import asyncpg

from engine.actors import Actor
from engine.bus import Bus
from engine.clock import Clock
from engine.errors import Refusal, Unavailable
from engine.storage.database import Database
from processes.escalations.commands import WarnOfDeadline

_LOG = logging.getLogger(__name__)

WATCH = Actor(id="system:deadline", name="deadline", audience=None)
#: Deadlines looked for at a time.
AT_ONCE = 200
#: Cases moved at a time: most of a move is waiting for the database.
CONCURRENCY = 8

_DUE = """
select tree, id from deadline
where ending is null and not has_warned and not is_paused and warn_at <= coalesce($1::timestamptz, clock_timestamp())
order by warn_at limit $2
"""


_NEXT = """
select warn_at - coalesce($1::timestamptz, clock_timestamp()) from deadline
where ending is null and not has_warned and not is_paused and warn_at is not null order by warn_at limit 1
"""


class DeadlineWatch:
    """Looks for deadlines that are to warn, and has them do so."""

    def __init__(self, database: Database, bus: Bus, clock: Clock) -> None:
        self._database = database
        self._bus = bus
        self._clock = clock

    async def warn_due(self) -> int:
        """Let warn what is due to; how many warned. Raises ``Unavailable``."""
        warned = 0
        while due := await self._database.fetch(_DUE, self._clock.moment(), AT_ONCE):
            moved = await self._warn_all(due)
            warned += moved
            if moved < AT_ONCE:
                break
        return warned

    async def next_due(self) -> timedelta | None:
        """Time until the next deadline warns; ``None`` when none will. Raises ``Unavailable``."""
        wait: timedelta | None = await self._database.fetchval(_NEXT, self._clock.moment())
        return wait

    async def _warn_all(self, due: Sequence[asyncpg.Record]) -> int:
        places = asyncio.Semaphore(CONCURRENCY)
        by_tree = groupby(sorted(due, key=_tree), key=_tree)
        return sum(await asyncio.gather(*[self._warn_in_turn(list(rows), places) for _, rows in by_tree]))

    async def _warn_in_turn(self, rows: Iterable[asyncpg.Record], places: asyncio.Semaphore) -> int:
        """The deadlines of one case one after the other, because they would only get in each other's way."""
        async with places:
            return sum([await self._warn(row["tree"], row["id"]) for row in rows])

    async def _warn(self, tree: int, deadline: int) -> bool:
        try:
            await self._bus.handle(WarnOfDeadline(actor=WATCH, tree=tree, deadline=deadline))
        except Unavailable:
            raise
        except Refusal as refusal:
            # One case that cannot put up its ladder must not keep the others waiting.
            _LOG.warning("warning_refused", extra={"tree": tree, "deadline": deadline, "code": refusal.code})
            return False
        return True


def _tree(row: asyncpg.Record) -> int:
    tree: int = row["tree"]
    return tree
