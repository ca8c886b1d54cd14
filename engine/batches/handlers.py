"""Starting and cancelling batches."""

from __future__ import annotations

from typing import Any

from engine.batches.commands import CancelBatch, StartBatch
from engine.configuration import ConfigurationHandlers
from engine.errors import Invalid, InvalidState
from engine.jsontext import json_text
from engine.storage.unit_of_work import UnitOfWork

MOST_ITEMS = 10_000

_START = """
insert into batch (kind, state, total, requested_by, scopes, requested_at)
values ($1, 'running', $2, $3, $4, clock_timestamp())
returning id
"""
_ITEMS = """
insert into batch_item (batch, place, item)
select $1, x.place, x.item from unnest($2::text[]) with ordinality as x(item, place)
"""
_CANCEL = """
update batch set state = 'cancelled', ended_at = clock_timestamp()
where id = $1 and requested_by = $2 and state = 'running'
"""


async def start_batch(command: StartBatch, uow: UnitOfWork) -> dict[str, Any]:
    """Write the batch and its items."""
    if not 1 <= len(command.items) <= MOST_ITEMS:
        raise Invalid(
            "batch_size",
            f"批量任务应有 1 至 {MOST_ITEMS} 项",
            f"Expected 1 to {MOST_ITEMS} items, but there are {len(command.items)}",
            pointer="/items",
        )
    actor = command.actor
    batch = await uow.fetchval(_START, command.kind, len(command.items), actor.id, sorted(actor.permissions))
    await uow.execute(_ITEMS, batch, [json_text(item).decode() for item in command.items])
    return {"batch": batch, "total": len(command.items)}


async def cancel_batch(command: CancelBatch, uow: UnitOfWork) -> dict[str, Any]:
    """Stop after the item that is being worked on; only whoever asked for a batch stops it."""
    if await uow.execute(_CANCEL, command.batch, command.actor.id) == "UPDATE 0":
        raise InvalidState(
            "batch_not_running",
            "您没有这个批量任务，或它已结束",
            f"Expected batch {command.batch} to be yours and running, but it is not",
        )
    return {"batch": command.batch}


BATCH_HANDLERS: ConfigurationHandlers = {StartBatch: start_batch, CancelBatch: cancel_batch}
