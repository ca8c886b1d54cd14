"""What cases wait for until a moment comes, the soonest first, and how punctual their timers were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from engine.actors import Actor
from engine.clock import Clock
from engine.storage.database import Database
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import moment_of
from processes.cases.queries.pages import After, Count, Page, capped
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of

_PAGE = """
select c.tree as case, c.number, t.tree || '.' || t.id as id, t.id as timer, t.element, t.name, t.attached_to,
       t.armed_at, t.due_at, t.due_at <= {now} as is_overdue
from timer t join cases c on c.tree = t.tree
where t.state = 'armed' and t.due_at is not null and {where} order by t.due_at, t.tree, t.id limit {limit}
"""
_OVERDUE = """
select count(*) from (
    select from timer t join cases c on c.tree = t.tree
    where t.state = 'armed' and t.due_at <= {now} and {where} limit 1001
) due
"""
_LATENESS = """
select count(*) as fired,
       coalesce(percentile_cont(0.5) within group (order by t.ended_at - t.due_at), interval '0') as median,
       coalesce(percentile_cont(0.99) within group (order by t.ended_at - t.due_at), interval '0') as p99
from timer t join cases c on c.tree = t.tree
where t.state = 'fired' and t.ended_at > {now} - interval '1 hour' and {where}
"""


@dataclass(frozen=True, kw_only=True)
class ArmedTimer:
    """A moment that an element of a case waits for."""

    #: Such as ``1024.7``.
    id: str
    case: int
    number: str
    element: str
    name: str
    #: The activity that a boundary event stands on; empty for an event in the flow.
    attached_to: str
    armed_at: datetime
    due_at: datetime
    #: Whether it should have fired by now.
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """How late the timers were that fired within the last hour."""

    fired: int
    median: timedelta
    p99: timedelta


@dataclass(frozen=True, kw_only=True)
class TimerPage(Page[ArmedTimer]):
    """Armed timers, with what else there is to know of timers."""

    overdue: Count
    lateness: Lateness


async def list_timers(database: Database, clock: Clock, actor: Actor, *, after: After, limit: int) -> TimerPage:
    """Armed timers of the cases that the actor may see, the next one due first. Raises ``Unavailable``."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    now = moment_of(clock, conditions)
    async with list_reading(database) as connection:
        overdue = await connection.fetchval(_OVERDUE.format(now=now, where=conditions.sql), *conditions.values)
        lateness = await connection.fetchrow(_LATENESS.format(now=now, where=conditions.sql), *conditions.values)
        rows = await _page(connection, conditions, now, after, limit)
    items = [ArmedTimer(**{name: row[name] for name in _MEMBERS}) for row in rows[:limit]]
    return TimerPage(items=items, next=_following(rows, limit), overdue=capped(overdue), lateness=Lateness(**lateness))


async def _page(
    connection: asyncpg.Connection, conditions: Conditions, now: str, after: After, limit: int
) -> list[asyncpg.Record]:
    if after is not None:
        moment, tree, timer = after
        conditions.add("(t.due_at, t.tree, t.id) > ({}, {}, {})", datetime.fromisoformat(str(moment)), tree, timer)
    sql = _PAGE.format(now=now, where=conditions.sql, limit=limit + 1)
    rows: list[asyncpg.Record] = await connection.fetch(sql, *conditions.values)
    return rows


def _following(rows: list[asyncpg.Record], limit: int) -> list[object] | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return [last["due_at"].isoformat(), last["case"], last["timer"]]


_MEMBERS = tuple(ArmedTimer.__dataclass_fields__)
