"""One case with deadlines over a store in memory: each step is a command that loads, decides and flushes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from engine.actors import Actor
from engine.clock import VirtualClock
from engine.commands import TreeCommand
from engine.event import Event
from engine.feel import STANDARD, from_json
from engine.handling import Work
from engine.memory_store import MemoryStore
from engine.projection import Rows
from engine.projections import ENGINE_PROJECTIONS, TaskRow, TimerRow
from engine.spiff import Definition, compile_process
from engine.store import LoadRequest
from engine.work import Surroundings, TreeWork
from processes.calendars import CompiledCalendar, compile_calendar, sample_calendars
from processes.catalogue.sample.reading import sample_catalogue
from processes.timekeeping import DEADLINE_TABLE, DeadlineProjection, DeadlineRow, Timekeeper, time_limit_functions
from tests.unit.spiff.driving import Facts

Answer = TypeVar("Answer")
SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = compile_calendar(sample_calendars()["standard"])
FUNCTIONS = STANDARD.extended(time_limit_functions(sample_catalogue))
SOMEBODY = Actor(id="user:1", name="somebody", groups=frozenset({"desk"}))
TABLES = (*(projection.table for projection in ENGINE_PROJECTIONS), "task_draft", DEADLINE_TABLE)
TREE = 64


def at(text: str) -> datetime:
    """A moment in the city, such as ``2026-07-01 10:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class _Shelf:
    """A library of one diagram."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition

    def latest_compiled(self, _key: str) -> Definition:
        return self._definition

    def compiled(self, _sha: bytes) -> Definition:
        return self._definition


class KeptCase:
    """A case whose clock is set by hand."""

    def __init__(self, source: bytes, began: str, calendar: CompiledCalendar = CALENDAR, **settings: Any) -> None:
        self.calendar = calendar
        self.timekeeper = Timekeeper(calendar_of=lambda _: self.calendar, **settings)
        self.clock = VirtualClock(at(began))
        self.store = MemoryStore(TABLES, self.clock, {}, listed=(DEADLINE_TABLE,))
        library: Any = _Shelf(compile_process(source, functions=FUNCTIONS))
        facts = Facts()
        self._surroundings = Surroundings(
            library=library,
            projections=(*ENGINE_PROJECTIONS, DeadlineProjection()),
            facts_of=lambda _: facts,
            form_version=lambda _key, _tag: 1,
            zone=SHANGHAI,
            deadlines_of=self.timekeeper.deadlines_of,
            listed=(DEADLINE_TABLE,),
        )
        self.act(lambda work: work.start("demo", {}))

    def act(self, do: Callable[[Work], Answer], when: str = "") -> Answer:
        """One command, at a moment."""
        if when:
            self.clock.now = at(when)
        loaded = asyncio.run(self.store.load(LoadRequest(tree=TREE)))
        work = TreeWork(TreeCommand(actor=SOMEBODY, tree=TREE), loaded, self._surroundings)
        try:
            answer = do(work)
            asyncio.run(self.store.flush(work.flush()))
        finally:
            work.free()
        return answer

    def complete(self, element: str, when: str = "", **data: Any) -> None:
        """Complete the open task of an element."""
        values = {name: from_json(value) for name, value in data.items()}
        self.act(lambda work: work.complete(self.task(element)[0], values, ""), when)

    def fire(self, element: str, when: str) -> bool:
        """Let the timer of an element fire, if its moment has come."""
        [key] = [key for key, row in self.timers.items() if row.element == element and row.is_open]
        return self.act(lambda work: work.fire(key), when)

    def task(self, element: str) -> tuple[int, TaskRow]:
        """The open task of an element."""
        tasks: Mapping[int, TaskRow] = self.store.rows(TREE, "task")
        [(key, row)] = [(key, row) for key, row in tasks.items() if row.element == element and row.is_open]
        return key, row

    @property
    def timers(self) -> Mapping[int, TimerRow]:
        """Every timer there ever was."""
        return self.store.rows(TREE, "timer")

    def timer(self, element: str) -> TimerRow:
        """The timer that an element armed last."""
        return [row for row in self.timers.values() if row.element == element][-1]

    def deadlines(self, name: str) -> list[DeadlineRow]:
        """Every deadline of a name, the first one first."""
        rows: Mapping[int, DeadlineRow] = self.store.rows(TREE, DEADLINE_TABLE)
        return [row for _, row in sorted(rows.items()) if row.name == name]

    def running(self, name: str) -> DeadlineRow:
        """The one that has not ended."""
        [row] = [row for row in self.deadlines(name) if row.clock.is_open]
        return row

    @property
    def events(self) -> list[Event]:
        """What happened."""
        return [recorded.event for recorded in self.store.events(TREE)]

    def refolded(self) -> Mapping[int, DeadlineRow]:
        """The deadlines as the whole log makes them."""
        rows: Rows[DeadlineRow] = Rows()
        for recorded in self.store.events(TREE):
            DeadlineProjection().fold(rows, recorded)
        return dict(rows.items())
