"""Walks a case through a diagram in memory: reported, then task after task, as people would.

Each walk can be made straight, the live tree staying in memory, or with dump and load after every step, as the store
does it; both must come to the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.actors import Actor
from engine.decisions import DecisionSet, load_decisions
from engine.events import Event, FaultCleared, FaultRaised, Recorded, StageEntered
from engine.feel import Evaluation, Value, from_json
from engine.jsontext import json_text
from engine.projection import Projection, Rows
from engine.projections import ENGINE_PROJECTIONS
from engine.spiff import Definition, LiveTree, OpenTask, Step
from forms import accept, load_form, standard_forms
from processes.cases import (
    CaseProjection,
    CaseRow,
    CaseSettings,
    Location,
    Registers,
    ReportCase,
    ReportCaseHandler,
    facts_of,
)
from processes.catalogue.sample.reading import sample_catalogue

FORMS = {key: load_form(source) for key, source in standard_forms().items()}
SETTINGS = CaseSettings()
UNITS = frozenset({"U12", "U13"})
CATALOGUE = sample_catalogue()
REGISTERS = Registers(
    catalogue=lambda: CATALOGUE, catalogue_version=lambda: 1, units=lambda: UNITS, place_of=lambda _: None
)
DECISIONS = DecisionSet(
    tuple(load_decisions(path.read_bytes()) for path in (Path(__file__).parents[2] / "bpmn").glob("*.dmn"))
)
TABLES = ("task", "task_draft", "timer", "fault", "procedure", "instance", "cases", "personal")
BEGIN = datetime(2026, 7, 1, 0, 30, tzinfo=UTC)


def person(number: int, *groups: str) -> Actor:
    """Somebody in some groups."""
    return Actor(id=f"user:{number}", name=f"人员{number}", groups=frozenset(groups))


REPORTER = person(1, "inspector")
STAFF = {
    "acceptor": person(2, "acceptor"),
    "inspector": person(3, "inspector"),
    "shift-lead": person(4, "shift-lead"),
    "dispatcher": person(5, "dispatcher"),
    "clerk@U12": person(6, "clerk", "clerk@U12"),
    "clerk@U13": person(7, "clerk", "clerk@U13"),
    "verifier": person(8, "verifier"),
}


class Walk:
    """One case in memory; implements ``engine.handling.Work``."""

    def __init__(self, definition: Definition, *, reloads: bool) -> None:
        self._definition = definition
        self._reloads = reloads
        self._live = LiveTree.empty()
        self._projections: Sequence[Projection[Any]] = (*ENGINE_PROJECTIONS, CaseProjection())
        self._recorded: list[Recorded] = []
        self._rows: dict[str, Rows[Any]] = {name: Rows() for name in TABLES}
        self.now = BEGIN
        self.actor = REPORTER
        self.tree = 42
        self.is_new = True

    @property
    def recorded(self) -> Sequence[Recorded]:
        """All events so far."""
        return self._recorded

    @property
    def events(self) -> list[Event]:
        """What happened so far."""
        return [recorded.event for recorded in self._recorded]

    @property
    def stages(self) -> list[str]:
        """The stages entered so far, in order."""
        return [event.stage for event in self.events if isinstance(event, StageEntered)]

    @property
    def case(self) -> CaseRow:
        """The row of the case."""
        row: CaseRow = self._rows["cases"][0]
        return row

    @property
    def facts(self) -> Mapping[str, Value]:
        """The facts as expressions see them."""
        return facts_of(SETTINGS)(self._rows).values()

    @property
    def open_tasks(self) -> list[OpenTask]:
        """The tasks that wait."""
        return list(self._live.tasks.values())

    @property
    def faults(self) -> list[FaultRaised]:
        """Faults that were raised and not cleared."""
        cleared = {event.fault for event in self.events if isinstance(event, FaultCleared)}
        return [event for event in self.events if isinstance(event, FaultRaised) and event.fault not in cleared]

    def report(self, channel: str = "inspector", **changes: Any) -> Walk:
        """The case is reported."""
        subcategory = CATALOGUE.subcategories[0].key
        place = Location(lon=122.07, lat=46.08, crs="CGCS2000", address="兴安北路")
        command = ReportCase(
            actor=self.actor,
            tree=self.tree,
            subcategory=subcategory,
            channel=channel,
            location=place,
            description="井盖缺失",
            **changes,
        )
        ReportCaseHandler(SETTINGS, REGISTERS)(command, self)
        return self._rest()

    def perform(self, element: str, by: str, **data: Any) -> Walk:
        """Somebody completes the one open task of an element, which must be offered to their groups."""
        self.actor = STAFF[by]
        [task] = [task for task in self.open_tasks if task.element == element]
        assert not self.actor.groups.isdisjoint(task.groups), f"{element} is offered to {task.groups}, not to {by}"
        values = accept(FORMS[task.form], data) if task.form else data
        self.complete(task.task, {name: from_json(value) for name, value in values.items()}, "")
        return self._rest()

    def rows(self, table: str) -> Rows[Any]:
        """Rows of a table."""
        return self._rows[table]

    def record(self, event: Event) -> None:
        """Append an event; the projections fold it at once."""
        recorded = Recorded(
            tree=self.tree,
            seq=len(self._recorded) + 1,
            at=self.now,
            actor=self.actor.id,
            event=event,
            payload=json_text(event),
            hash=b"",
        )
        self._recorded.append(recorded)
        for projection in self._projections:
            projection.fold(self._rows[projection.table], recorded)

    def decide(self, _decision: str, _inputs: Mapping[str, Value], otherwise: Value) -> Value:
        """Nothing but diagrams asks decisions here."""
        return otherwise

    def start(self, definition_key: str, variables: Mapping[str, Value]) -> int:
        """Start the diagram under test."""
        assert definition_key == self._definition.view.key
        return self._live.start(self._definition, variables, self._step())

    def complete(self, task: int, data: Mapping[str, Value], comment: str) -> None:
        """Finish a task."""
        self._live.complete(task, data, self._step(), comment)

    def cancel(self, instance: int, reason: str) -> None:
        """End an instance."""
        self._live.cancel(instance, reason, self._step())

    def retry(self, fault: int) -> None:
        """Run a faulted element again."""
        self._live.retry(fault, self._step())

    def _step(self) -> Step:
        evaluation = Evaluation(now=self.now, zone=ZoneInfo("Asia/Shanghai"))
        return Step(
            now=self.now,
            evaluation=evaluation,
            facts=facts_of(SETTINGS)(self._rows),
            form_version=lambda form, _tag: int(form in FORMS),
            emit=self.record,
            actor=self.actor.id,
            decisions=DECISIONS,
        )

    def _rest(self) -> Walk:
        self.is_new = False
        self.now += timedelta(minutes=10)
        if self._reloads:
            state = self._live.dump()
            self._live.free()
            self._live = LiveTree.load(state, {self._definition.view.sha: self._definition}.__getitem__)
        return self
