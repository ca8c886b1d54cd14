"""What can be asked about messages from outside."""

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
