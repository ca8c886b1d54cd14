"""Supervision orders, the latest first, and what each waits for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import asyncpg

from engine.actors import Actor
from engine.jsontext import json_value
from engine.storage.database import Database
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.pages import ALL, After, CountedPage, capped, facet, told
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of

_ORDERS = """
procedure p join cases c on c.tree = p.tree
left join lateral (
    select k.tree || '.' || k.id as id, k.element from task k
    where k.tree = p.tree and k.instance = p.id and k.state = 'open' order by k.id limit 1
) k on p.state = 'open'
"""
_PAGE = f"""
select p.tree || '.' || p.id as id, p.id as procedure, c.tree as case, c.number, c.subcategory, c.unit, p.verb,
       p.started_at, p.starter, p.data, p.comment, p.state, p.ended_at, k.id as task, k.element
from {_ORDERS} where {{where}} order by p.started_at desc, p.tree desc, p.id desc limit {{limit}}
"""  # noqa: S608 - constants
_COUNTS = f"""
select p.state, p.verb, k.element, count(*) as found from {_ORDERS} where {{where}} group by 1, 2, 3
"""  # noqa: S608 - constants
#: By verb and element, what an order waits for where it stands there.
Steps = Mapping[str, Mapping[str, str]]


class OrdersWanted(Protocol):
    """Which orders; ``None`` asks for no particular one."""

    @property
    def state(self) -> str:
        """``all`` asks for no particular one."""
        ...

    @property
    def unit(self) -> str | None: ...
    @property
    def ordered_from(self) -> datetime | None: ...
    @property
    def ordered_before(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class OrderEntry:
    """One order."""

    #: That of its procedure, such as ``1024.7``.
    id: str
    case: int
    number: str
    subcategory: str
    #: Code of the unit that is responsible for the case; ``None`` before there is one.
    unit: str | None
    verb: str
    #: ``Actor.id`` of who ordered it, when, what they answered to its form, and their words.
    starter: str
    started_at: datetime
    data: Mapping[str, Any]
    comment: str
    #: ``open``, ``completed`` (lifted), ``moot`` or ``cancelled``.
    state: str
    ended_at: datetime | None
    #: ``answer`` or ``lift``; empty when it waits for nothing of the kind.
    awaits: str
    #: Id of the task by which that is done.
    task: str | None


async def list_orders(
    database: Database, actor: Actor, wanted: OrdersWanted, steps: Steps, *, after: After, limit: int
) -> CountedPage[OrderEntry]:
    """Orders on cases that the actor may see, with counts by state and by what is awaited. Raises ``Unavailable``."""
    conditions = _conditions(actor, wanted, steps)
    async with list_reading(database) as connection:
        counted = await connection.fetch(_COUNTS.format(where=conditions.sql), *conditions.values)
        if wanted.state != ALL:
            conditions.add("p.state = {}", wanted.state)
        rows = await _page(connection, conditions, after, limit)
    awaited: Counter[str] = Counter()
    for row in counted:
        awaited[_awaited(row, steps)] += row["found"]
    del awaited[""]
    asked = [row["found"] for row in counted if wanted.state in (ALL, row["state"])]
    return CountedPage(
        items=[_entry(row, steps) for row in rows[:limit]],
        next=_position(rows[limit - 1]) if len(rows) > limit else None,
        count=capped(sum(asked)),
        facets={"state": facet(counted, "state"), "awaits": told(awaited)},
    )


def _conditions(actor: Actor, wanted: OrdersWanted, steps: Steps) -> Conditions:
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    conditions.add("p.verb = any({}::text[])", sorted(steps))
    for name, condition in _FILTERS.items():
        if (value := getattr(wanted, name)) is not None:
            conditions.add(condition, value)
    return conditions


_FILTERS: Mapping[str, str] = {
    "unit": "c.unit = {}",
    "ordered_from": "p.started_at >= {}",
    "ordered_before": "p.started_at < {}",
}


async def _page(
    connection: asyncpg.Connection, conditions: Conditions, after: After, limit: int
) -> list[asyncpg.Record]:
    if after is not None:
        moment, tree, order = after
        conditions.add("(p.started_at, p.tree, p.id) < ({}, {}, {})", datetime.fromisoformat(str(moment)), tree, order)
    sql = _PAGE.format(where=conditions.sql, limit=limit + 1)
    rows: list[asyncpg.Record] = await connection.fetch(sql, *conditions.values)
    return rows


def _position(row: asyncpg.Record) -> list[object]:
    return [row["started_at"].isoformat(), row["case"], row["procedure"]]


def _awaited(row: asyncpg.Record, steps: Steps) -> str:
    return str(steps[row["verb"]].get(row["element"], ""))


def _entry(row: asyncpg.Record, steps: Steps) -> OrderEntry:
    made = {"data": json_value(row["data"]), "awaits": _awaited(row, steps)}
    members = {name: row[name] for name in OrderEntry.__dataclass_fields__ if name not in made}
    return OrderEntry(**members, **made)
