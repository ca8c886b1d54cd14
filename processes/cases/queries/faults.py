"""Where the cases that an actor may see stand still, the longest standing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.actors import Actor
from engine.storage.database import Database
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.pages import After, Page
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of

_PAGE = """
select c.tree as case, c.number, f.tree || '.' || f.instance as instance, f.id as fault, f.element, f.code,
       f.message_zh, f.message_en, f.raised_at,
       (select d.tree || '.' || d.id from delivery d where d.tree = f.tree and d.instance = f.instance
        and d.element = f.element and d.state = 'failed' order by d.id limit 1) as delivery
from fault f join cases c on c.tree = f.tree
where f.state = 'open' and {where} order by f.raised_at, f.tree, f.id limit {limit}
"""


@dataclass(frozen=True, kw_only=True)
class OpenFault:
    """Where a case stands still."""

    case: int
    number: str
    #: Such as ``1024.1``.
    instance: str
    fault: int
    element: str
    #: Stable code and words of the cause.
    code: str
    message_zh: str
    message_en: str
    raised_at: datetime
    #: What could not be delivered, such as ``1024.7``; ``None`` where that is not the cause.
    delivery: str | None


async def list_faults(
    database: Database, actor: Actor, case: int | None, *, after: After, limit: int
) -> Page[OpenFault]:
    """Open faults, of one case or of all, the longest standing first. Raises ``Unavailable``."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    if case is not None:
        conditions.add("f.tree = {}", case)
    if after is not None:
        moment, tree, fault = after
        place = datetime.fromisoformat(str(moment))
        conditions.add("(f.raised_at, f.tree, f.id) > ({}, {}, {})", place, tree, fault)
    async with list_reading(database) as connection:
        rows = await connection.fetch(_PAGE.format(where=conditions.sql, limit=limit + 1), *conditions.values)
    items = [OpenFault(**row) for row in rows[:limit]]
    return Page(items=items, next=_position(items[-1]) if len(rows) > limit else None)


def _position(last: OpenFault) -> list[object]:
    return [last.raised_at.isoformat(), last.case, last.fault]
