"""Batches: work over many cases, how far it is and what came of each item."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import List, Paging, next_cursor, position, shown_items
from api.pages import MemoryPage
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.batches import BatchItem, CancelBatch
from engine.jsontext import json_value
from processes.access import Permission, against


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """A batch and how far it is."""

    id: int
    kind: str
    #: ``running``, ``done`` or ``cancelled``.
    state: str
    #: How many items there are, were done, were refused, and met a mistake of the program.
    total: int
    done: int
    refused: int
    failed: int
    #: ``Actor.id`` of whoever asked for it; ``system:signal`` for a signal on its way.
    requested_by: str
    requested_at: datetime
    ended_at: datetime | None


class BatchList(List, frozen=True, kw_only=True):
    """A page of batches, the newest first."""

    items: list[Batch]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a batch and what came of it."""

    #: From 1.
    place: int
    #: What was asked, as its kind writes it.
    item: Annotated[Any, msgspec.Meta(description="JSON")]
    #: ``pending``, ``done``, ``refused`` or ``failed``.
    state: str
    #: The answer, or the problem with its ``code`` and messages; ``null`` before.
    answer: dict[str, Any] | None
    ended_at: datetime | None


class ItemList(List, frozen=True, kw_only=True):
    """A page of items, in order."""

    items: list[Item]


class Cancelled(msgspec.Struct, frozen=True, kw_only=True):
    """The batch that was stopped; what is done stays done."""

    batch: int
    version: int


async def list_batches(call: Call[Paging, None]) -> Reply:
    """Answer the batches that the caller may see."""
    after, limit = position(call), call.query.limit
    rows = await call.platform.batches.newest(_requester(call), before=after[0] if after else None, limit=limit)
    page = MemoryPage(items=rows, next=[rows[-1].id] if len(rows) == limit else None, count=len(rows))
    return answered(BatchList(items=shown_items(rows, Batch), next=next_cursor(call, page)))


async def get_batch(call: Call[Nothing, None]) -> Reply:
    """Answer how far a batch is."""
    return answered(shown(await call.platform.batches.progress(call.path["batch"], _requester(call)), Batch))


async def list_batch_items(call: Call[Paging, None]) -> Reply:
    """Answer what came of each item."""
    batch, after, limit = call.path["batch"], position(call), call.query.limit
    await call.platform.batches.progress(batch, _requester(call))
    rows = await call.platform.batches.items(batch, after=after[0] if after else 0, limit=limit)
    page = MemoryPage(items=rows, next=[rows[-1].place] if len(rows) == limit else None, count=len(rows))
    return answered(ItemList(items=[_item(row) for row in rows], next=next_cursor(call, page)))


async def cancel_batch(call: Call[Nothing, Nothing]) -> Reply:
    """Stop a batch of the caller's after the item that is being done."""
    batch = call.path["batch"]
    await call.platform.batches.progress(batch, _requester(call))
    return await carry_out(call, CancelBatch(actor=call.signed_in.actor, key=call.key, batch=batch))


def _requester(call: Call[Any, Any]) -> str | None:
    """Whose batches the caller sees: their own, or everybody's when they see every case and look after instances."""
    actor = call.signed_in.actor
    sees_all = actor.audience is None and against(actor, Permission.INSTANCE_CONTROL) is None
    return None if sees_all else actor.id


def _item(row: BatchItem) -> Item:
    return Item(
        place=row.place,
        item=json_value(row.item),
        state=row.state,
        answer=None if row.answer is None else json_value(row.answer),
        ended_at=row.ended_at,
    )


RESOURCE = Resource(
    name="batches",
    title_zh="批量任务",
    title_en="Batches",
    routes=(
        Route(
            method="GET",
            path="/batches",
            handler=list_batches,
            summary_zh="批量任务列表",
            summary_en="Batches",
            query=Paging,
            answer=BatchList,
        ),
        Route(
            method="GET",
            path="/batches/{batch}",
            handler=get_batch,
            summary_zh="批量任务的进度",
            summary_en="How far a batch is",
            answer=Batch,
        ),
        Route(
            method="GET",
            path="/batches/{batch}/items",
            handler=list_batch_items,
            summary_zh="批量任务逐项的结果",
            summary_en="What came of each item of a batch",
            query=Paging,
            answer=ItemList,
        ),
        Route(
            method="POST",
            path="/batches/{batch}/cancel",
            handler=cancel_batch,
            summary_zh="停止批量任务",
            summary_en="Stop a batch",
            body=Nothing,
            answer=Cancelled,
            status=200,
            also_status=201,
            keyed=True,
            refusals=("invalid_state",),
        ),
    ),
)
