"""Handling commands on case trees: load, decide in memory, write once.

    load → answered before? → epoch loaded? → guard → handler → flush
      ↑__________ conflict: everything again ____________________|

Deciding is pure and synchronous: between the load and the flush nothing else of this process runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from engine.bus.repetition import repeated
from engine.commands import TaskCommand, TreeCommand
from engine.definitions.library import MissingDefinition
from engine.errors import Forbidden, Refusal, Unavailable
from engine.handling import Guard, Handlers
from engine.idempotency import answer_of, replayed
from engine.jsontext import json_text
from engine.snapshot import LoadedConfiguration
from engine.store import Answer, Conflict, Flush, Loaded, LoadRequest, Store
from engine.work import Surroundings, TreeWork


@dataclass(frozen=True, kw_only=True)
class TreeRules:
    """What decides commands on trees."""

    handlers: Handlers
    guard: Guard
    surroundings: Surroundings


class TreeCommands:
    """The part of the bus that changes case trees."""

    def __init__(self, store: Store, rules: TreeRules, snapshot: LoadedConfiguration) -> None:
        self._store = store
        self._rules = rules
        self._snapshot = snapshot

    async def handle(self, command: TreeCommand) -> Answer:
        """The answer; a refusal is stored under the key and raised."""
        return await repeated(lambda: self._attempt(command))

    async def _attempt(self, command: TreeCommand) -> Answer:
        loaded = await self._load(command)
        if loaded.answered is not None:
            return replayed(loaded.answered, command)
        try:
            answer, flush = await self._decided(command, loaded)
        except Unavailable:
            raise
        except Refusal as refusal:
            await self._keep(refusal, command, loaded)
            raise
        await self._store.flush(flush)
        return answer

    async def _decided(self, command: TreeCommand, loaded: Loaded) -> tuple[Answer, Flush]:
        """What the command comes to; begun anew after each diagram that had to be compiled first."""
        while True:
            work = TreeWork(command, loaded, self._rules.surroundings)
            try:
                return self._decide(command, work)
            except MissingDefinition as missing:
                missing.library.add(missing.sha, await self._store.definition_source(missing.sha))
            finally:
                work.free()

    async def _load(self, command: TreeCommand) -> Loaded:
        task = command.task if isinstance(command, TaskCommand) else None
        loaded = await self._store.load(LoadRequest(tree=command.tree, key=command.key, task=task))
        if loaded.answered is None and loaded.epoch != self._snapshot.epoch:
            await self._snapshot.catch_up(loaded.epoch)
            raise Conflict(f"the configuration moved to epoch {loaded.epoch}")
        return loaded

    def _decide(self, command: TreeCommand, work: TreeWork) -> tuple[Answer, Flush]:
        self._rules.guard(command.actor, command, work)
        body = self._rules.handlers[type(command)](command, work)
        answer = Answer(outcome="created" if work.is_new else "done", body=json_text(body))
        return answer, replace(work.flush(), key=command.key, answer=answer)

    async def _keep(self, refusal: Refusal, command: TreeCommand, loaded: Loaded) -> None:
        security = []
        if isinstance(refusal, Forbidden):
            line = {"command": type(command).__name__, "tree": command.tree, "code": refusal.code}
            security.append(("refused", line))
        if command.key is None and not security:
            return
        flush = Flush(
            tree=command.tree,
            version=0,
            epoch=loaded.epoch,
            now=loaded.now,
            actor=command.actor.id,
            key=command.key,
            answer=answer_of(refusal, command.key.fingerprint) if command.key else None,
            security=security,
        )
        await self._store.flush(flush)
