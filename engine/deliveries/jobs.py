"""What is handed to whoever speaks with outside systems, and what they may say came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeAlias


@dataclass(frozen=True, kw_only=True)
class Job:
    """One delivery that is to be sent now."""

    tree: int
    delivery: int
    #: The outside system.
    target: str
    #: The kind of work.
    topic: str
    element: str
    #: JSON values by name.
    payload: Mapping[str, Any]
    #: What the diagram's ``zeebe:taskHeaders`` say.
    headers: Mapping[str, str]
    #: When the element began to wait (aware).
    requested_at: datetime
    #: How often it was tried in vain.
    attempts: int
    #: How often a person has changed the payload.
    revision: int

    @property
    def key(self) -> str:
        """The same for every try of the same message, and for no other message: by it receivers tell doubles."""
        revision = f"-{self.revision}" if self.revision else ""
        return f"{self.tree}.{self.delivery}{revision}"


@dataclass(frozen=True)
class Completed:
    """The outside system answered."""

    #: JSON values by name, for the output mappings.
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The outside system took it over and will answer later."""


@dataclass(frozen=True)
class Rejected:
    """The outside system answered with an error that the diagram may foresee."""

    #: Code of the error, as the diagram names it.
    error: str
    message: str = ""
    #: JSON values by name, for the output mappings of the event that catches it.
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failed:
    """It was not delivered, or nobody knows."""

    #: Stable code such as ``timeout``.
    code: str
    message_zh: str
    message_en: str
    #: Whether trying again is of no use.
    is_final: bool = field(default=False, kw_only=True)
    #: How long the outside system asks to be left alone.
    retry_after: timedelta | None = field(default=None, kw_only=True)


Outcome: TypeAlias = Completed | Accepted | Rejected | Failed


class JobHandler(Protocol):
    """Speaks with outside systems."""

    async def __call__(self, job: Job) -> Outcome:
        """Send it and say what came of it. May be called again for the same job; whatever it raises is a failed try."""
        ...
