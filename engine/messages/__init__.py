"""Messages between trees and from outside: kept until their receiver exists, delivered to exactly one, once.

    POST /messages, a throwing tree → message row → deliverer → CorrelateMessage → message used up with the step

Exactly once comes from the commit: it moves the receiver and uses the message up, or does neither. That no message and
receiver miss one another comes from the lock of their name and key (``engine/migrations/0012_messages.sql``).
"""

from engine.messages.commands import PublishMessage
from engine.messages.deliverer import MESSAGE, MessageDeliverer, MessageWorker
from engine.messages.handlers import PublishMessageHandler, judge_receivers
from engine.messages.queries import MessageQueries, StoredMessage, expire_messages

__all__ = [
    "MESSAGE",
    "MessageDeliverer",
    "MessageQueries",
    "MessageWorker",
    "PublishMessage",
    "PublishMessageHandler",
    "StoredMessage",
    "expire_messages",
    "judge_receivers",
]
