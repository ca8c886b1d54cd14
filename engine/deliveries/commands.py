"""What can be asked of a delivery: by the worker that sends it, by the outside system, by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands import TreeCommand


@dataclass(frozen=True, kw_only=True)
class DeliveryCommand(TreeCommand):
    """A command on one delivery of a tree."""

    delivery: int


@dataclass(frozen=True, kw_only=True)
class SentDelivery(DeliveryCommand):
    """What came of sending; without effect when the delivery was claimed again or is no longer waited for."""

    #: The lease under which it was claimed; who holds an older one was overtaken.
    lease: int


@dataclass(frozen=True, kw_only=True)
class CompleteDelivery(SentDelivery):
    """Take the answer; the instance runs on to rest."""

    #: JSON values by name, for the output mappings.
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AcceptDelivery(SentDelivery):
    """Note that the outside system took it over and will answer later."""


@dataclass(frozen=True, kw_only=True)
class RejectDelivery(SentDelivery):
    """Take an error as the answer, for the diagram to catch; one that nothing catches makes a fault."""

    #: Code of the error, as the diagram names it.
    error: str
    message: str = ""
    #: JSON values by name, for the output mappings of the event that catches it.
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FailDelivery(SentDelivery):
    """Note that a try was in vain; the last one makes a fault."""

    #: Stable code such as ``timeout``.
    code: str
    message_zh: str
    message_en: str
    #: Time until the next try; ``None`` when trying again is of no use.
    retry_in: timedelta | None


@dataclass(frozen=True, kw_only=True)
class AnswerDelivery(DeliveryCommand):
    """Take the answer that an outside system gives by itself; a second one has no effect."""

    #: Who answers; only the system that was asked may.
    target: str
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RetryDelivery(DeliveryCommand):
    """Begin the tries of a delivery anew, at once."""


@dataclass(frozen=True, kw_only=True)
class EditDelivery(DeliveryCommand):
    """Change what is delivered, and begin its tries anew; to the receiver it is another message."""

    payload: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, kw_only=True)
class SkipDelivery(DeliveryCommand):
    """Do not send it; the element goes on with an answer that a person gives."""

    result: Mapping[str, Any] = field(default_factory=dict)
    reason: str
