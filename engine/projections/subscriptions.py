"""Subscriptions: the messages, signals, conditions and people that elements wait for."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from engine.events import Recorded
from engine.message_events import SubscriptionClosed, SubscriptionCorrelated, SubscriptionOpened
from engine.projection import Rows


class SubscriptionState(StrEnum):
    """Whether something is still waited for."""

    OPEN = "open"
    CORRELATED = "correlated"
    CLOSED = "closed"


class SubscriptionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One subscription."""

    instance: int
    #: The element that catches it.
    element: str
    name: str
    #: The activity that a boundary event stands on; empty for others.
    attached_to: str
    #: ``message``, ``signal``, ``condition`` or ``activity``.
    kind: str
    #: Name of the message or signal; of the others, the id of the element.
    message: str
    #: Correlation key of a message.
    key: str
    state: SubscriptionState
    opened_at: datetime
    #: When it was correlated or closed.
    ended_at: datetime | None = None
    #: The first of those that the same border has opened one after another; 0 for that first one itself.
    origin: int = 0
    #: Of an activity that is offered: to whom.
    groups: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still waited for."""
        return self.state is SubscriptionState.OPEN


class SubscriptionProjection:
    """Folds the opening, correlating and closing of subscriptions."""

    table = "subscription"
    events = (SubscriptionOpened, SubscriptionCorrelated, SubscriptionClosed)

    def fold(self, rows: Rows[SubscriptionRow], recorded: Recorded) -> None:
        """Open or end a subscription."""
        match recorded.event:
            case SubscriptionOpened() as opened:
                rows.put(opened.subscription, _opened(opened, recorded.at))
            case SubscriptionCorrelated(subscription=subscription):
                ended = replace(rows[subscription], state=SubscriptionState.CORRELATED, ended_at=recorded.at)
                rows.put(subscription, ended)
            case SubscriptionClosed(subscription=subscription):
                ended = replace(rows[subscription], state=SubscriptionState.CLOSED, ended_at=recorded.at)
                rows.put(subscription, ended)


def _opened(opened: SubscriptionOpened, at: datetime) -> SubscriptionRow:
    return SubscriptionRow(
        instance=opened.instance,
        element=opened.element,
        name=opened.name,
        attached_to=opened.attached_to,
        kind=opened.kind,
        message=opened.message,
        key=opened.key,
        state=SubscriptionState.OPEN,
        opened_at=at,
        origin=opened.origin,
        groups=tuple(opened.groups),
    )
