"""Reads what supervisors look at, through the actor's row scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from engine.actors import Actor
from engine.clock import Clock
from engine.errors import NotFound
from engine.storage.database import Database
from processes.cases import WORST_LAMP, Conditions, class_of, list_reading, moment_of, scope_of
from processes.oversight import statements
from processes.oversight.pressing import pressure_order


class Wanted(Protocol):
    """Which cases; ``None`` asks for no particular one."""

    @property
    def unit(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def category(self) -> str | None:
        """Key of a class."""
        ...


@dataclass(frozen=True, kw_only=True)
class FlowDay:
    """A day of the city."""

    day: date
    reported: int
    ended: int
    #: Open at the end of the day.
    backlog: int


@dataclass(frozen=True, kw_only=True)
class PressingCase:
    """A case whose time runs out or has run out, and who has it."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    community: str
    street: str
    stage: str
    #: The deadline that presses, as the diagram names it.
    deadline: str
    warn_at: datetime | None
    due_at: datetime
    priority: int
    #: The first of its open tasks, and its element; empty when it waits for something else.
    task_name: str
    task_element: str
    assignee: str | None
    queue: str
    #: The last task that was done, its element, and when; empty when none was.
    last_step: str
    last_element: str
    last_step_at: datetime | None
    #: How often it was urged.
    urged: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """An open case on the map."""

    case: int
    lon: float
    lat: float
    grid: str
    stage: str
    subcategory: str
    lamp: str | None


@dataclass(frozen=True, kw_only=True)
class ElementHeat:
    """How an element or a sequence flow of a diagram fares."""

    #: How often the sampled instances passed it.
    passed: int = 0
    #: Tasks and calls done there by the sampled instances, how long they took on average, and of those with a due time
    #: how many were late.
    done: int = 0
    taken: timedelta | None = None
    bound: int = 0
    late: int = 0
    #: What waits there now in all open instances: how many, how long on average, how many beyond their due time.
    waiting: int = 0
    waited: timedelta | None = None
    overdue: int = 0
    faulted: int = 0


@dataclass(frozen=True, kw_only=True)
class Heat:
    """A diagram with how its elements fare."""

    number: int
    source: str
    #: How many instances were looked at, the newest ones.
    sampled: int
    elements: Mapping[str, ElementHeat]


class OversightQueries:
    """What supervisors look at beyond lists."""

    def __init__(self, database: Database, clock: Clock, zone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone

    async def flow(self, actor: Actor, days: int) -> Sequence[FlowDay]:
        """The last days, today the last. Raises ``Unavailable``."""
        scope = scope_of(actor)
        async with list_reading(self._database) as connection:
            now = (await connection.fetchval(statements.NOW, self._clock.moment())).astimezone(self._zone)
            first = now.date() - timedelta(days=days - 1)
            period = (self._midnight(first), self._midnight(now.date() + timedelta(days=1)), str(self._zone))
            reported, ended = [
                await connection.fetch(sql.format(scope=scope.condition), scope.keys, *period)
                for sql in (statements.ARRIVALS, statements.ENDINGS)
            ]
            backlog = await connection.fetchval(statements.OPEN.format(scope=scope.condition), scope.keys)
        dates = [first + timedelta(days=place) for place in range(days)]
        return _backwards(dates, _by_day(reported), _by_day(ended), backlog)

    async def pressing(self, actor: Actor, wanted: Wanted, limit: int) -> Sequence[PressingCase]:
        """Cases whose deadlines run out, what presses most first; each once. Raises ``Unavailable``."""
        conditions = _conditions(actor, wanted)
        sql = statements.PRESSING.format(scope=scope_of(actor).condition, where=conditions.sql)
        async with list_reading(self._database) as connection:
            now = await connection.fetchval(statements.NOW, self._clock.moment())
            rows = await connection.fetch(sql, *conditions.values)
        first: dict[int, PressingCase] = {}
        for row in rows:
            first.setdefault(row["case"], PressingCase(**row))
        return sorted(first.values(), key=lambda each: pressure_order(each.due_at, each.priority, now))[:limit]

    async def classes(self, actor: Actor, wanted: Wanted) -> Mapping[str, int]:
        """How many open cases there are of each class. Raises ``Unavailable``."""
        conditions = _conditions(actor, wanted)
        sql = statements.CLASSES.format(scope=scope_of(actor).condition, where=conditions.sql)
        async with list_reading(self._database) as connection:
            rows = await connection.fetch(sql, *conditions.values)
        counts: Counter[str] = Counter()
        for row in rows:
            counts[class_of(row["subcategory"])] += row["found"]
        return counts

    async def dots(self, actor: Actor, wanted: Wanted) -> Sequence[Dot]:
        """Where the open cases lie, the newest at most. Raises ``Unavailable``."""
        conditions = _conditions(actor, wanted)
        lamp = WORST_LAMP.format(now=moment_of(self._clock, conditions))
        sql = statements.DOTS.format(scope=scope_of(actor).condition, where=conditions.sql, lamp=lamp)
        async with list_reading(self._database) as connection:
            rows = await connection.fetch(sql, *conditions.values)
        return [Dot(**row) for row in rows]

    async def heat(self, actor: Actor, process: str) -> Heat:
        """How the elements of a diagram fare. Raises ``NotFound``, ``Unavailable``."""
        scope = scope_of(actor)
        found: dict[str, dict[str, Any]] = {}
        async with list_reading(self._database) as connection:
            latest = await connection.fetchrow(statements.LATEST, process)
            if latest is None:
                raise NotFound("not_found", "没有这个流程", "There is no such process")
            asked = (scope.keys, process)
            sampled = await connection.fetchval(statements.SAMPLED.format(scope=scope.condition), *asked)
            for sql, values in (
                (statements.PASSED, asked),
                (statements.DONE, asked),
                (statements.WAITING, (*asked, self._clock.moment())),
                (statements.STALLED, asked),
            ):
                for row in await connection.fetch(sql.format(scope=scope.condition), *values):
                    members = dict(row)
                    found.setdefault(members.pop("element"), {}).update(members)
        elements = {element: ElementHeat(**members) for element, members in sorted(found.items())}
        source = bytes(latest["source"]).decode(errors="replace")
        return Heat(number=latest["number"], source=source, sampled=sampled, elements=elements)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)


def _conditions(actor: Actor, wanted: Wanted) -> Conditions:
    conditions = Conditions([scope_of(actor).keys])
    for column in ("unit", "stage"):
        if (value := getattr(wanted, column)) is not None:
            conditions.add(f"c.{column} = {{}}", value)
    if wanted.category is not None:
        conditions.add("c.subcategory ^@ {}", wanted.category)
    return conditions


def _by_day(rows: Sequence[Any]) -> dict[date, int]:
    return {row["day"]: row["found"] for row in rows}


def _backwards(
    days: Sequence[date], reported: Mapping[date, int], ended: Mapping[date, int], backlog: int
) -> list[FlowDay]:
    """What was open at the end of each day, counted back from what is open now."""
    told: list[FlowDay] = []
    for day in reversed(days):
        flow = FlowDay(day=day, reported=reported.get(day, 0), ended=ended.get(day, 0), backlog=backlog)
        told.append(flow)
        backlog += flow.ended - flow.reported
    return told[::-1]
