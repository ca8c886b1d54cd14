"""Claiming deadlines that are to warn, each by one watch at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock
from engine.storage.database import Database

#: After this long without an effect a claim is void and somebody else may claim; so is one that was refused.
LEASE = timedelta(seconds=15)

_CLAIM = "select tree, deadline from claim_warnings($1, $2, $3)"
_NEXT_DUE = """
select warn_at - coalesce($1::timestamptz, clock_timestamp()) from deadline
where ending is null and not has_warned and not is_paused and warn_at is not null
  and (leased_until is null or leased_until <= clock_timestamp() or leased_for <> warn_at)
order by warn_at limit 1
"""


@dataclass(frozen=True, slots=True)
class ClaimedWarning:
    """A deadline that is to warn."""

    tree: int
    deadline: int


class WarningClaims:
    """Claims by case time; leases run by the database's clock, whatever the case time."""

    def __init__(self, database: Database, clock: Clock, lease: timedelta = LEASE) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease

    async def claim(self, most: int) -> list[ClaimedWarning]:
        """The deadlines that are to warn first and nobody holds; now held by the caller. Raises ``Unavailable``."""
        async with self._database.unit_of_work() as uow:
            rows = await uow.fetch(_CLAIM, self._clock.moment(), most, self._lease.total_seconds())
        return [ClaimedWarning(*row) for row in rows]

    async def next_due(self) -> timedelta | None:
        """Time until the next deadline warns that nobody holds; ``None`` when none will. Raises ``Unavailable``."""
        wait: timedelta | None = await self._database.fetchval(_NEXT_DUE, self._clock.moment())
        return wait
