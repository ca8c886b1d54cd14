"""What happened with messages and signals in a tree; the rules of ``engine/events.py`` hold here too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.event import Event


class SubscriptionOpened(Event, frozen=True, kw_only=True):
    """An element began to wait for a message, a signal, a condition or somebody who begins it."""

    subscription: int
    instance: int
    #: The element that catches it.
    element: str
    #: Of the element.
    name: str
    #: The activity that a boundary event stands on; empty for others.
    attached_to: str = ""
    #: ``message``, ``signal``, ``condition`` or ``activity``.
    kind: str
    #: Name of the message or signal; of the others, the id of the element.
    message: str
    #: Correlation key of a message.
    key: str = ""
    #: The first of those that the same border has opened one after another; 0 for that first one itself.
    origin: int = 0
    #: Of an activity that is offered: to whom; empty when only whoever controls instances begins it.
    groups: list[str] = []


class SubscriptionCorrelated(Event, frozen=True, kw_only=True):
    """What was waited for came and the token went on; at most once for a subscription."""

    subscription: int
    instance: int
    element: str
    #: Number of the message, which reaches one subscription at most; ``None`` for a signal.
    message: int | None = None
    #: ``Actor.id`` of who sent it, or the element that threw it, behind its tree when that is another one.
    sender: str = ""
    variables: dict[str, Any] = {}


class SubscriptionClosed(Event, frozen=True, kw_only=True):
    """A message or signal is no longer waited for, because the flow went elsewhere."""

    subscription: int
    instance: int
    element: str


class StartTriggered(Event, frozen=True, kw_only=True):
    """What begins a process came, a message, a signal or a moment; the instance starts with its variables."""

    process: str
    #: ``message``, ``signal`` or ``timer``.
    kind: str
    #: Name of the message or signal; of a timer, the key of the process.
    name: str
    #: Number of the message, also of the one by which a timer speaks; ``None`` for a signal.
    message: int | None = None
    #: ``Actor.id`` of who sent it, or tree and element that threw it.
    sender: str = ""


class MessageThrown(Event, frozen=True, kw_only=True):
    """An element threw a message; it goes out after the commit."""

    #: Number of what was thrown, within the tree.
    thrown: int
    instance: int
    element: str
    message: str
    key: str
    variables: dict[str, Any] = {}
    #: Until then it is kept for a receiver (aware).
    expires_at: datetime


class SignalThrown(Event, frozen=True, kw_only=True):
    """An element threw a signal; the tree's own have it at once, others who wait at the commit after that."""

    thrown: int
    instance: int
    element: str
    signal: str
    variables: dict[str, Any] = {}


MESSAGE_EVENTS: tuple[type[Event], ...] = (
    SubscriptionOpened,
    SubscriptionCorrelated,
    SubscriptionClosed,
    StartTriggered,
    MessageThrown,
    SignalThrown,
)
