"""Faults: where cases stand still, why, and what whoever asks may do about it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from api.answers import answered
from api.lists import List, Paging, next_cursor, position
from api.parameters import LARGEST_ID
from api.resources.next_actions import NextAction, next_actions
from api.routes import Call, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission


class FaultFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which faults."""

    case: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)] | None = None


class OpenFault(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands still."""

    case: int
    number: str
    #: Id of the instance.
    instance: str
    fault: int
    element: str
    #: Stable code and words of the cause.
    code: str
    message_zh: str
    message_en: str
    raised_at: datetime
    #: Id of what could not be delivered; ``null`` where that is not the cause.
    delivery: str | None
    actions: list[NextAction]


class OpenFaults(List, frozen=True, kw_only=True):
    """A page of open faults, the longest standing first."""

    items: list[OpenFault]


async def list_faults(call: Call[FaultFilter, None]) -> Reply:
    """Answer a page of the faults of cases that the caller may see."""
    actor = call.signed_in.actor
    page = await call.platform.cases.faults(actor, call.query.case, position(call), call.query.limit)
    items = [shown(row, OpenFault, actions=next_actions(actor, row.instance, row.delivery)) for row in page.items]
    return answered(OpenFaults(items=items, next=next_cursor(call, page)))


RESOURCE = Resource(
    name="faults",
    title_zh="故障",
    title_en="Faults",
    routes=(
        Route(
            method="GET",
            path="/faults",
            handler=list_faults,
            summary_zh="未解除的故障：原因与可做的处理",
            summary_en="Open faults: the cause, and what may be done about each",
            query=FaultFilter,
            answer=OpenFaults,
            permission=Permission.FAULT_RETRY,
        ),
    ),
)
