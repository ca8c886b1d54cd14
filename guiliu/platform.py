"""The composition root: everything of one process, built from the settings over one database.

Nothing else knows which piece is handed to which. Tests build the same over a database of their own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import Clock, DatabaseClock
from engine.definition import Finding
from engine.definitions import (
    DefinitionDesk,
    DefinitionKind,
    DefinitionQueries,
    Library,
    PublishDefinition,
    RetireDefinition,
    SaveDefinitionDraft,
)
from engine.errors import Unavailable
from engine.events import ENGINE_EVENTS
from engine.feed import CommitNotifier, EventFeed, horizon_age
from engine.handlers import engine_handlers
from engine.log import EventCatalogue
from engine.projections import ENGINE_PROJECTIONS
from engine.snapshot import Snapshot
from engine.spiff import Definition
from engine.storage.database import Database, PoolSettings
from engine.storage.engine_tables import AUDITED_TABLES, ENGINE_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from engine.storage.listening import Listener
from engine.storage.security_log import SecurityLog
from engine.storage.tables import AuditedTable, TableStorage
from engine.storage.tree_ids import TreeIds
from engine.storage.tree_store import TreeStore
from engine.work import Surroundings
from guiliu.audit import Audit
from guiliu.definitions import CHECKS, compiled, lint
from guiliu.registers import city_registers
from guiliu.settings import Settings
from processes.access import (
    ACCESS_CONFIGURATION,
    ACCESS_HANDLERS,
    ConfigurationGuard,
    Passwords,
    People,
    Permission,
    Sessions,
    TreeGuard,
    following,
    tree_rules,
)
from processes.cases import (
    AUDITED_CASE_TABLES,
    CASE_EVENTS,
    CASE_LAWS,
    CASE_RULES,
    CASE_TABLES,
    CaseProjection,
    CaseQueries,
    CaseSettings,
    FormLibrary,
    Names,
    ReportCase,
    ReportCaseHandler,
    TaskQueries,
    audience_of,
    facts_of,
)
from processes.media import CaseMediaProjection, CaseMediaTable, MediaFiles, MediaQueries, Uploads
from processes.organisation import ORGANISATION_HANDLERS, ORGANISATION_MODELS

EVENTS = EventCatalogue((*ENGINE_EVENTS, *CASE_EVENTS))
PROJECTIONS = (*ENGINE_PROJECTIONS, CaseProjection(), CaseMediaProjection())
#: Which permission a change of a definition needs.
DEFINITION_PERMISSIONS = {
    SaveDefinitionDraft: Permission.PROCESS_EDIT,
    PublishDefinition: Permission.PROCESS_PUBLISH,
    RetireDefinition: Permission.PROCESS_PUBLISH,
}
DATABASE_CLOCK = DatabaseClock()
POOL = PoolSettings()

TABLES: Sequence[TableStorage[Any]] = (*ENGINE_TABLES, *CASE_TABLES, CaseMediaTable())
#: Those whose rows come from events and from nothing else.
AUDITED: Sequence[AuditedTable[Any]] = (*AUDITED_TABLES, *AUDITED_CASE_TABLES, CaseMediaTable())
LAWS = {**ENGINE_LAWS, **CASE_LAWS}


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One process of the house, open for business."""

    settings: Settings
    database: Database
    snapshot: Snapshot
    library: Library[Definition]
    people: People
    passwords: Passwords
    sessions: Sessions
    bus: Bus
    tree_ids: TreeIds
    cases: CaseQueries
    tasks: TaskQueries
    uploads: Uploads
    media: MediaQueries
    media_files: MediaFiles
    definitions: DefinitionQueries
    audit: Audit
    log: EventLog
    feed: EventFeed
    notifier: CommitNotifier
    store: TreeStore

    @property
    def secret(self) -> str:
        """Seals cursors."""
        return self.settings.secret

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
        return lint(kind, source)

    async def definition_source(self, sha: bytes) -> bytes:
        """The stored bytes of a published version. Raises ``NotFound``."""
        return await self.store.definition_source(sha)

    async def horizon_age(self) -> timedelta:
        """How far the feed's horizon lies behind."""
        return await horizon_age(self.database)

    async def check_ready(self) -> None:
        """Raises ``Unavailable`` while requests cannot be served."""
        await self.database.fetchval("select 1")
        if self.feed.failure is not None:
            raise Unavailable("feed_stopped", "事件流已停止", f"The feed ended: {self.feed.failure}")


def build_platform(
    settings: Settings, url: str, *, clock: Clock = DATABASE_CLOCK, pool: PoolSettings = POOL
) -> Platform:
    """Put the pieces together; nothing is connected, loaded or started yet."""
    database = Database(url, settings=pool, models={"organisation": ORGANISATION_MODELS})
    people, passwords, library = People(), Passwords(), Library(compiled)
    city, registers = CaseSettings(zone=settings.zone), city_registers(people)
    forms = FormLibrary(registers)
    snapshot = Snapshot(database, (people, library, forms))
    log = EventLog(database, EVENTS)
    notifier = CommitNotifier(database)
    store = TreeStore(database, TABLES, clock)
    rules = TreeRules(
        handlers={**engine_handlers(forms), ReportCase: ReportCaseHandler(city, registers)},
        guard=TreeGuard({**tree_rules(people.actor_named), **CASE_RULES}, audience_of),
        surroundings=Surroundings(
            library=library, projections=PROJECTIONS, facts_of=facts_of(city), zone=settings.zone
        ),
    )
    desk = DefinitionDesk(checks=CHECKS, four_eyes=settings.is_production)
    configuration = ConfigurationCommands(
        database,
        {**ORGANISATION_HANDLERS, **ACCESS_HANDLERS, **desk.handlers()},
        ConfigurationGuard({**ACCESS_CONFIGURATION, **DEFINITION_PERMISSIONS}),
    )
    files = MediaFiles(settings.home / "media")
    names = Names(organisation=lambda: people.register.organisation)
    cases = CaseQueries(database, city, names)
    return Platform(
        settings=settings,
        database=database,
        snapshot=snapshot,
        library=library,
        people=people,
        passwords=passwords,
        sessions=Sessions(database, passwords, following(snapshot, people)),
        bus=Bus(TreeCommands(store, rules, snapshot), configuration, notifier.committed),
        tree_ids=TreeIds(database),
        cases=cases,
        tasks=TaskQueries(database, forms),
        uploads=Uploads(database, files),
        media=MediaQueries(database, cases.visible),
        media_files=files,
        definitions=DefinitionQueries(database),
        audit=Audit(log=log, security=SecurityLog(database)),
        log=log,
        feed=EventFeed(database, log, Listener(url)),
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
    finally:
        await platform.database.close()
