"""What a scenario is played on: a store, the one door, a clock that can be moved, and the people of the story.

The same for a store in memory and for PostgreSQL; the composition root builds it, because it knows which handlers,
guard and projections belong together.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from math import inf
from typing import Any

from engine.actors import Actor
from engine.clock import VirtualClock
from engine.commands import TreeCommand
from engine.events import Recorded
from engine.feel import FunctionTable, Value
from engine.store import Answer, LoadRequest, Store
from processes.calendars import CompiledCalendar


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One case is played on it."""

    #: Id of the tree that the story is about; nothing is there yet.
    tree: int
    clock: VirtualClock
    store: Store
    #: The one door. Raises a ``Refusal``.
    handle: Callable[[TreeCommand], Awaitable[Answer]]
    #: Events of the tree after a number.
    events: Callable[[int], Awaitable[Sequence[Recorded]]]
    #: By the name that the story uses.
    actors: Mapping[str, Actor]
    #: The facts of loaded rows, as expressions see them.
    facts: Callable[[Mapping[str, Mapping[int, Any]]], Mapping[str, Value]]
    functions: FunctionTable
    #: The city's time zone.
    zone: tzinfo
    #: By which working time passes.
    calendar: CompiledCalendar
    #: Moment of ``engine.clock.elapsed`` after which no further step is taken.
    give_up_at: float = inf

    async def loaded(self) -> Mapping[str, Mapping[int, Any]]:
        """The tree's rows as a command would find them now. Raises ``Unavailable``."""
        return (await self.store.load(LoadRequest(tree=self.tree))).rows
