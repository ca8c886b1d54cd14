"""Deliveries: what outside systems are asked for, how often it was tried, and what became of it.

Who has claimed a delivery (``lease``, ``is_held``) is not in the log: workers count it up in the row alone. Everything
else is folded and can be recomputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.delivery_events import (
    DELIVERY_EVENTS,
    DeliveryAccepted,
    DeliveryCancelled,
    DeliveryCompleted,
    DeliveryEdited,
    DeliveryFailed,
    DeliveryRejected,
    DeliveryRequested,
    DeliveryResent,
    DeliverySkipped,
)
from engine.events import Event, Recorded
from engine.projection import Rows


class DeliveryState(StrEnum):
    """Whether a delivery is still waited for, and by whom it has to move."""

    #: To be sent, for the first time or again.
    OPEN = "open"
    #: Taken over by the outside system, which will answer later.
    ACCEPTED = "accepted"
    #: Not sent again until a person decides.
    FAILED = "failed"
    DONE = "done"
    #: Answered with an error that the diagram foresees.
    REJECTED = "rejected"
    SKIPPED = "skipped"
    #: No longer waited for. Once claimed (``lease``) it may have reached the outside system all the same.
    CANCELLED = "cancelled"


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery."""

    instance: int
    element: str
    name: str
    topic: str
    target: str
    #: ``None`` when it was not read and does not change: a command on the case need not know it.
    payload: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = {}
    state: DeliveryState = DeliveryState.OPEN
    #: How often it is tried, and how often it was in vain since the tries began.
    retries: int
    attempts: int = 0
    #: When it is to be sent, while it is open.
    next_at: datetime
    requested_at: datetime
    ended_at: datetime | None = None
    #: Why the last try was in vain; empty when none was.
    code: str = ""
    message_zh: str = ""
    message_en: str = ""
    #: How often a person has changed the payload.
    revision: int = 0
    #: How often it has been claimed; only the last claim counts.
    lease: int = 0
    #: Whether a worker is sending it just now.
    is_held: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.state in (DeliveryState.OPEN, DeliveryState.ACCEPTED, DeliveryState.FAILED)


_LATER = (
    DeliveryFailed,
    DeliveryAccepted,
    DeliveryCompleted,
    DeliveryRejected,
    DeliverySkipped,
    DeliveryResent,
    DeliveryEdited,
    DeliveryCancelled,
)


class DeliveryProjection:
    """Folds what happens to deliveries."""

    table = "delivery"
    events = DELIVERY_EVENTS

    def fold(self, rows: Rows[DeliveryRow], recorded: Recorded) -> None:
        """Take up a delivery, or change one."""
        event = recorded.event
        if isinstance(event, DeliveryRequested):
            rows.put(event.delivery, _requested(event, recorded.at))
        elif isinstance(event, _LATER):
            rows.put(event.delivery, _changed(rows[event.delivery], event, recorded.at))


def _requested(event: DeliveryRequested, at: datetime) -> DeliveryRow:
    return DeliveryRow(
        instance=event.instance,
        element=event.element,
        name=event.name,
        topic=event.topic,
        target=event.target,
        payload=event.payload,
        headers=event.headers,
        retries=event.retries,
        next_at=at,
        requested_at=at,
    )


def _changed(row: DeliveryRow, event: Event, at: datetime) -> DeliveryRow:
    match event:
        case DeliveryFailed():
            return _failed(row, event)
        case DeliveryAccepted():
            return replace(row, state=DeliveryState.ACCEPTED)
        case DeliveryResent():
            return replace(row, state=DeliveryState.OPEN, attempts=0, next_at=at)
        case DeliveryEdited(payload=payload):
            return replace(row, payload=payload, revision=row.revision + 1)
        case DeliveryCompleted():
            return replace(row, state=DeliveryState.DONE, ended_at=at)
        case DeliveryRejected():
            return replace(row, state=DeliveryState.REJECTED, ended_at=at)
        case DeliverySkipped():
            return replace(row, state=DeliveryState.SKIPPED, ended_at=at)
        case _:
            return replace(row, state=DeliveryState.CANCELLED, ended_at=at)


def _failed(row: DeliveryRow, event: DeliveryFailed) -> DeliveryRow:
    return replace(
        row,
        state=DeliveryState.OPEN if event.next_at else DeliveryState.FAILED,
        attempts=row.attempts + 1,
        next_at=event.next_at or row.next_at,
        code=event.code,
        message_zh=event.message_zh,
        message_en=event.message_en,
    )
