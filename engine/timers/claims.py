"""Claiming timers that are due, each by one worker at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock
from engine.storage.database import Database

#: After this long without an effect a claim is void and somebody else may claim.
LEASE = timedelta(seconds=15)

_CLAIM = "select tree, timer, lease from claim_timers($1, $2, $3)"
_NEXT_DUE = """
select t.due_at - coalesce($1::timestamptz, clock_timestamp()) from timer t
where t.state = 'armed' and (t.leased_until is null or t.leased_until <= clock_timestamp())
order by t.due_at limit 1
"""


@dataclass(frozen=True, slots=True)
class ClaimedTimer:
    """A timer that is due, held under a lease."""

    tree: int
    timer: int
    #: How often it has been claimed.
    lease: int


class TimerClaims:
    """Claims by case time; leases run by the database's clock, whatever the case time."""

    def __init__(self, database: Database, clock: Clock, lease: timedelta = LEASE) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease

    async def claim(self, most: int) -> list[ClaimedTimer]:
        """The timers due first that nobody holds; now held by the caller. Raises ``Unavailable``."""
        async with self._database.unit_of_work() as uow:
            rows = await uow.fetch(_CLAIM, self._clock.moment(), most, self._lease.total_seconds())
        return [ClaimedTimer(*row) for row in rows]

    async def next_due(self) -> timedelta | None:
        """Time until the next timer is due that nobody holds; ``None`` when there is none. Raises ``Unavailable``."""
        wait: timedelta | None = await self._database.fetchval(_NEXT_DUE, self._clock.moment())
        return wait
