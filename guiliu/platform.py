"""The composition root: everything of one process, built from the settings over one database.

Nothing else knows which piece is handed to which. Tests build the same over a database of their own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from connectors import (
    CurrentTargets,
    HttpConnector,
    Listening,
    Secrets,
    TargetHealths,
    TargetRegister,
)
from engine.batches import BatchQueries, BatchRunner
from engine.bus import Bus, ConfigurationCommands, Inspection, Rehearsal, TreeCommands, TreeQuestions, TreeRules
from engine.clock import Clock, DatabaseClock
from engine.configuration_versions import ConfigurationVersions
from engine.decisions import DecisionModel
from engine.definition import Finding
from engine.definitions import (
    DecisionLibrary,
    DefinitionKind,
    DefinitionQueries,
    Library,
    PublicationRequests,
    ScenarioFiles,
)
from engine.errors import Unavailable
from engine.feed import CommitNotifier, EventFeed, horizon_age
from engine.feel import Evaluation, FunctionTable
from engine.messages import MessageDeliverer, MessageQueries
from engine.snapshot import Snapshot
from engine.spiff import Definition, Mended, ProcessScope, mended, taken_apart
from engine.start_timers import ArmedStartTimer, armed_start_timers
from engine.storage.database import Database, PoolSettings
from engine.storage.event_log import EventLog
from engine.storage.listening import Listener
from engine.storage.security_log import SecurityLog
from engine.storage.tree_ids import TreeIds
from engine.storage.tree_store import TreeStore
from engine.timers import TimerLateness, timer_lateness
from guiliu.audit import Audit
from guiliu.batches import Requesters, batch_kinds
from guiliu.comparing import Comparing
from guiliu.configuring import configuration_commands
from guiliu.definitions import DefinitionChecks
from guiliu.memory import Memory, empty_memory
from guiliu.present import Present
from guiliu.rules import EVENTS, city_rules
from guiliu.scenario_desk import ScenarioDesk
from guiliu.settings import Settings
from guiliu.tables import TABLES
from guiliu.uses import DefinitionUses
from processes.access import (
    ApiKeys,
    OwnPassword,
    Passwords,
    People,
    Sessions,
    following,
)
from processes.attention import AttentionQueries
from processes.cases import (
    CaseQueries,
    CaseSettings,
    DeadlineQueries,
    DeliveryQueries,
    FollowedDiagrams,
    FormLibrary,
    TaskQueries,
    in_sight,
)
from processes.duplicates import DuplicateQueries
from processes.files import FileDesk
from processes.media import MediaFiles, MediaQueries, Uploads
from processes.organisation import ORGANISATION_MODELS
from processes.oversight import OversightQueries
from processes.registers import (
    Asking,
    Editing,
    Imports,
    LiveRegisters,
    PointRegisters,
    RegisterArchive,
    Reviews,
)
from processes.responsibility import Order, decided_order
from processes.supervision import OrderQueries, OrderVerbs
from processes.verbs import VerbQueries

DATABASE_CLOCK = DatabaseClock()
POOL = PoolSettings()


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One process of the house, open for business."""

    settings: Settings
    database: Database
    clock: Clock
    present: Present
    snapshot: Snapshot
    memory: Memory
    passwords: Passwords
    own_password: OwnPassword
    sessions: Sessions
    api_keys: ApiKeys
    bus: Bus
    configuring: ConfigurationCommands
    inspection: Inspection
    rehearsal: Rehearsal
    messages: MessageQueries
    batches: BatchQueries
    tree_ids: TreeIds
    cases: CaseQueries
    tasks: TaskQueries
    deadlines: DeadlineQueries
    verbs: VerbQueries
    attention: AttentionQueries
    duplicates: DuplicateQueries
    oversight: OversightQueries
    deliveries: DeliveryQueries
    target_healths: TargetHealths
    followed: FollowedDiagrams
    orders: OrderQueries
    uploads: Uploads
    media: MediaQueries
    media_files: MediaFiles
    definitions: DefinitionQueries
    uses: DefinitionUses
    comparing: Comparing
    versions: ConfigurationVersions
    points: PointRegisters
    archive: RegisterArchive
    desk: FileDesk
    imports: Imports
    editing: Editing
    asking: Asking
    scenarios: ScenarioDesk
    scenario_files: ScenarioFiles
    publication_requests: PublicationRequests
    reviews: Reviews
    audit: Audit
    log: EventLog
    feed: EventFeed
    notifier: CommitNotifier
    store: TreeStore

    @property
    def deliverer(self) -> MessageDeliverer:
        """Hands messages to those who wait for them."""
        return MessageDeliverer(self.database, self.bus, self.clock, self.memory.beginning, self.tree_ids)

    @property
    def batch_runner(self) -> BatchRunner:
        """Works batches off."""
        requesters = Requesters(self.snapshot, self.memory.people)
        return BatchRunner(
            database=self.database, bus=self.bus, kinds=batch_kinds(self.memory.beginning), actor_of=requesters.actor
        )

    @property
    def library(self) -> Library[Definition]:
        """The compiled diagrams."""
        return self.memory.library

    @property
    def form_library(self) -> FormLibrary:
        """The published forms."""
        return self.memory.forms

    @property
    def decisions(self) -> DecisionLibrary:
        """The published decisions."""
        return self.memory.decisions

    @property
    def functions(self) -> FunctionTable:
        """What every expression of this city may call."""
        return self.memory.functions

    @property
    def checks(self) -> DefinitionChecks:
        """How definitions are checked."""
        return self.memory.checks

    @property
    def people(self) -> People:
        """Who the accounts are."""
        return self.memory.people

    @property
    def registers(self) -> LiveRegisters:
        """The registers in force."""
        return self.memory.live

    @property
    def targets(self) -> TargetRegister:
        """The outside systems as they are configured."""
        return self.memory.targets

    @property
    def listening(self) -> Listening:
        """Tells which outside system sent something."""
        return Listening(self._current_targets, self._secrets)

    def connector(self) -> HttpConnector:
        """What asks the outside systems of this city."""
        return HttpConnector(self._current_targets, self._secrets)

    @property
    def _current_targets(self) -> CurrentTargets:
        return CurrentTargets(self.memory.targets, self.snapshot)

    @property
    def _secrets(self) -> Secrets:
        return Secrets(self.settings.home / "secrets")

    @property
    def secret(self) -> str:
        """Seals cursors."""
        return self.settings.secret

    @property
    def pages(self) -> Path:
        """The folder of the built front end."""
        return self.settings.pages

    @property
    def is_production(self) -> bool:
        """Whether cookies travel over TLS only."""
        return self.settings.is_production

    @property
    def origins(self) -> frozenset[str]:
        """Origins of our own pages; empty means the address that was asked."""
        return self.settings.origins

    def lint(self, kind: DefinitionKind, source: bytes) -> Sequence[Finding]:
        """Everything there is to say of a source; never raises."""
        return self.checks.lint(kind, source)

    def scope(self, source: bytes) -> ProcessScope:
        """What expressions of a diagram may name; never raises."""
        return self.checks.scope(source)

    def mend(self, source: bytes, wanted: Callable[[Finding], bool]) -> Mended:
        """A diagram with the repairs of the wanted findings; never raises."""
        return mended(source, partial(self.lint, DefinitionKind.PROCESS), wanted)

    def take_in(self, source: bytes) -> Sequence[Mended]:
        """Each process of a file of another engine in the dialect of this one, with a picture; never raises."""
        return taken_apart(source, partial(self.lint, DefinitionKind.PROCESS))

    def load_decisions(self, source: bytes) -> DecisionModel:
        """A decision model that is not published. Raises ``DefinitionRefused``."""
        return self.checks.load_decisions(source)

    async def evaluation(self) -> Evaluation:
        """Now, in the city's zone, for expressions that are only tried out. Raises ``Unavailable``."""
        return await self.present.evaluation()

    async def horizon_age(self) -> timedelta:
        """How far the feed's horizon lies behind."""
        return await horizon_age(self.database)

    async def start_timers(self) -> Sequence[ArmedStartTimer]:
        """When processes begin by themselves, the soonest first."""
        return await armed_start_timers(self.database, self.clock)

    async def timer_lateness(self) -> TimerLateness:
        """How late timers are."""
        return await timer_lateness(self.database, self.clock)

    async def check_ready(self) -> None:
        """Raises ``Unavailable`` while requests cannot be served."""
        await self.database.fetchval("select 1")
        if self.feed.failure is not None:
            raise Unavailable("feed_stopped", "事件流已停止", f"The feed ended: {self.feed.failure}")


async def _list_order(memory: Memory, present: Present) -> Order:
    """In which order the responsibility lists are asked, as the city decides now."""
    return decided_order(memory.decisions, await present.evaluation())


def build_platform(
    settings: Settings, url: str, *, clock: Clock = DATABASE_CLOCK, pool: PoolSettings = POOL
) -> Platform:
    """Put the pieces together; nothing is connected, loaded or started yet."""
    database = Database(url, settings=pool, models={"organisation": ORGANISATION_MODELS})
    return _over(database, settings, Listener(url), clock=clock)


def _queries(
    database: Database, memory: Memory, clock: Clock, rules: TreeRules, questions: TreeQuestions
) -> dict[str, Any]:
    cases = CaseQueries(database, memory.city, memory.names, clock)
    return {
        "inspection": Inspection(questions),
        "rehearsal": Rehearsal(questions, rules, memory.library.name_en),
        "cases": cases,
        "tasks": TaskQueries(database, memory.forms, clock),
        "deadlines": DeadlineQueries(database=database, clock=clock, calendar_of=memory.timekeeper.calendar_of),
        "verbs": VerbQueries(database, questions, memory.verbs, memory.permits, memory.forms),
        "attention": AttentionQueries(database),
        "duplicates": DuplicateQueries(database, clock),
        "deliveries": DeliveryQueries(database),
        "orders": OrderQueries(cases, OrderVerbs(memory.verbs, memory.library)),
        "target_healths": TargetHealths(database),
        "followed": FollowedDiagrams(database),
        "oversight": OversightQueries(database, clock, memory.city.zone),
        "media": MediaQueries(database, cases.visible),
        "definitions": DefinitionQueries(database),
        "scenario_files": ScenarioFiles(database),
        "publication_requests": PublicationRequests(database),
        "uses": DefinitionUses(database, memory, clock),
        "comparing": Comparing(database),
        "messages": MessageQueries(database),
        "batches": BatchQueries(database),
        "reviews": Reviews(memory.live),
    }


def _over(database: Database, settings: Settings, listener: Listener, *, clock: Clock) -> Platform:
    memory, passwords = empty_memory(CaseSettings(zone=settings.zone)), Passwords()
    present = Present(database, clock, settings.zone)
    snapshot = Snapshot(database, memory.parts)
    rules, follow = city_rules(memory), following(snapshot, memory.people)
    log, notifier, store = EventLog(database, EVENTS), CommitNotifier(database), TreeStore(database, TABLES, clock)
    trees, configuring = TreeCommands(store, rules, snapshot), configuration_commands(settings, database, memory, clock)
    files = MediaFiles(settings.home / "media")
    archive, points, desk = RegisterArchive(database), PointRegisters(database, memory.live), FileDesk()
    return Platform(
        settings=settings,
        database=database,
        clock=clock,
        present=present,
        snapshot=snapshot,
        memory=memory,
        passwords=passwords,
        own_password=OwnPassword(database, passwords),
        sessions=Sessions(database, passwords, follow),
        api_keys=ApiKeys(database, settings.secret, follow),
        bus=Bus(trees, configuring, notifier.committed),
        configuring=configuring,
        tree_ids=TreeIds(database),
        **_queries(database, memory, clock, rules, TreeQuestions(store, rules.surroundings, snapshot, in_sight)),
        uploads=Uploads(database, files),
        media_files=files,
        versions=ConfigurationVersions(database, snapshot),
        points=points,
        archive=archive,
        desk=desk,
        imports=Imports(archive, desk, lambda: memory.people.register.organisation.units),
        editing=Editing(archive),
        scenarios=ScenarioDesk(database, memory),
        asking=Asking(memory.live, points, partial(_list_order, memory, present)),
        audit=Audit(log=log, security=SecurityLog(database)),
        log=log,
        feed=EventFeed(database, log, listener),
        notifier=notifier,
        store=store,
    )


@asynccontextmanager
async def open_platform(platform: Platform) -> AsyncIterator[Platform]:
    """Connect, load and follow the feed; everything that began has ended when the block ends."""
    await platform.database.open()
    try:
        await platform.snapshot.load()
        platform.notifier.start()
        await platform.feed.start()
        try:
            yield platform
        finally:
            await platform.bus.drain()
            await platform.feed.stop()
            await platform.notifier.stop()
            await platform.desk.close()
    finally:
        await platform.database.close()
