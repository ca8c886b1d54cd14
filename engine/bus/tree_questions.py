"""Questions about case trees as they stand: loaded like a command's, answered in memory, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.actors import Actor
from engine.bus.repetition import repeated
from engine.commands import TreeCommand
from engine.definitions.library import MissingDefinition
from engine.errors import NotFound
from engine.handling import Work
from engine.snapshot import Snapshot
from engine.store import Conflict, LoadRequest, Store
from engine.work import Surroundings, TreeWork

Answered = TypeVar("Answered")
#: Answers from one tree in memory, for one actor.
Question = Callable[[Actor, Work], Answered]


class TreeQuestions:
    """What may be done with a tree is asked of the same rules that decide commands."""

    def __init__(
        self, store: Store, surroundings: Surroundings, snapshot: Snapshot, is_in_sight: Callable[[Actor, Work], bool]
    ) -> None:
        self._store = store
        self._surroundings = surroundings
        self._snapshot = snapshot
        self._is_in_sight = is_in_sight

    async def ask(self, actor: Actor, tree: int, question: Question[Answered]) -> Answered:
        """The answer. Raises ``NotFound`` for a tree that is not there or not in sight, ``Unavailable``."""
        return await repeated(lambda: self._attempt(actor, tree, question))

    async def _attempt(self, actor: Actor, tree: int, question: Question[Answered]) -> Answered:
        loaded = await self._store.load(LoadRequest(tree=tree))
        if loaded.epoch != self._snapshot.epoch:
            await self._snapshot.catch_up(loaded.epoch)
            raise Conflict(f"the configuration moved to epoch {loaded.epoch}")
        work = TreeWork(TreeCommand(actor=actor, tree=tree), loaded, self._surroundings)
        try:
            if work.is_new or not self._is_in_sight(actor, work):
                raise NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
            return question(actor, work)
        except MissingDefinition as missing:
            missing.library.add(missing.sha, await self._store.definition_source(missing.sha))
            raise Conflict(f"definition {missing.sha.hex()} was not compiled yet") from missing
        finally:
            work.free()
