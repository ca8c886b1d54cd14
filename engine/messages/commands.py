"""What can be asked about messages and signals from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from engine.configuration import ConfigurationCommand


@dataclass(frozen=True, kw_only=True)
class PublishMessage(ConfigurationCommand):
    """Take a message in; it is delivered after the commit, now or as soon as somebody waits for it."""

    takes_effect: ClassVar[bool] = False

    name: str
    #: By it messages of one name are told apart.
    correlation_key: str
    #: JSON values.
    variables: Mapping[str, Any] = field(default_factory=dict)
    #: How long it is kept for a receiver; zero means that somebody must be waiting for it now.
    time_to_live: timedelta
    #: The sender's own id for it, under which it is taken once; ``None`` when every call is a message of its own.
    message_id: str | None = None
    #: Messages of one sender are taken one after the other.
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"messages:{self.actor.id}")


@dataclass(frozen=True, kw_only=True)
class StoredMessageCommand(ConfigurationCommand):
    """What a person decides about a message that is kept."""

    takes_effect: ClassVar[bool] = False

    message: int
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"message:{self.message}")


@dataclass(frozen=True, kw_only=True)
class RetryMessage(StoredMessageCommand):
    """Hand it once more to whoever could not take it."""


@dataclass(frozen=True, kw_only=True)
class DropMessage(StoredMessageCommand):
    """Keep it no longer: nobody gets it."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class BroadcastSignal(ConfigurationCommand):
    """Let everybody have a signal who waits for it at the commit; nobody waiting is no mistake."""

    takes_effect: ClassVar[bool] = False

    name: str
    #: JSON values.
    variables: Mapping[str, Any] = field(default_factory=dict)
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"signals:{self.actor.id}")
