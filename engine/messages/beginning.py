"""What a message or signal begins when nobody waits for it: a process, in a tree of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.actors import Actor
from engine.commands import Command, IdempotencyKey


@dataclass(frozen=True, kw_only=True)
class Start:
    """A message or signal, and the process that it begins."""

    #: Key of the process.
    process: str
    #: ``message`` or ``signal``.
    kind: str
    #: Name of the message or signal.
    name: str
    #: JSON values.
    variables: Mapping[str, Any]
    #: Number of the message, which is used up; ``None`` for a signal.
    message: int | None = None
    #: ``Actor.id`` of who sent it, or tree and element that threw it.
    sender: str = ""


class Beginning(Protocol):
    """How a process begins here; the engine knows no more of it than this."""

    def judge(self, start: Start) -> None:
        """Raises the ``Refusal`` of what could not begin."""
        ...

    def command(self, actor: Actor, key: IdempotencyKey, tree: int, start: Start) -> Command:
        """What begins it in a new tree. Raises the same ``Refusal``."""
        ...
