"""One case: its facts, its history, its tasks, its instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.feel import to_json
from engine.jsontext import json_value
from engine.storage.database import Database
from processes.cases.codes import class_of, kind_of
from processes.cases.queries.case_list import CaseSummary
from processes.cases.queries.pages import After, Page
from processes.cases.rows import CaseRow
from processes.cases.scope import hidden, scope_of
from processes.cases.tables import CASE_COLUMNS, case_row
from processes.cases.values import values_of

_CASE = f"select {CASE_COLUMNS} from cases c where c.tree = $2 and {{scope}}"  # noqa: S608 - constants
_IS_VISIBLE = "select exists (select from cases c where c.tree = $2 and {scope})"
_HISTORY = """
select e.seq, e.at, e.actor, e.type, e.payload,
    coalesce(t.form, '') as form, coalesce(t.form_version, 0) as form_version
from event e left join lateral (
    select form, form_version from task where tree = e.tree and id = (e.payload::jsonb ->> 'task')::int
) t on e.type = 'TaskCompleted'
where e.tree = $1 and e.seq > $2 order by e.seq limit $3
"""
_TASK_COLUMNS = """
    tree || '.' || id as id, name, element, stage, state, queue, assignee, performer, opened_at, closed_at,
    tree || '.' || nullif(parent, 0) as parent
"""
_TASKS = f"select {_TASK_COLUMNS} from task where tree = $1 order by task.id"  # noqa: S608 - constants
_PARTS = f"select {_TASK_COLUMNS} from task where tree = $1 and parent = $2 order by task.id"  # noqa: S608 - constants
_INSTANCE = """
select i.definition_key, i.state, i.started_at, i.ended_at, i.paused_at, (
    select d.number from definition d
    where d.kind = 'process' and d.key = i.definition_key and d.sha = i.definition_sha order by d.number limit 1
) as definition_number
from instance i where i.tree = $1 and i.id = $2
"""
_FAULTS = """
select id as fault, element, code, message_zh, message_en, state, raised_at, cleared_at
from fault where tree = $1 and instance = $2 order by id
"""
#: Members of payloads that nobody who only follows a case needs.
_NOT_TOLD = frozenset({"personal"})


@dataclass(frozen=True, kw_only=True)
class CaseDetail(CaseSummary):
    """A case with its facts."""

    #: Coordinate system in which the position was given.
    given_crs: str
    ended_at: datetime | None
    #: Id of the end event that was reached; empty while it is open.
    end: str
    #: Every fact that was set, as JSON values.
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """Something that happened."""

    seq: int
    at: datetime
    #: ``Actor.id``.
    actor: str
    type: str
    payload: Mapping[str, Any]
    #: Of completions: key and version of the form that was answered; empty and 0 when nothing was asked.
    form: str
    form_version: int


@dataclass(frozen=True, kw_only=True)
class TaskOfCase:
    """A task, open or closed."""

    #: Such as ``1024.7``.
    id: str
    name: str
    element: str
    stage: str
    state: str
    groups: tuple[str, ...]
    assignee: str | None
    performer: str | None
    opened_at: datetime
    closed_at: datetime | None
    #: The task that it is a part of.
    parent: str | None


@dataclass(frozen=True, kw_only=True)
class FaultEntry:
    """Where an instance stands or stood still."""

    fault: int
    element: str
    code: str
    message_zh: str
    message_en: str
    state: str
    raised_at: datetime
    cleared_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class InstanceEntry:
    """One instance of a diagram in the case."""

    definition_key: str
    #: Number of the version it runs.
    definition_number: int
    state: str
    started_at: datetime
    ended_at: datetime | None
    #: Since when an operator lets it stand still.
    paused_at: datetime | None
    faults: Sequence[FaultEntry]


async def case_detail(database: Database, actor: Actor, case: int) -> CaseDetail:
    """One case. Raises ``NotFound``, ``Unavailable``."""
    scope = scope_of(actor)
    record = await database.fetchrow(_CASE.format(scope=scope.condition), scope.keys, case)
    if record is None:
        raise hidden()
    return _detail(case, case_row(tuple(record)))


async def require_visible(database: Database, actor: Actor, case: int) -> None:
    """Raises ``NotFound`` when there is no such case or the actor may not see it."""
    scope = scope_of(actor)
    if not await database.fetchval(_IS_VISIBLE.format(scope=scope.condition), scope.keys, case):
        raise hidden()


async def case_history(database: Database, actor: Actor, case: int, *, after: After, limit: int) -> Page[HistoryEntry]:
    """What happened in a case, in order. Raises ``NotFound``, ``Unavailable``."""
    await require_visible(database, actor, case)
    last_seen = after[0] if after else 0
    rows = await database.fetch(_HISTORY, case, last_seen, limit + 1)
    items = [HistoryEntry(**{**row, "payload": _told(json_value(row["payload"]))}) for row in rows[:limit]]
    return Page(items=items, next=[items[-1].seq] if len(rows) > limit else None)


async def case_tasks(database: Database, actor: Actor, case: int) -> list[TaskOfCase]:
    """Every task of a case, in the order of opening. Raises ``NotFound``, ``Unavailable``."""
    await require_visible(database, actor, case)
    return [_task(row) for row in await database.fetch(_TASKS, case)]


async def parts_of(database: Database, tree: int, task: int) -> list[TaskOfCase]:
    """What a task was split into, in the order of opening. Raises ``Unavailable``."""
    return [_task(row) for row in await database.fetch(_PARTS, tree, task)]


def _task(row: Mapping[str, Any]) -> TaskOfCase:
    members = dict(row)
    return TaskOfCase(groups=groups_in(members.pop("queue")), **members)


async def case_instance(database: Database, actor: Actor, case: int, number: int) -> InstanceEntry:
    """One instance of a case with its faults. Raises ``NotFound``, ``Unavailable``."""
    await require_visible(database, actor, case)
    row = await database.fetchrow(_INSTANCE, case, number)
    if row is None:
        raise hidden()
    faults = [FaultEntry(**fault) for fault in await database.fetch(_FAULTS, case, number)]
    return InstanceEntry(faults=faults, **row)


def groups_in(queue: str) -> tuple[str, ...]:
    """The candidate groups of a stored queue."""
    return tuple(queue.split("|")) if queue else ()


def _detail(case: int, row: CaseRow) -> CaseDetail:
    facts = values_of(row)
    names = CaseDetail.__dataclass_fields__.keys() & set(CaseRow.__struct_fields__) - {"facts"}
    return CaseDetail(
        id=case,
        kind=kind_of(row.subcategory),
        category=class_of(row.subcategory),
        facts={name: to_json(value) for name, value in facts.items() if value is not None},
        **{name: getattr(row, name) for name in names},
    )


def _told(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in _NOT_TOLD}
