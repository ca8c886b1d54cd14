"""Plays scenarios for whoever edits or publishes a diagram: beside what is published, in a thread of its own."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from engine.clock import elapsed
from engine.definitions import DefinitionKind, ScenarioFiles, published_sources
from engine.errors import Invalid, Refusal, Unavailable
from engine.storage.database import Database
from guiliu.dry_runs import Tried, check_key, tried
from guiliu.memory import Memory
from guiliu.scenarios import Scenery, Theatre
from processes.scenarios import (
    Attempt,
    Coverage,
    Outcome,
    Scenario,
    coverage_of,
    passed_by_definition,
    read_scenarios,
)
from processes.scenarios.limits import PATIENCE

Came = TypeVar("Came")
#: Waiting beyond this many would take longer than a person waits.
MOST_WAITING: Final = 4


@dataclass(frozen=True, kw_only=True)
class Performance:
    """How the scenarios of a request went."""

    outcomes: tuple[Outcome, ...]
    #: Of the diagram under test, and of the others that the stories came through.
    coverage: tuple[Coverage, ...]
    #: File → why its scenarios could not be played at all.
    unreadable: Mapping[str, Refusal] = field(default_factory=dict)


class ScenarioDesk:
    """One request at a time in each process: the others are served meanwhile."""

    def __init__(self, database: Database, memory: Memory) -> None:
        self._database = database
        self._memory = memory
        self._files = ScenarioFiles(database)
        self._place = asyncio.Lock()
        self._waiting = 0

    async def play(self, key: str, source: bytes, text: bytes) -> Performance:
        """How the scenarios of ``text`` go with ``source`` in place of what is published under the key.

        Raises ``Invalid`` for scenarios and diagrams that cannot be used, ``Unavailable`` when too many wait.
        """
        scenarios = read_scenarios(text)
        return await self._in_turn(key, source, partial(_performance, key=key, scenarios=scenarios))

    async def play_kept(self, key: str, source: bytes) -> Performance:
        """How the scenarios in the files beside the process go. Raises as ``play``, for the diagram only."""
        scenarios: list[Scenario] = []
        unreadable: dict[str, Refusal] = {}
        for file in await self._files.kept(key):
            try:
                scenarios += read_scenarios(file.source.encode(), file.name)
            except Invalid as refusal:
                unreadable[file.name] = refusal
        played = partial(_performance, key=key, scenarios=scenarios, unreadable=unreadable)
        return await self._in_turn(key, source, played)

    async def failing(self, key: str, source: bytes) -> Sequence[str]:
        """Titles of the kept scenarios, and of files, that do not go with ``source`` as they are told.

        Raises ``Unavailable``; of a diagram that cannot be played at all the check of publishing has more to say.
        """
        titles = {file.name: file.title for file in await self._files.kept(key)}
        if not titles:
            return ()
        try:
            played = await self.play_kept(key, source)
        except Invalid:
            return ()
        failed = [outcome.scenario.title for outcome in played.outcomes if not outcome.passed]
        return [titles[name] for name in played.unreadable] + failed

    async def try_out(self, key: str, source: bytes, attempt: Attempt) -> Tried:
        """Where the steps of an attempt lead with ``source`` in place of what is published. Raises as ``play``."""
        return await self._in_turn(key, source, partial(tried, key=key, attempt=attempt))

    async def _in_turn(self, key: str, source: bytes, use: Callable[[Scenery], Came]) -> Came:
        if self._waiting >= MOST_WAITING:
            raise Unavailable(
                "scenarios_crowded",
                "正在演练的场景过多，请稍后再试",
                "Expected few scenarios at a time, but too many wait; try again later",
                details={"retry_after": 10},
            )
        self._waiting += 1
        try:
            async with self._place:
                scenery = await self._scenery(key, source)
                return await asyncio.to_thread(use, scenery)
        finally:
            self._waiting -= 1

    async def _scenery(self, key: str, source: bytes) -> Scenery:
        async with self._database.reading() as connection:
            processes = await published_sources(connection, DefinitionKind.PROCESS)
            decisions = await published_sources(connection, DefinitionKind.DECISION)
            forms = await published_sources(connection, DefinitionKind.FORM)
        return Scenery(
            processes={name: stored for name, (_, stored) in processes.items()} | {key: source},
            decisions=[stored for _, stored in decisions.values()],
            forms=[stored for _, stored in forms.values()],
            register=self._memory.people.register,
            in_force=self._memory.live.in_force,
            zone=self._memory.city.zone,
        )


def _performance(
    scenery: Scenery, key: str, scenarios: Sequence[Scenario], unreadable: Mapping[str, Refusal] | None = None
) -> Performance:
    theatre = Theatre(scenery, give_up_at=elapsed() + PATIENCE)
    check_key(theatre, key)
    outcomes = tuple(asyncio.run(theatre.perform(scenario)) for scenario in scenarios)
    stories = [outcome.recorded for outcome in outcomes]
    passed = {sha for story in stories for sha in passed_by_definition(story)}
    shas = {name: hashlib.sha256(source).hexdigest() for name, source in scenery.processes.items()}
    shown = [theatre.view(name) for name, sha in shas.items() if name == key or sha in passed]
    coverage = tuple(coverage_of(shown, stories))
    return Performance(outcomes=outcomes, coverage=coverage, unreadable=unreadable or {})
