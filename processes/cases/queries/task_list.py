"""The list of open tasks: the caller's own work, or the work of a group or a unit, the oldest first.

Asked for nothing in particular, the list is the caller's work: what is offered to a group of his and claimed by nobody,
and what he has. Asked for a group or a unit, it is all their open tasks, claimed or not. Everything passes the row
scope of the cases.

Tasks offered to groups are found by queue (a set of groups) and stage: few pairs exist, and each is one range of the
index ``task_work`` in the order of the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import asyncpg

from engine.actors import Actor
from engine.storage.database import Database
from processes.cases.queries.case_detail import groups_in
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.pages import MOST_COUNTED, After, Count, CountedPage, capped
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of

_JOINED = "from task t join cases c on c.tree = t.tree where t.state = 'open'"
_COLUMNS = """
    t.tree, t.id as number_in_tree, c.number, t.name, t.element, t.stage, t.queue, t.assignee, t.priority, t.opened_at,
    t.version
"""
_ORDER = "order by opened_at, tree, number_in_tree"
#: The pairs of queue and stage that have open tasks: one index probe each.
_PAIRS = """
with recursive pair(queue, stage) as (
    select q.key, (select min(t.stage) from task t where t.state = 'open' and t.queue = q.key)
    from queue q where {queues}
    union all
    select p.queue, (
        select min(t.stage) from task t where t.state = 'open' and t.queue = p.queue and t.stage > p.stage
    )
    from pair p where p.stage is not null
), work as (select queue, stage from pair where stage is not null and {stage})
"""
_FROM_PAIRS = f"""
select r.* from work w cross join lateral (
    select {_COLUMNS} {_JOINED} and t.queue = w.queue and t.stage = w.stage and {{where}}
    order by t.opened_at, t.tree, t.id limit {{limit}}
) r
"""  # noqa: S608 - constants of this module
_FROM_CASES = f"""
select * from (
    select {_COLUMNS} {_JOINED} and {{where}} order by t.opened_at, t.tree, t.id limit {{limit}}
) r
"""  # noqa: S608 - constants of this module
_COUNT_PAIRS = f"""
select w.queue, w.stage, (
    select count(*) from (
        select {_JOINED} and t.queue = w.queue and t.stage = w.stage and {{where}} limit {MOST_COUNTED + 1}
    ) as counted
) as found
from work w
"""  # noqa: S608 - constants of this module
_COUNT_CASES = f"select t.queue, t.stage, count(*) as found {_JOINED} and {{where}} group by 1, 2"


class TasksWanted(Protocol):
    """Which tasks."""

    @property
    def mine(self) -> bool:
        """Only those that the caller has."""
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


@dataclass(frozen=True, kw_only=True)
class TaskSummary:
    """An open task as lists show it."""

    #: Such as ``1024.7``.
    id: str
    #: The case tree, and the case's number.
    case: int
    number: str
    name: str
    element: str
    stage: str
    groups: tuple[str, ...]
    assignee: str | None
    priority: int
    opened_at: datetime
    #: The task's ``ETag``.
    version: int


@dataclass(frozen=True)
class _Source:
    """Where tasks come from: pairs of queue and stage, or cases and persons."""

    conditions: Conditions
    #: The condition on ``queue q``; ``None`` for the other kind of source.
    queues: str | None = None
    #: The condition on the stage of a pair.
    stage: str = "true"

    def select(self, pairs: str, cases: str, **parts: object) -> str:
        """The query over this source."""
        if self.queues is None:
            return cases.format(where=self.conditions.sql, **parts)
        head = _PAIRS.format(queues=self.queues, stage=self.stage)
        return head + pairs.format(where=self.conditions.sql, **parts)


async def list_tasks(
    database: Database, actor: Actor, wanted: TasksWanted, *, after: After, limit: int
) -> CountedPage[TaskSummary]:
    """A page of open tasks, the oldest first. Raises ``Unavailable``."""
    sources = _sources(actor, wanted)
    async with list_reading(database) as connection:
        counts = await _counts(connection, sources)
        rows = await _page(connection, sources, after, limit)
    items = [_summary(row) for row in rows[:limit]]
    following = _position(rows[limit - 1]) if len(rows) > limit else None
    count, facets = _told(counts)
    return CountedPage(items=items, next=following, count=count, facets=facets)


def _sources(actor: Actor, wanted: TasksWanted) -> list[_Source]:
    if wanted.mine or wanted.unit is not None:
        return [_of_cases(actor, wanted, holder=actor.id if wanted.mine else None)]
    if wanted.group is not None:
        return [_offered(actor, wanted, [wanted.group])]
    unclaimed = _offered(actor, wanted, sorted(actor.groups))
    unclaimed.conditions.add("t.assignee is null")
    return [unclaimed, _of_cases(actor, wanted, holder=actor.id)]


def _offered(actor: Actor, wanted: TasksWanted, groups: list[str]) -> _Source:
    conditions = _scoped(actor)
    queues = f"q.groups && {conditions.parameter(groups)}::text[]"
    stage = "true" if wanted.stage is None else f"stage = {conditions.parameter(wanted.stage)}"
    return _Source(conditions, queues, stage)


def _of_cases(actor: Actor, wanted: TasksWanted, *, holder: str | None) -> _Source:
    conditions = _scoped(actor)
    if holder is not None:
        conditions.add("t.assignee = {}", holder)
    if wanted.unit is not None:
        conditions.add("c.unit = {} and c.is_open", wanted.unit)
    if wanted.stage is not None:
        conditions.add("t.stage = {}", wanted.stage)
    if wanted.group is not None:
        conditions.add("{} = any(string_to_array(t.queue, '|'))", wanted.group)
    return _Source(conditions)


def _scoped(actor: Actor) -> Conditions:
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    return conditions


async def _page(
    connection: asyncpg.Connection, sources: Sequence[_Source], after: After, limit: int
) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = []
    for source in sources:
        conditions = source.conditions
        if after is not None:
            opened_at, tree, number = after
            moment = datetime.fromisoformat(str(opened_at))
            conditions.add("(t.opened_at, t.tree, t.id) > ({}, {}, {})", moment, tree, number)
        sql = source.select(_FROM_PAIRS, _FROM_CASES, limit=limit + 1)
        rows += await connection.fetch(f"{sql} {_ORDER} limit {limit + 1}", *conditions.values)
    return sorted(rows, key=lambda row: (row["opened_at"], row["tree"], row["number_in_tree"]))[: limit + 1]


async def _counts(connection: asyncpg.Connection, sources: Sequence[_Source]) -> Counter[tuple[str, str]]:
    """How many there are by queue and stage, each exact as far as it is told."""
    counts: Counter[tuple[str, str]] = Counter()
    for source in sources:
        sql = source.select(_COUNT_PAIRS, _COUNT_CASES)
        for row in await connection.fetch(sql, *source.conditions.values):
            counts[row["queue"], row["stage"]] += row["found"]
    return counts


def _told(counts: Counter[tuple[str, str]]) -> tuple[Count, dict[str, dict[str, Count]]]:
    stages: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for (queue, stage), found in counts.items():
        stages[stage] += found
        groups.update(dict.fromkeys(groups_in(queue), found))
    facets = {
        name: {value: capped(found) for value, found in sorted(each.items()) if found}
        for name, each in (("stage", stages), ("group", groups))
    }
    return capped(counts.total()), facets


def _position(row: asyncpg.Record) -> list[object]:
    return [row["opened_at"].isoformat(), row["tree"], row["number_in_tree"]]


def _summary(row: asyncpg.Record) -> TaskSummary:
    members = dict(row)
    tree, number, queue = members.pop("tree"), members.pop("number_in_tree"), members.pop("queue")
    return TaskSummary(id=f"{tree}.{number}", case=tree, groups=groups_in(queue), **members)
