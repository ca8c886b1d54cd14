"""Working a batch off, item by item, whatever happened before."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg

from engine.actors import Actor
from engine.batches.kinds import BatchKinds
from engine.batches.queries import ItemState
from engine.bus import Bus
from engine.commands import IdempotencyKey
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.jsontext import json_text, json_value
from engine.storage.database import Database

_LOG = logging.getLogger(__name__)

_NEXT = """
select b.kind, b.requested_by, b.scopes, i.place, i.item from batch b join batch_item i on i.batch = b.id
where b.id = $1 and b.state = 'running' and i.state = 'pending' order by i.place limit 1
"""
_END_ITEM = """
update batch_item set state = $3, answer = $4, ended_at = clock_timestamp()
where batch = $1 and place = $2 and state = 'pending'
"""
_END = """
update batch b set state = 'done', ended_at = clock_timestamp() where id = $1 and state = 'running'
and not exists (select from batch_item i where i.batch = b.id and i.state = 'pending')
"""


def _never() -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class BatchRunner:
    """Gives the commands of batches to the bus."""

    database: Database
    bus: Bus
    kinds: BatchKinds
    #: Whoever asked, by ``Actor.id`` and what they were permitted then, as of now: what was taken from them meanwhile,
    #: their batch may not do either. Raises a ``Refusal`` when they are gone.
    actor_of: Callable[[str, frozenset[str]], Awaitable[Actor]]

    async def run(self, batch: int, is_stopping: Callable[[], bool] = _never) -> None:
        """Work off what is pending until the batch ends, is cancelled, or the worker stops.

        Raises ``Unavailable``; the batch is to be run again then.
        """
        while not is_stopping() and (row := await self.database.fetchrow(_NEXT, batch)) is not None:
            crash_point("batch.before_item")
            state, answer = await self._perform(batch, row)
            crash_point("batch.after_item")
            async with self.database.unit_of_work() as uow:
                await uow.execute(_END_ITEM, batch, row["place"], state, answer.decode())
        async with self.database.unit_of_work() as uow:
            await uow.execute(_END, batch)

    async def _perform(self, batch: int, row: asyncpg.Record) -> tuple[ItemState, bytes]:
        key = IdempotencyKey(
            actor=f"batch:{batch}",
            key=str(row["place"]),
            fingerprint=hashlib.sha256(row["item"].encode()).digest(),
        )
        try:
            actor = await self.actor_of(row["requested_by"], frozenset(row["scopes"]))
            command = self.kinds[row["kind"]](actor, key, json_value(row["item"]))
            return ItemState.DONE, (await self.bus.handle(command)).body
        except Unavailable:
            raise
        except Refusal as refusal:
            return ItemState.REFUSED, json_text(refusal.as_json())
        except Exception as error:
            # One item that meets a mistake of ours must not keep the others from being done.
            _LOG.exception("batch_item_failed", extra={"batch": batch, "place": row["place"]})
            return ItemState.FAILED, json_text({"code": "internal_error", "type": type(error).__name__})
