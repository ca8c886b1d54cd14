"""Who was told of deadlines and took notice, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import asyncpg

from engine.actors import Actor
from engine.storage.database import Database
from engine.storage.tables import SEPARATOR, split
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.pages import ALL, After, CountedPage, capped, facet
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of

_PAGE = """
select e.tree || '.' || e.id as id, e.id as task, c.tree as case, c.number, c.subcategory, e.level, e.title,
       e.element, e.groups, e.tree || '.' || e.deadline as deadline, e.name, e.stage, e.unit, e.warn_at, e.due_at,
       e.raised_at, e.state, e.ended_at, e.acknowledged_by, e.note
from escalation e join cases c on c.tree = e.tree
where {where} order by e.raised_at desc, e.tree desc, e.id desc limit {limit}
"""
_COUNTS = """
select e.state, e.level, e.unit, count(*) as found from escalation e join cases c on c.tree = e.tree
where {where} group by 1, 2, 3
"""


class EscalationsWanted(Protocol):
    """Which escalations; ``None`` asks for no particular one."""

    @property
    def state(self) -> str:
        """``all`` asks for no particular one."""
        ...

    @property
    def level(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def mine(self) -> bool | None:
        """Those that the actor was told, or that others were."""
        ...

    @property
    def raised_from(self) -> datetime | None: ...
    @property
    def raised_before(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class EscalationEntry:
    """Somebody was told of a deadline."""

    #: That of the task by which they were told, such as ``1024.7``.
    id: str
    case: int
    number: str
    subcategory: str
    level: str
    title: str
    element: str
    #: Who was told.
    groups: Sequence[str]
    #: Id and name of the deadline.
    deadline: str
    name: str
    stage: str
    #: Code of the unit that it binds; empty for nobody in particular.
    unit: str
    #: As it stood when they were told.
    warn_at: datetime | None
    due_at: datetime | None
    raised_at: datetime
    state: str
    ended_at: datetime | None
    #: ``Actor.id`` of whoever took notice, and what they said; empty when nobody did.
    acknowledged_by: str
    note: str


async def list_escalations(
    database: Database, actor: Actor, wanted: EscalationsWanted, *, after: After, limit: int
) -> CountedPage[EscalationEntry]:
    """Escalations of the cases that the actor may see, with counts by state, level and unit. Raises ``Unavailable``."""
    conditions = _conditions(actor, wanted)
    async with list_reading(database) as connection:
        counted = await connection.fetch(_COUNTS.format(where=conditions.sql), *conditions.values)
        if wanted.state != ALL:
            conditions.add("e.state = {}", wanted.state)
        rows = await _page(connection, conditions, after, limit)
    asked = [row for row in counted if wanted.state in (ALL, row["state"])]
    return CountedPage(
        items=[_entry(row) for row in rows[:limit]],
        next=_position(rows[limit - 1]) if len(rows) > limit else None,
        count=capped(sum(row["found"] for row in asked)),
        facets={"state": facet(counted, "state"), "level": facet(asked, "level"), "unit": facet(asked, "unit")},
    )


def _conditions(actor: Actor, wanted: EscalationsWanted) -> Conditions:
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    for name, add in _FILTERS.items():
        if (value := getattr(wanted, name)) is not None:
            add(conditions, value)
    if wanted.mine is not None:
        told = f"string_to_array(e.groups, '{SEPARATOR}') && {{}}::text[]"
        conditions.add(told if wanted.mine else f"not {told}", sorted(actor.groups))
    return conditions


_FILTERS: Mapping[str, Callable[[Conditions, Any], None]] = {
    "level": lambda conditions, value: conditions.add("e.level = {}", value),
    "unit": lambda conditions, value: conditions.add("e.unit = {}", value),
    "raised_from": lambda conditions, value: conditions.add("e.raised_at >= {}", value),
    "raised_before": lambda conditions, value: conditions.add("e.raised_at < {}", value),
}


async def _page(
    connection: asyncpg.Connection, conditions: Conditions, after: After, limit: int
) -> list[asyncpg.Record]:
    if after is not None:
        moment, tree, task = after
        conditions.add("(e.raised_at, e.tree, e.id) < ({}, {}, {})", datetime.fromisoformat(str(moment)), tree, task)
    sql = _PAGE.format(where=conditions.sql, limit=limit + 1)
    rows: list[asyncpg.Record] = await connection.fetch(sql, *conditions.values)
    return rows


def _position(row: asyncpg.Record) -> list[object]:
    return [row["raised_at"].isoformat(), row["case"], row["task"]]


def _entry(row: asyncpg.Record) -> EscalationEntry:
    members = {name: row[name] for name in EscalationEntry.__dataclass_fields__}
    return EscalationEntry(**{**members, "groups": split(row["groups"])})
