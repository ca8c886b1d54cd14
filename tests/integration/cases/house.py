"""A city on a test's own database: the shipped diagram and forms, people with groups and audiences."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.actors import SYSTEM, Actor
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import DatabaseClock
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
from engine.handlers import engine_handlers
from engine.jsontext import json_value
from engine.projections import ENGINE_PROJECTIONS
from engine.snapshot import Snapshot
from engine.spiff import Definition, compile_process
from engine.storage.database import Database
from engine.storage.engine_tables import ENGINE_TABLES
from engine.storage.tree_ids import TreeIds
from engine.storage.tree_store import TreeStore
from engine.work import Surroundings
from forms import standard_forms
from guiliu.functions import sample_functions
from processes.access import Permission, TreeGuard, tree_rules
from processes.calendars import CompiledCalendar, compile_calendar, sample_calendars
from processes.cases import (
    CASE_RULES,
    CASE_TABLES,
    CaseProjection,
    CaseQueries,
    CaseSettings,
    DeadlineQueries,
    FormLibrary,
    Location,
    Names,
    Registers,
    ReportCase,
    ReportCaseHandler,
    TaskQueries,
    audience_of,
    check_form,
    facts_of,
)
from processes.catalogue.sample.reading import sample_catalogue
from processes.deadlines import DeadlineSettings
from processes.media import CaseMediaProjection, CaseMediaTable
from processes.organisation import AccountEntry, OrganisationSnapshot, PostEntry, UnitEntry, UnitKind
from processes.timekeeping import (
    DEADLINE_TABLE,
    DEADLINE_TABLES,
    DeadlineProjection,
    RederiveDeadlines,
    RederiveDeadlinesHandler,
    Timekeeper,
)

SHIPPED = Path(__file__).parents[3] / "bpmn"
#: The frame of a case after the diagrams that it calls.
LINE = ("filing", "dispatch", "disposal", "verification", "closure", "case")
DIAGRAMS = {key: (SHIPPED / f"{key}.bpmn").read_bytes() for key in LINE}
DECISIONS = {path.stem: path.read_bytes() for path in sorted(SHIPPED.glob("*.dmn"))}
CATALOGUE = sample_catalogue()
CONDITION = "component-0101-01"
MAY_WORK = frozenset({Permission.CASE_REPORT, Permission.TASK_PERFORM, Permission.FAULT_RETRY})


def person(number: int, *groups: str, unit: str | None = None, sees_all: bool = False) -> Actor:
    """Somebody with the audience that their groups and unit give them."""
    keys = {f"user:{number}", *(f"group:{group}" for group in groups), *([f"unit:{unit}"] if unit else [])}
    return Actor(
        id=f"user:{number}",
        name=f"人员{number}",
        groups=frozenset(groups),
        permissions=MAY_WORK,
        audience=None if sees_all else frozenset(keys),
    )


REPORTER = person(1)
ACCEPTOR = person(2, "acceptor")
INSPECTOR = person(3, "inspector")
LEAD = person(4, "shift-lead")
DISPATCHER = person(5, "dispatcher")
CLERK = person(6, "clerk", "clerk@U12", unit="U12")
OTHER_CLERK = person(7, "clerk", "clerk@U13", unit="U13")
VERIFIER = person(8, "verifier")
LEADER = person(9, "leader", sees_all=True)
STRANGER = person(10)

UNITS = {
    code: UnitEntry(code=code, name=name, name_en=english, kind=UnitKind.DEPARTMENT, parent=None, is_valid=True)
    for code, name, english in (("U12", "市住建局", "Housing Bureau"), ("U13", "市水利局", ""))
}
ORGANISATION = OrganisationSnapshot(
    units=UNITS,
    posts={
        "clerk": PostEntry(key="clerk", name_zh="经办人", name_en="Clerk"),
        "acceptor": PostEntry(key="acceptor", name_zh="受理员", name_en="Acceptor"),
    },
    accounts={2: AccountEntry(id=2, username="acceptor", name="张受理", is_disabled=False)},
)


CALENDAR = compile_calendar(sample_calendars()["standard"])
FUNCTIONS = sample_functions()


@cache
def compiled(source: bytes) -> Definition:
    """Compiled once for all houses: no case changes its diagram."""
    return compile_process(source, functions=FUNCTIONS)


def check_process(source: bytes) -> Checked:
    view = compiled(source).view
    return Checked(key=view.key, name=view.name)


def check_decision(source: bytes) -> Checked:
    model = load_decisions(source)
    return Checked(key=model.key, name=model.name, version_tag=model.version_tag)


def everyone(actor: Actor, command: ConfigurationCommand) -> None:
    """Whoever it is may configure."""


@dataclass
class House:
    """One process of the platform with its city."""

    database: Database
    settings: CaseSettings = field(default_factory=CaseSettings)
    calendar: CompiledCalendar = CALENDAR
    deadline_settings: DeadlineSettings = field(default_factory=DeadlineSettings)

    def __post_init__(self) -> None:
        self.registers = Registers(
            catalogue=lambda: CATALOGUE,
            catalogue_version=lambda: 1,
            units=lambda: ORGANISATION.units,
            place_of=lambda _: None,
        )
        self.forms = FormLibrary(self.registers, self.settings.zone)
        self.timekeeper = Timekeeper(calendar_of=lambda _: self.calendar, settings=lambda: self.deadline_settings)
        self.library: Library[Definition] = Library(compiled)
        self.decisions = DecisionLibrary(load_decisions)
        self.snapshot = Snapshot(self.database, [self.library, self.forms, self.decisions])
        self.tree_ids = TreeIds(self.database)
        self.bus = Bus(self._trees(), self._configuration(), lambda: None)
        self.cases = CaseQueries(
            self.database, self.settings, Names(organisation=lambda: ORGANISATION), DatabaseClock()
        )
        self.deadlines = DeadlineQueries(
            database=self.database, clock=DatabaseClock(), calendar_of=lambda _: self.calendar
        )
        self.tasks = TaskQueries(self.database, self.forms, DatabaseClock())

    def _trees(self) -> TreeCommands:
        surroundings = Surroundings(
            library=self.library,
            projections=(*ENGINE_PROJECTIONS, CaseProjection(), CaseMediaProjection(), DeadlineProjection()),
            facts_of=facts_of(self.settings, self.registers),
            form_version=self.forms.bound,
            zone=ZoneInfo("Asia/Shanghai"),
            decisions=self.decisions,
            deadlines_of=self.timekeeper.deadlines_of,
            listed=(DEADLINE_TABLE,),
        )
        handlers = {
            **engine_handlers(self.forms),
            ReportCase: ReportCaseHandler(self.settings, self.registers),
            RederiveDeadlines: RederiveDeadlinesHandler(self.timekeeper),
        }
        guard = TreeGuard(
            {**tree_rules(lambda _: None, lambda _: True), **CASE_RULES}, audience_of, beginning=CASE_RULES
        )
        store = TreeStore(
            self.database, (*ENGINE_TABLES, *CASE_TABLES, CaseMediaTable(), *DEADLINE_TABLES), DatabaseClock()
        )
        rules = TreeRules(handlers=handlers, guard=guard, surroundings=surroundings)
        return TreeCommands(store, rules, self.snapshot)

    def _configuration(self) -> ConfigurationCommands:
        checks = {
            DefinitionKind.PROCESS: alone(check_process),
            DefinitionKind.DECISION: alone(check_decision),
            DefinitionKind.FORM: alone(check_form),
        }
        desk = DefinitionDesk(checks=checks, four_eyes=False)
        return ConfigurationCommands(self.database, desk.handlers(), everyone)

    async def publish(self, kind: DefinitionKind, key: str, source: bytes) -> None:
        """Publish a definition as it is."""
        names: dict[str, Any] = {"actor": SYSTEM, "kind": kind, "key_name": key}
        await self.bus.handle(SaveDefinitionDraft(**names, source=source))
        await self.bus.handle(PublishDefinition(**names))

    async def found(self) -> None:
        """Publish what is shipped."""
        for key, source in standard_forms().items():
            await self.publish(DefinitionKind.FORM, key, source)
        for key, source in DECISIONS.items():
            await self.publish(DefinitionKind.DECISION, key, source)
        for key, source in DIAGRAMS.items():
            await self.publish(DefinitionKind.PROCESS, key, source)

    async def report(self, by: Actor = REPORTER, *, key: IdempotencyKey | None = None, **changes: Any) -> int:
        """Report a case; its id."""
        body = await self.reported(by, key=key, **changes)
        case: int = body["case"]
        return case

    async def reported(self, by: Actor = REPORTER, *, key: IdempotencyKey | None = None, **changes: Any) -> Any:
        """Report a case; the answer."""
        given: dict[str, Any] = {
            "subcategory": "component-0101",
            "channel": "inspector",
            "location": Location(lon=122.07, lat=46.08, crs="CGCS2000", address="兴安北路 12 号"),
            "description": "井盖缺失",
            **changes,
        }
        answer = await self.bus.handle(ReportCase(actor=by, key=key, tree=await self.tree_ids.take(), **given))
        return json_value(answer.body)

    async def open_task(self, case: int) -> int:
        """Number of the case's only open task."""
        number: int = await self.database.fetchval("select id from task where tree = $1 and state = 'open'", case)
        return number

    async def perform(self, case: int, by: Actor, **data: Any) -> dict[str, Any]:
        """Claim and complete the case's only open task; the answer."""
        task = await self.open_task(case)
        await self.bus.handle(ClaimTask(actor=by, tree=case, task=task))
        answer = await self.bus.handle(CompleteTask(actor=by, tree=case, task=task, data=data))
        body: dict[str, Any] = json_value(answer.body)
        return body

    async def file(self, case: int) -> int:
        """Accept and file a case; its id."""
        await self.perform(case, ACCEPTOR, decision="accept")
        await self.perform(case, LEAD, decision="file", condition=CONDITION, urgency="urgent")
        return case

    async def dispatch(self, case: int, unit: str = "U12") -> int:
        """Accept, file and dispatch a case; its id."""
        await self.file(case)
        await self.perform(case, DISPATCHER, decision="dispatch", responsible_unit=unit)
        return case

    async def close(self, case: int) -> int:
        """Take a case the straight way to its end; its id."""
        await self.dispatch(case)
        await self.perform(case, CLERK, result="fixed", measures="补装井盖")
        await self.perform(case, VERIFIER, result="passed")
        await self.perform(case, LEAD, decision="close")
        return case
