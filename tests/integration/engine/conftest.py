"""The engine with its stand-in city on a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.actors import SYSTEM, Actor
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import Clock, DatabaseClock
from engine.commands import ClaimTask, CompleteTask, IdempotencyKey
from engine.configuration import ConfigurationCommand
from engine.decisions import load_decisions
from engine.definitions import (
    Checked,
    DecisionLibrary,
    DefinitionDesk,
    DefinitionKind,
    Library,
    PublishDefinition,
    SaveDefinitionDraft,
    alone,
)
from engine.events import ENGINE_EVENTS
from engine.handlers import engine_handlers
from engine.jsontext import json_value
from engine.log import EventCatalogue
from engine.projections import ENGINE_PROJECTIONS
from engine.snapshot import Snapshot
from engine.spiff import Definition, compile_process
from engine.storage.database import Database
from engine.storage.engine_tables import ENGINE_TABLES
from engine.storage.tree_store import TreeStore
from engine.store import Store
from engine.work import Surroundings
from tests.integration.engine.sample_city import (
    CITY_EVENTS,
    CITY_HANDLERS,
    SCHEMA,
    Forms,
    NoteFacts,
    NoteProjection,
    NoteTable,
    ReportNote,
    guard,
)

DIAGRAM = Path(__file__).with_name("review.bpmn").read_bytes()
WRITER = Actor(id="user:1", name="撰写员", groups=frozenset({"writer"}))
CHECKER = Actor(id="user:2", name="审核员", groups=frozenset({"checker", "writer"}))
CLERK = Actor(id="user:3", name="文员", groups=frozenset({"clerk"}))
GUEST = Actor(id="user:9", name="访客", groups=frozenset({"guest"}))


def check_process(source: bytes) -> Checked:
    view = compile_process(source).view
    return Checked(key=view.key, name=view.name, version_tag=view.version_tag)


def check_decision(source: bytes) -> Checked:
    model = load_decisions(source)
    return Checked(key=model.key, name=model.name, version_tag=model.version_tag)


def everyone(actor: Actor, command: ConfigurationCommand) -> None:
    """Whoever it is may configure."""


@dataclass
class House:
    """One process of the platform, as far as the engine goes."""

    database: Database
    clock: Clock = field(default_factory=DatabaseClock)
    commits: int = 0

    def __post_init__(self) -> None:
        self.library: Library[Definition] = Library(compile_process)
        self.decisions = DecisionLibrary(load_decisions)
        self.snapshot = Snapshot(self.database, [self.library, self.decisions])
        self.store: Store = TreeStore(self.database, (*ENGINE_TABLES, NoteTable()), self.clock)
        self.surroundings = Surroundings(
            library=self.library,
            projections=(*ENGINE_PROJECTIONS, NoteProjection()),
            facts_of=NoteFacts,
            form_version=Forms().bound,
            zone=ZoneInfo("Asia/Shanghai"),
            decisions=self.decisions,
        )
        self.catalogue = EventCatalogue((*ENGINE_EVENTS, *CITY_EVENTS))
        self.bus = self.bus_over(self.store)

    def bus_over(self, store: Store) -> Bus:
        """A bus whose trees live in ``store``."""
        rules = TreeRules(
            handlers={**engine_handlers(Forms()), **CITY_HANDLERS}, guard=guard, surroundings=self.surroundings
        )
        checks = {DefinitionKind.PROCESS: alone(check_process), DefinitionKind.DECISION: alone(check_decision)}
        desk = DefinitionDesk(checks=checks, four_eyes=False)
        configuration = ConfigurationCommands(self.database, desk.handlers(), everyone)
        return Bus(TreeCommands(store, rules, self.snapshot), configuration, self._note_commit)

    def _note_commit(self) -> None:
        self.commits += 1

    async def publish(
        self, source: bytes = DIAGRAM, *, kind: DefinitionKind = DefinitionKind.PROCESS, key: str = "review"
    ) -> None:
        """Publish a definition as it is."""
        names: dict[str, Any] = {"actor": SYSTEM, "kind": kind, "key_name": key}
        await self.bus.handle(SaveDefinitionDraft(**names, source=source))
        await self.bus.handle(PublishDefinition(**names))

    async def report(self, tree: int = 1) -> int:
        """Start a case; the id of its first task."""
        answer = await self.bus.handle(ReportNote(actor=WRITER, tree=tree, title="通知"))
        return int(json_value(answer.body)["opened"][0]["id"].split(".")[1])

    async def perform(self, actor: Actor, tree: int, task: int, **data: Any) -> dict[str, Any]:
        """Claim and complete a task; the answer."""
        await self.bus.handle(ClaimTask(actor=actor, tree=tree, task=task))
        answer = await self.bus.handle(CompleteTask(actor=actor, tree=tree, task=task, data=data))
        body: dict[str, Any] = json_value(answer.body)
        return body


def key(actor: Actor, name: str, request: bytes = b"request") -> IdempotencyKey:
    """A caller's key."""
    return IdempotencyKey(actor=actor.id, key=name, fingerprint=request)


def task_of(answer: dict[str, Any], place: int = 0) -> int:
    """Number of a task that an answer says was opened."""
    return int(answer["opened"][place]["id"].split(".")[1])


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A house whose diagram is published."""
    async with database.unit_of_work() as uow:
        await uow.execute(SCHEMA)
    opened = House(database)
    await opened.publish()
    yield opened
    await opened.bus.drain()
