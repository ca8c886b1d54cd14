"""Hands messages to those who wait for them; several may run, and one that dies is made good by any other."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

import asyncpg

from engine.actors import Actor
from engine.bus import Bus
from engine.clock import Clock
from engine.commands import Command, CorrelateMessage, IdempotencyKey
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.jsontext import json_value
from engine.messages.beginning import Beginning, Start
from engine.rounds import Rounds, whenever
from engine.storage.database import Database
from engine.storage.tree_ids import TreeIds

_LOG = logging.getLogger(__name__)

MESSAGE = Actor(id="system:message", name="message", audience=None)
#: Messages looked at in one round.
BATCH = 100

_WANTED = """
select m.id, m.name, m.variables, m.sender, m.refusals, m.begins, r.trees, r.subscriptions,
    starters_for(m.name, m.begins) as starters
from message m
cross join lateral (
    select array_agg(s.tree) as trees, array_agg(s.id) as subscriptions from (
        select tree, id from subscription s
        where m.begins is null and s.message = m.name and s.key = m.key and s.state = 'open' and s.kind = 'message'
        limit 2
    ) s
) r
where m.state = 'open' and m.is_wanted and m.expires_at > coalesce($1::timestamptz, clock_timestamp()) {one}
order by m.id limit $2
"""
_ALL, _ONE = _WANTED.format(one=""), _WANTED.format(one="and m.id = $3")


class MessageDeliverer:
    """Delivers what is wanted: to the one who waits, or to the one process that begins with it when nobody does."""

    def __init__(self, database: Database, bus: Bus, clock: Clock, beginning: Beginning, tree_ids: TreeIds) -> None:
        self._database = database
        self._bus = bus
        self._clock = clock
        self._beginning = beginning
        self._tree_ids = tree_ids

    async def deliver_wanted(self) -> int:
        """One round over what is wanted, oldest first; how many messages were looked at. Raises ``Unavailable``."""
        rows = await self._database.fetch(_ALL, self._clock.moment(), BATCH)
        for row in rows:
            await self._deliver(row)
        return len(rows)

    async def deliver(self, message: int) -> None:
        """Deliver one message, when somebody waits for it. Raises ``Unavailable``."""
        for row in await self._database.fetch(_ONE, self._clock.moment(), 1, message):
            await self._deliver(row)

    async def _deliver(self, row: asyncpg.Record) -> None:
        trees, starters = row["trees"] or [], row["starters"]
        refusal = None
        if len(trees) == 1:
            refusal = await self._hand_over(row, lambda: _correlation(row))
        elif not trees and len(starters) == 1:
            tree = await self._tree_ids.take()
            refusal = await self._hand_over(row, lambda: self._begin(row, tree))
        if len(trees or starters) != 1 or refusal is not None:
            async with self._database.unit_of_work() as uow:
                await uow.fetchval("select leave_message($1, $2)", row["id"], refusal)

    async def _hand_over(self, row: asyncpg.Record, made: Callable[[], Command]) -> str | None:
        """The code of the refusal, if the receiver could not take it."""
        crash_point("message.before_delivery")
        try:
            await self._bus.handle(made())
        except Unavailable:
            raise
        except Refusal as refused:
            _LOG.warning("message_refused", extra={"sent": row["id"], "code": refused.code})
            return refused.code
        crash_point("message.after_delivery")
        return None

    def _begin(self, row: asyncpg.Record, tree: int) -> Command:
        start = Start(
            process=row["starters"][0],
            kind="message" if row["begins"] is None else "timer",
            name=row["name"],
            variables=json_value(row["variables"]),
            message=row["id"],
            sender=row["sender"],
        )
        # One key for each try: whoever tries at the same time, or again after dying, finds the case that was begun.
        attempt = f"{row['id']}.{row['refusals']}"
        key = IdempotencyKey(actor=MESSAGE.id, key=attempt, fingerprint=hashlib.sha256(attempt.encode()).digest())
        return self._beginning.command(MESSAGE, key, tree, start)


def _correlation(row: asyncpg.Record) -> CorrelateMessage:
    return CorrelateMessage(
        actor=MESSAGE,
        tree=row["trees"][0],
        subscription=row["subscriptions"][0],
        message=row["id"],
        variables=json_value(row["variables"]),
        sender=row["sender"],
    )


class MessageWorker:
    """Runs until it is stopped; several may run, on several machines."""

    def __init__(self, deliverer: MessageDeliverer) -> None:
        self._deliverer = deliverer
        self._rounds = Rounds("message", self._deliver_batch, whenever)

    def start(self) -> None:
        """Start; returns at once."""
        self._rounds.start()

    async def stop(self) -> None:
        """Finish the message at hand and stop; safe to call twice."""
        await self._rounds.stop()

    def wake(self) -> None:
        """Look at once: somebody may have come to wait."""
        self._rounds.wake()

    async def _deliver_batch(self) -> bool:
        return await self._deliverer.deliver_wanted() == BATCH
