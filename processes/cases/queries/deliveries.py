"""What outside systems are asked for by the cases that an actor may see, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import asyncpg

from engine.actors import Actor
from engine.jsontext import json_value
from engine.storage.database import Database
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.pages import After, Page
from processes.cases.queries.reading import list_reading
from processes.cases.scope import hidden, scope_of

_SHOWN = """
select d.tree || '.' || d.id as id, d.tree, d.id as delivery, c.tree as case, c.number, d.element, d.name, d.topic,
       d.target, d.state, d.attempts, d.retries, d.requested_at, d.next_at, d.ended_at, d.code, d.message_zh,
       d.message_en, d.revision, coalesce(d.leased_until > clock_timestamp(), false) as is_held
"""
_FROM = "from delivery d join cases c on c.tree = d.tree"
_PAGE = f"{_SHOWN} {_FROM} where {{where}} order by d.requested_at desc, d.tree desc, d.id desc limit {{limit}}"
_ONE = f"{_SHOWN}, d.payload, d.headers {_FROM} where {{scope}} and d.tree = $2 and d.id = $3"


class DeliveriesWanted(Protocol):
    """Which deliveries."""

    @property
    def state(self) -> str | None: ...
    @property
    def target(self) -> str | None: ...
    @property
    def case(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class DeliveryEntry:
    """One delivery."""

    #: Such as ``1024.7``.
    id: str
    case: int
    number: str
    element: str
    name: str
    topic: str
    target: str
    #: ``open``, ``accepted``, ``failed``, ``done``, ``rejected``, ``skipped`` or ``cancelled``.
    state: str
    #: How often it was tried in vain, of how many tries.
    attempts: int
    retries: int
    requested_at: datetime
    #: When it is sent, while it is open.
    next_at: datetime
    ended_at: datetime | None
    #: Why the last try was in vain; empty when none was.
    code: str
    message_zh: str
    message_en: str
    #: How often a person has changed the payload.
    revision: int
    #: Whether a worker is sending it just now.
    is_held: bool


@dataclass(frozen=True, kw_only=True)
class DeliveryDetail(DeliveryEntry):
    """One delivery with what it says."""

    payload: Mapping[str, Any]
    headers: Mapping[str, str]


class DeliveryQueries:
    """Reads deliveries; what the actor may not see is ``NotFound``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, actor: Actor, wanted: DeliveriesWanted, after: After, limit: int) -> Page[DeliveryEntry]:
        """Deliveries, the newest first. Raises ``Unavailable``."""
        conditions = _conditions(actor, wanted)
        if after is not None:
            moment, tree, delivery = after
            place = datetime.fromisoformat(str(moment))
            conditions.add("(d.requested_at, d.tree, d.id) < ({}, {}, {})", place, tree, delivery)
        async with list_reading(self._database) as connection:
            sql = _PAGE.format(where=conditions.sql, limit=limit + 1)
            rows = await connection.fetch(sql, *conditions.values)
        items = [DeliveryEntry(**_members(row)) for row in rows[:limit]]
        return Page(items=items, next=_position(rows[limit - 1]) if len(rows) > limit else None)

    async def detail(self, actor: Actor, tree: int, delivery: int) -> DeliveryDetail:
        """One delivery. Raises ``NotFound``, ``Unavailable``."""
        scope = scope_of(actor)
        row = await self._database.fetchrow(_ONE.format(scope=scope.condition), scope.keys, tree, delivery)
        if row is None:
            raise hidden()
        payload, headers = json_value(row["payload"]), json_value(row["headers"])
        return DeliveryDetail(**_members(row), payload=payload, headers=headers)


def _conditions(actor: Actor, wanted: DeliveriesWanted) -> Conditions:
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    for column, value in (("d.state", wanted.state), ("d.target", wanted.target), ("d.tree", wanted.case)):
        if value is not None:
            conditions.add(f"{column} = {{}}", value)
    return conditions


def _members(row: asyncpg.Record) -> dict[str, Any]:
    return {name: row[name] for name in DeliveryEntry.__dataclass_fields__}


def _position(row: asyncpg.Record) -> list[object]:
    return [row["requested_at"].isoformat(), row["tree"], row["delivery"]]
