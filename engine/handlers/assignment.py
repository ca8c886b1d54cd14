"""Who has a task: claim, release, assign, unassign.

These change the task's row alone, under its version; they are no events of the case. What is lent is given back first.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.commands import AssignTask, ClaimTask, ReleaseTask, TaskCommand, UnassignTask
from engine.errors import Forbidden, InvalidState
from engine.handlers.tasks import claimed_by_actor, not_excluded, not_lent, open_task, task_id, unchanged
from engine.handling import Work
from engine.projections import TaskRow


def claim_task(command: ClaimTask, work: Work) -> dict[str, Any]:
    """Give an offered task to the actor; claiming what one has already changes nothing."""
    row = open_task(command, work)
    unchanged(command, row)
    if row.assignee == work.actor.id:
        return _answer(command, row)
    if row.assignee is not None:
        raise InvalidState(
            "task_already_claimed", "该待办已被他人签收", "Expected an unclaimed task, but somebody else has it"
        )
    if row.groups and work.actor.groups.isdisjoint(row.groups):
        raise Forbidden(
            "not_a_candidate", "您不在该待办的候选组中", "Expected you to be in a candidate group of the task"
        )
    not_excluded(work.actor.id, row)
    return _change(command, work, replace(row, assignee=work.actor.id))


def release_task(command: ReleaseTask, work: Work) -> dict[str, Any]:
    """Give the actor's task back to its groups."""
    row = open_task(command, work)
    unchanged(command, row)
    claimed_by_actor(work, row)
    not_lent(row)
    return _change(command, work, replace(row, assignee=None))


def assign_task(command: AssignTask, work: Work) -> dict[str, Any]:
    """Give a task to a named person, whoever has it now."""
    row = open_task(command, work)
    unchanged(command, row)
    not_excluded(command.assignee, row)
    if row.assignee == command.assignee:
        return _answer(command, row)
    return _change(command, work, replace(row, assignee=command.assignee, owner=None))


def unassign_task(command: UnassignTask, work: Work) -> dict[str, Any]:
    """Take a task away from whoever has it."""
    row = open_task(command, work)
    unchanged(command, row)
    if row.assignee is None:
        raise InvalidState("task_not_claimed", "该待办尚未签收", "Expected somebody to have the task, but nobody has")
    return _change(command, work, replace(row, assignee=None, owner=None))


def _change(command: TaskCommand, work: Work, row: TaskRow) -> dict[str, Any]:
    work.rows("task").put(command.task, row)
    return _answer(command, replace(row, version=row.version + 1))


def _answer(command: TaskCommand, row: TaskRow) -> dict[str, Any]:
    return {"task": task_id(command.tree, command.task), "assignee": row.assignee, "version": row.version}
