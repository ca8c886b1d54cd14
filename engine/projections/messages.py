"""Messages that leave a tree and those that a tree uses up, on their way to the table of messages.

Neither is loaded with a tree: what it has thrown is no longer its own, and what it takes is named by a command.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from engine.events import Recorded
from engine.message_events import MessageThrown, StartTriggered, SubscriptionCorrelated
from engine.projection import Rows


class ThrownMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that a tree has thrown."""

    name: str
    key: str
    variables: dict[str, Any]
    thrown_at: datetime
    expires_at: datetime


class UsedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that has reached its receiver."""

    #: 0 for one that has begun the case.
    subscription: int
    used_at: datetime


class ThrownMessageProjection:
    """Lets messages go."""

    table = "thrown_message"
    events = (MessageThrown,)

    def fold(self, rows: Rows[ThrownMessage], recorded: Recorded) -> None:
        """Let one go."""
        match recorded.event:
            case MessageThrown() as thrown:
                message = ThrownMessage(
                    name=thrown.message,
                    key=thrown.key,
                    variables=thrown.variables,
                    thrown_at=recorded.at,
                    expires_at=thrown.expires_at,
                )
                rows.put(thrown.thrown, message)


class UsedMessageProjection:
    """Uses messages up; the key is the number of the message."""

    table = "used_message"
    events = (SubscriptionCorrelated, StartTriggered)

    def fold(self, rows: Rows[UsedMessage], recorded: Recorded) -> None:
        """Use one up."""
        match recorded.event:
            case SubscriptionCorrelated(message=int() as message, subscription=subscription):
                rows.put(message, UsedMessage(subscription=subscription, used_at=recorded.at))
            case StartTriggered(message=int() as message):
                rows.put(message, UsedMessage(subscription=0, used_at=recorded.at))
