"""Claiming deliveries that are due, each by one worker at a time and in the order of its tree and target."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import asyncpg

from engine.clock import Clock
from engine.deliveries.circuits import Circuits
from engine.deliveries.jobs import Job
from engine.jsontext import json_value
from engine.storage.database import Database

#: After this long without an effect a claim is void and somebody else may claim.
LEASE = timedelta(seconds=60)

_CLAIM = """
select d.tree, d.id as delivery, d.lease, d.lost, d.target, d.topic, d.element, d.payload, d.headers, d.requested_at,
       d.attempts, d.revision, coalesce(c.failures, 0) as failures
from claim_deliveries($1, $2::text[], $3, $4) d left join target_circuit c on c.target = d.target
"""
_NEXT_DUE = """
select d.next_at - coalesce($1::timestamptz, clock_timestamp()) from delivery d
where d.state = 'open' and d.next_at > coalesce($1::timestamptz, clock_timestamp())
order by d.next_at limit 1
"""


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A delivery that is to be sent, held under a lease."""

    job: Job
    #: How often it has been claimed.
    lease: int
    #: How many of its claims in a row ended without a result, because whoever held one died.
    lost: int = 0
    #: How many tries in a row its target did not answer.
    failures: int = 0


class DeliveryClaims:
    """Claims by case time; leases run by the database's clock, whatever the case time."""

    def __init__(self, database: Database, clock: Clock, lease: timedelta = LEASE) -> None:
        self._database = database
        self._clock = clock
        self.lease = lease

    async def claim(self, most: int, busy: Collection[str] = ()) -> list[ClaimedDelivery]:
        """What is due first and nobody holds, except to the ``busy`` targets. Raises ``Unavailable``."""
        async with self._database.unit_of_work() as uow:
            moment, seconds = self._clock.moment(), self.lease.total_seconds()
            rows = await uow.fetch(_CLAIM, moment, list(busy), most, seconds)
        return [_claimed(row) for row in rows]

    @property
    def circuits(self) -> Circuits:
        """Whom to leave alone."""
        return Circuits(self._database)

    async def next_due(self) -> timedelta | None:
        """Time until the next one is due; ``None`` when there is none. Raises ``Unavailable``."""
        wait: timedelta | None = await self._database.fetchval(_NEXT_DUE, self._clock.moment())
        return wait


def _claimed(row: asyncpg.Record) -> ClaimedDelivery:
    members = {**row, "payload": json_value(row["payload"]), "headers": json_value(row["headers"])}
    claim = {name: members.pop(name) for name in ("lease", "lost", "failures")}
    return ClaimedDelivery(Job(**members), **claim)
