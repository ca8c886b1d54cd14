"""The list of open tasks: the caller's own work, or the work of a group or a unit, the oldest or soonest due first.

Asked for nothing in particular, the list is the caller's work: what is offered to a group of his and claimed by nobody,
and what he has. Asked for a group, a unit or what he
watches, it is all their open tasks, claimed or not. Everything passes the row
scope of the cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import asyncpg

from engine.actors import Actor
from engine.clock import Clock
from engine.storage.database import Database
from processes.cases.queries.case_detail import groups_in
from processes.cases.queries.lamps import LAMP_OF_TASK, moment_of
from processes.cases.queries.pages import NEVER, After, Count, CountedPage, capped, told
from processes.cases.queries.reading import ordered_reading
from processes.cases.queries.task_sources import ORDERS, Source, held, of_unit, of_watched, offered

#: What a task is about, as far as lists show it.
SUBJECT_COLUMNS = ("number", "subcategory", "description", "address", "lon", "lat", "unit", "community", "street")
_SUBJECTS = f"select tree, {', '.join(SUBJECT_COLUMNS)} from cases where tree = any($1::bigint[])"  # noqa: S608 - constants


class TasksWanted(Protocol):
    """Which tasks."""

    @property
    def mine(self) -> bool:
        """Only those that the caller has."""
        ...

    @property
    def watched(self) -> bool:
        """Only those of open cases that the caller watches."""
        ...

    @property
    def group(self) -> str | None:
        """Offered to this candidate group."""
        ...

    @property
    def unit(self) -> str | None:
        """Of open cases for which this unit is responsible."""
        ...

    @property
    def stage(self) -> str | None: ...
    @property
    def lamp(self) -> str | None:
        """``red``, ``yellow`` or ``green``."""
        ...

    @property
    def due_before(self) -> datetime | None: ...
    @property
    def sort(self) -> str:
        """``opened`` or ``due``."""
        ...


@dataclass(frozen=True, kw_only=True)
class TaskSummary:
    """An open task as lists show it."""

    #: Such as ``1024.7``.
    id: str
    #: The case tree, the case's number, and what it is about.
    case: int
    number: str
    subcategory: str
    description: str
    address: str
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    #: Code of the responsible unit, once there is one.
    unit: str | None
    community: str
    street: str
    name: str
    element: str
    stage: str
    #: Key of the form, empty when there is none, and the number of the version that the task keeps.
    form_key: str
    form_version: int
    groups: tuple[str, ...]
    assignee: str | None
    priority: int
    opened_at: datetime
    #: The task's ``ETag``.
    version: int
    #: Of the deadline that it falls under; ``None`` without one, and while its clock stands still.
    warn_at: datetime | None
    due_at: datetime | None
    lamp: str | None
    #: The task that it is a part of.
    parent: str | None
    #: ``Actor.id`` of who lent it to its assignee.
    owner: str | None


async def list_tasks(
    database: Database, clock: Clock, actor: Actor, wanted: TasksWanted, *, after: After, limit: int
) -> CountedPage[TaskSummary]:
    """A page of open tasks, the oldest or the soonest due first. Raises ``Unavailable``."""
    sources = [_narrowed(source, wanted, clock) for source in _sources(actor, wanted)]
    async with ordered_reading(database) as connection:
        counts = await _counts(connection, sources)
        rows = await _page(connection, sources, wanted.sort, after, limit)
        shown = rows[:limit]
        subjects = {row["tree"]: row for row in await connection.fetch(_SUBJECTS, [row["tree"] for row in shown])}
    count, facets = _facets(counts)
    return CountedPage(
        items=[_summary(row, subjects) for row in shown],
        next=_position(shown[-1]) if len(rows) > limit else None,
        count=count,
        facets=facets,
    )


def _sources(actor: Actor, wanted: TasksWanted) -> list[Source]:
    if wanted.watched:
        sources = [_of_watched(actor, wanted)]
    elif wanted.mine:
        sources = [held(actor, wanted.unit, wanted.stage)]
    elif wanted.unit is not None:
        sources = [of_unit(actor, wanted.unit, wanted.stage)]
    elif wanted.group is not None:
        return [offered(actor, [wanted.group], wanted.stage)]
    else:
        unclaimed = offered(actor, actor.groups, wanted.stage)
        unclaimed.conditions.add("t.assignee is null")
        sources = [unclaimed, held(actor, None, wanted.stage)]
    if wanted.group is not None:
        for source in sources:
            source.conditions.add("{} = any(string_to_array(t.queue, '|'))", wanted.group)
    return sources


def _of_watched(actor: Actor, wanted: TasksWanted) -> Source:
    source = of_watched(actor, wanted.stage)
    if wanted.mine:
        source.conditions.add("t.assignee = {}", actor.id)
    if wanted.unit is not None:
        source.conditions.add("c.unit = {}", wanted.unit)
    return source


#: What each lamp means of a moment in SQL, so that an index may bound it.
_LIT: Mapping[str, str] = {
    "red": f"{ORDERS['due']} < {{now}}",
    "yellow": f"{ORDERS['due']} >= {{now}} and t.warn_at <= {{now}}",
    "green": f"{ORDERS['due']} >= {{now}} and t.warn_at > {{now}}",
}


def _narrowed(source: Source, wanted: TasksWanted, clock: Clock) -> tuple[Source, str]:
    """The source with what is asked of due times, and the lamp of its tasks as SQL."""
    conditions = source.conditions
    now = moment_of(clock, conditions)
    if wanted.lamp is not None:
        conditions.add(_LIT[wanted.lamp].format(now=now))
    if wanted.lamp == "yellow" and source.warned_for:
        conditions.add(f"{ORDERS['due']} <= {now} + {source.warned_for}")
    if wanted.due_before is not None:
        conditions.add(f"{ORDERS['due']} < {{}}", wanted.due_before)
    return source, LAMP_OF_TASK.format(now=now)


async def _page(
    connection: asyncpg.Connection, sources: Sequence[tuple[Source, str]], sort: str, after: After, limit: int
) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = []
    for source, lamp in sources:
        if after is not None:
            place, tree, number = after
            moment = datetime.fromisoformat(str(place))
            source.conditions.add(f"({ORDERS[sort]}, t.tree, t.id) > ({{}}, {{}}, {{}})", moment, tree, number)
        rows += await connection.fetch(source.list_sql(limit + 1, ORDERS[sort], lamp), *source.conditions.values)
    return sorted(rows, key=_place)[: limit + 1]


def _place(row: asyncpg.Record) -> tuple[bool, datetime, int, int]:
    """The key of the list's order; what has no due time stands last."""
    return row["place"] == NEVER, row["place"], row["tree"], row["id"]


async def _counts(connection: asyncpg.Connection, sources: Sequence[tuple[Source, str]]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for source, _ in sources:
        for row in await connection.fetch(source.count_sql(), *source.conditions.values):
            counts[row["queue"], row["stage"]] += row["found"]
    return counts


def _facets(counts: Counter[tuple[str, str]]) -> tuple[Count, dict[str, dict[str, Count]]]:
    stages: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for (queue, stage), found in counts.items():
        stages[stage] += found
        groups.update(dict.fromkeys(groups_in(queue), found))
    return capped(counts.total()), {"stage": told(stages), "group": told(groups)}


def whole_of(tree: int, parent: int) -> str | None:
    """The name of the task that another is a part of."""
    return f"{tree}.{parent}" if parent else None


def _position(row: asyncpg.Record) -> list[object]:
    return [row["place"].isoformat(), row["tree"], row["id"]]


def _summary(row: asyncpg.Record, subjects: Mapping[int, asyncpg.Record]) -> TaskSummary:
    members: dict[str, Any] = {**subjects[row["tree"]], **row}
    tree, task, queue, form = (members.pop(name) for name in ("tree", "id", "queue", "form"))
    del members["place"]
    members["parent"] = whole_of(tree, members["parent"])
    return TaskSummary(id=f"{tree}.{task}", case=tree, groups=groups_in(queue), form_key=form, **members)
