"""Messages and signals between trees and from outside.

Messages are kept until their receiver exists, and delivered to exactly one, once:

    POST /messages, a throwing tree → message row → deliverer → CorrelateMessage → message used up with the step

Exactly once comes from the commit: it moves the receiver and uses the message up, or does neither. That no message and
receiver miss one another comes from the lock of their name and key (``engine/migrations/0012_messages.sql``).

Signals are kept for nobody: whoever waits at the commit becomes an item of a batch
(``engine/migrations/0042_signals.sql``).
"""

from engine.messages.beginning import Beginning, Start
from engine.messages.commands import BroadcastSignal, DropMessage, PublishMessage, RetryMessage
from engine.messages.deliverer import MESSAGE, MessageDeliverer, MessageWorker
from engine.messages.handlers import DropMessageHandler, PublishMessageHandler, judge_receivers, retry_message
from engine.messages.queries import MessageQueries, StoredMessage, expire_messages
from engine.messages.signals import SIGNAL, SignalItems, broadcast_signal

__all__ = [
    "MESSAGE",
    "SIGNAL",
    "Beginning",
    "BroadcastSignal",
    "DropMessage",
    "DropMessageHandler",
    "MessageDeliverer",
    "MessageQueries",
    "MessageWorker",
    "PublishMessage",
    "PublishMessageHandler",
    "RetryMessage",
    "SignalItems",
    "Start",
    "StoredMessage",
    "broadcast_signal",
    "expire_messages",
    "judge_receivers",
    "retry_message",
]
