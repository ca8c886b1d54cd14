"""What a message, a signal or a timer begins when nobody waits for it: a process, in a tree of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.actors import Actor
from engine.commands import Command, IdempotencyKey


@dataclass(frozen=True, kw_only=True)
class Start:
    """A message, a signal or a timer that has fired, and the process that it begins."""

    #: Key of the process.
    process: str
    #: ``message``, ``signal`` or ``timer``.
    kind: str
    #: Name of the message or signal; of a timer, the key of the process.
    name: str
    #: JSON values.
    variables: Mapping[str, Any]
    #: Number of the message, which is used up; ``None`` for a signal. What a timer has to say comes as one too.
    message: int | None = None
    #: ``Actor.id`` of who sent it, or tree and element that threw it.
    sender: str = ""


class Beginning(Protocol):
    """How a process begins here; the engine knows no more of it than this."""

    def judge(self, start: Start, at: datetime) -> None:
        """Raises the ``Refusal`` of what could not begin at that moment."""
        ...

    def command(self, actor: Actor, key: IdempotencyKey, tree: int, start: Start) -> Command:
        """What begins it in a new tree; it is refused with the same ``Refusal``."""
        ...
