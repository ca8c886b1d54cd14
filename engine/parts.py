"""A part of a task, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Part:
    """What somebody else is to do of a task: offered to groups, or given to a person."""

    #: What there is to do.
    name: str
    groups: tuple[str, ...] = ()
    #: ``Actor.id`` of a person.
    assignee: str | None = None
    #: 0 to 100.
    priority: int = 50
