"""One task with its form and its draft: all that is needed to perform it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from engine.actors import Actor
from engine.clock import Clock
from engine.jsontext import json_value
from engine.storage.database import Database
from processes.cases.form_library import FormLibrary
from processes.cases.queries.case_detail import TaskOfCase, groups_in, parts_of
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import LAMP_OF_TASK, moment_of
from processes.cases.queries.task_list import SUBJECT_COLUMNS, TaskSummary, whole_of
from processes.cases.scope import hidden, scope_of

_TASK = f"""
select {", ".join(f"c.{column}" for column in SUBJECT_COLUMNS)},
       t.name, t.element, t.stage, t.queue, t.excluded, t.assignee, t.priority, t.opened_at, t.version,
       t.state, t.closed_at, t.performer, t.form as form_key, t.form_version, t.warn_at, t.due_at, t.parent, t.owner,
       {{lamp}} as lamp,
       d.data, d.version as draft_version, d.editor, d.saved_at
from task t join cases c on c.tree = t.tree
left join task_draft d on d.tree = t.tree and d.task = t.id
where t.tree = $2 and t.id = $3 and {{scope}}
"""  # noqa: S608 - constants
#: Columns that are told as they are.
_KEPT = (
    *SUBJECT_COLUMNS, "name", "element", "stage", "form_key", "form_version", "assignee", "priority", "opened_at",
    "version", "state", "closed_at", "performer", "warn_at", "due_at", "lamp", "owner",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """What was typed so far."""

    data: Mapping[str, Any]
    #: The ``ETag`` of the draft.
    version: int
    #: ``Actor.id``.
    editor: str
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class TaskDetail(TaskSummary):
    """A task, open or closed."""

    state: str
    closed_at: datetime | None
    performer: str | None
    #: ``Actor.id`` of those who may not perform it.
    excluded: tuple[str, ...]
    #: The file of the form's version as JSON values; ``None`` when the task has none.
    form: Mapping[str, Any] | None
    draft: TaskDraft | None
    #: What it was split into, in the order of opening.
    subtasks: Sequence[TaskOfCase]


async def task_detail(
    database: Database, clock: Clock, actor: Actor, task: tuple[int, int], forms: FormLibrary
) -> TaskDetail:
    """The task with this tree and number. Raises ``NotFound``, ``Unavailable``."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys, *task])
    sql = _TASK.format(scope=scope.condition, lamp=LAMP_OF_TASK.format(now=moment_of(clock, conditions)))
    row = await database.fetchrow(sql, *conditions.values)
    if row is None:
        raise hidden()
    tree, number = task
    return TaskDetail(
        id=f"{tree}.{number}",
        case=tree,
        groups=groups_in(row["queue"]),
        excluded=groups_in(row["excluded"]),
        form=forms.shown(row["form_key"], row["form_version"]) if row["form_key"] else None,
        draft=_draft(row),
        parent=whole_of(tree, row["parent"]),
        subtasks=await parts_of(database, tree, number),
        **{name: row[name] for name in _KEPT},
    )


def _draft(row: asyncpg.Record) -> TaskDraft | None:
    if row["data"] is None:
        return None
    return TaskDraft(
        data=json_value(row["data"]), version=row["draft_version"], editor=row["editor"], saved_at=row["saved_at"]
    )
