"""Changing the configuration: named objects with a version, handled one transaction per command.

    bus.handle(command) → guard → handler(command, uow) → version + 1, key, security lines, epoch → commit

Handlers read and write through the unit of work; they add their lines to the security chain with ``uow.record``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from engine.actors import Actor
from engine.commands import Command
from engine.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class ConfigurationCommand(Command):
    """A change of one named configuration object."""

    #: Whether running cases see the change: then every process reloads before its next command.
    takes_effect: ClassVar[bool] = True

    #: Name of the object, such as ``unit:U12`` or ``definition:process:case``.
    object: str
    #: The version (``ETag``) the caller saw: 0 for an object that must be new, ``None`` to change whatever is there.
    expected: int | None = None


class ConfigurationGuard(Protocol):
    """``may`` for configuration."""

    def __call__(self, actor: Actor, command: ConfigurationCommand) -> None:
        """Raises ``Forbidden`` with the rule in words."""
        ...


ConfigurationHandler = Callable[[Any, UnitOfWork], Awaitable[dict[str, Any]]]
ConfigurationHandlers = Mapping[type[ConfigurationCommand], ConfigurationHandler]
