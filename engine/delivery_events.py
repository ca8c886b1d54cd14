"""What happened to the deliveries of a tree; the rules of `engine/events.py` hold here too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.event import Event


class DeliveryRequested(Event, frozen=True, kw_only=True):
    """An element began to wait for an outside system."""

    #: Counted up within the tree: what is requested later has the higher number.
    delivery: int
    instance: int
    element: str
    name: str
    #: The kind of work.
    topic: str
    #: The outside system.
    target: str
    payload: dict[str, Any]
    headers: dict[str, str] = {}
    #: How often it is tried.
    retries: int


class DeliveryFailed(Event, frozen=True, kw_only=True):
    """A try did not succeed."""

    delivery: int
    instance: int
    element: str
    #: Stable code such as ``timeout`` or ``refused``.
    code: str
    message_zh: str
    message_en: str
    #: When it is tried again (aware); ``None`` when it is not, until a person decides.
    next_at: datetime | None = None


class DeliveryAccepted(Event, frozen=True, kw_only=True):
    """The outside system took it over and will answer later."""

    delivery: int
    instance: int
    element: str


class DeliveryCompleted(Event, frozen=True, kw_only=True):
    """The outside system answered; at most once for a delivery."""

    delivery: int
    instance: int
    element: str
    result: dict[str, Any]


class DeliveryRejected(Event, frozen=True, kw_only=True):
    """The outside system answered with an error that the diagram foresees; at most once for a delivery."""

    delivery: int
    instance: int
    element: str
    #: Of the error, as the diagram names it.
    error: str
    variables: dict[str, Any]


class DeliverySkipped(Event, frozen=True, kw_only=True):
    """A person answered for the outside system."""

    delivery: int
    instance: int
    element: str
    result: dict[str, Any]
    reason: str


class DeliveryResent(Event, frozen=True, kw_only=True):
    """The tries of a delivery began anew."""

    delivery: int
    instance: int
    element: str


class DeliveryEdited(Event, frozen=True, kw_only=True):
    """A person changed what is delivered; to the receiver it is another message."""

    delivery: int
    instance: int
    element: str
    payload: dict[str, Any]
    reason: str


class DeliveryCancelled(Event, frozen=True, kw_only=True):
    """The answer is no longer waited for, because the flow went elsewhere."""

    delivery: int
    instance: int
    element: str


DELIVERY_EVENTS: tuple[type[Event], ...] = (
    DeliveryRequested,
    DeliveryFailed,
    DeliveryAccepted,
    DeliveryCompleted,
    DeliveryRejected,
    DeliverySkipped,
    DeliveryResent,
    DeliveryEdited,
    DeliveryCancelled,
)
