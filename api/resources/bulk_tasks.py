"""Many tasks at once: each is claimed, released, assigned or unassigned by itself, and has an answer of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

import msgspec

from api.commands import carry_out
from api.parameters import numbered
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.batches import TASKS, StartBatch
from engine.errors import Invalid

MOST_TASKS = 500
Person = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class ManyTasks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be done with which tasks."""

    verb: Literal["claim", "release", "assign", "unassign"]
    #: Their ids, each once.
    tasks: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST_TASKS)]
    #: Who is to do them, when they are assigned.
    assignee: Person | None = None


class StartedBatch(msgspec.Struct, frozen=True, kw_only=True):
    """The batch that works them off: ``/batches/{batch}``."""

    batch: int
    total: int
    version: int


async def change_many_tasks(call: Call[Nothing, ManyTasks]) -> Reply:
    """Begin a batch with one item for each task."""
    command = StartBatch(actor=call.signed_in.actor, key=call.key, kind=TASKS, items=_items(call.body))
    return replace(await carry_out(call, command), status=202)


def _items(body: ManyTasks) -> list[dict[str, Any]]:
    if (body.verb == "assign") is not (body.assignee is not None):
        raise Invalid(
            "assignee_unfit",
            "指派须写明人员，其他操作不写",
            "Expected an assignee when tasks are assigned, and none otherwise",
            pointer="/assignee",
        )
    given = {} if body.assignee is None else {"assignee": body.assignee}
    return [{"verb": body.verb, **_task(body.tasks, place), **given} for place in range(len(body.tasks))]


def _task(tasks: list[str], place: int) -> dict[str, int]:
    found = numbered(tasks[place])
    if found is None or tasks[place] in tasks[:place]:
        raise Invalid(
            "task_unfit",
            f"“{tasks[place][:40]}”不是待办编号，或重复",
            f'Expected the id of a task, each once, but found "{tasks[place][:40]}"',
            pointer=f"/tasks/{place}",
        )
    return {"tree": found.tree, "task": found.number}


RESOURCE = Resource(
    name="bulk_tasks",
    title_zh="批量待办",
    title_en="Many tasks at once",
    routes=(
        Route(
            method="POST",
            path="/tasks/bulk",
            handler=change_many_tasks,
            summary_zh="批量签收、取消签收、指派、取消指派",
            summary_en="Claim, release, assign or unassign many tasks",
            body=ManyTasks,
            answer=StartedBatch,
            status=202,
            keyed=True,
        ),
    ),
)
