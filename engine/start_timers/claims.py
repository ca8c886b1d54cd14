"""Claiming timers of processes that are due, each by one worker at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock
from engine.storage.database import Database
from engine.timers import LEASE

_CLAIM = "select process, place, lease from claim_start_timers($1, $2, $3)"
_NEXT_DUE = """
select t.due_at - coalesce($1::timestamptz, clock_timestamp()) from start_timer t
where t.leased_until is null or t.leased_until <= clock_timestamp()
order by t.due_at limit 1
"""


@dataclass(frozen=True, slots=True)
class ClaimedStartTimer:
    """A timer of a process that is due, held under a lease."""

    process: str
    place: int
    #: How often it has been claimed.
    lease: int


class StartTimerClaims:
    """Claims by case time; leases run by the database's clock, whatever the case time."""

    def __init__(self, database: Database, clock: Clock, lease: timedelta = LEASE) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease

    async def claim(self, most: int) -> list[ClaimedStartTimer]:
        """The timers due first that nobody holds; now held by the caller. Raises ``Unavailable``."""
        async with self._database.unit_of_work() as uow:
            rows = await uow.fetch(_CLAIM, self._clock.moment(), most, self._lease.total_seconds())
        return [ClaimedStartTimer(*row) for row in rows]

    async def next_due(self) -> timedelta | None:
        """Time until the next timer is due that nobody holds; ``None`` when there is none. Raises ``Unavailable``."""
        wait: timedelta | None = await self._database.fetchval(_NEXT_DUE, self._clock.moment())
        return wait
