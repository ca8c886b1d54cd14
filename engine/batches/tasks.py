"""The kind of batch that gives, takes and returns many tasks, each by the command that does it to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actors import Actor
from engine.commands import AssignTask, ClaimTask, Command, IdempotencyKey, ReleaseTask, TaskCommand, UnassignTask

#: Name of the kind.
TASKS = "tasks"
#: By the verb that an item names; ``AssignTask`` has an ``assignee`` beside.
TASK_VERBS: Mapping[str, type[TaskCommand]] = {
    "claim": ClaimTask,
    "release": ReleaseTask,
    "assign": AssignTask,
    "unassign": UnassignTask,
}


def task_command(actor: Actor, key: IdempotencyKey, item: Any) -> Command:
    """The command of an item ``{verb, tree, task, assignee?}``."""
    members = {name: value for name, value in item.items() if name != "verb"}
    return TASK_VERBS[item["verb"]](actor=actor, key=key, **members)
