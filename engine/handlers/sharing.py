"""Doing a task with others: lend it and get it back, split it and wait for its parts."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.commands import DelegateTask, ResolveTask, SplitTask, TaskCommand, WithdrawSubtask
from engine.errors import Forbidden, InvalidState
from engine.events import TaskDelegated, TaskResolved
from engine.handlers.progress import progress
from engine.handlers.tasks import claimed_by_actor, not_excluded, not_lent, open_task, task_id, unchanged
from engine.handling import Work
from engine.projections import TaskRow


def delegate_task(command: DelegateTask, work: Work) -> dict[str, Any]:
    """Lend the actor's task to a named person; what was lent already is not lent on."""
    row = _held(command, work)
    not_lent(row)
    not_excluded(command.assignee, row)
    if command.assignee == work.actor.id:
        raise InvalidState("delegated_to_oneself", "不能委托给自己", "Expected somebody else to lend the task to")
    lent = TaskDelegated(task=command.task, instance=row.instance, element=row.element, delegate=command.assignee)
    work.record(lent)
    return _change(command, work, replace(row, assignee=command.assignee, owner=work.actor.id))


def resolve_task(command: ResolveTask, work: Work) -> dict[str, Any]:
    """Give it back; who did some of it counts as one who performed it."""
    row = _held(command, work)
    if row.owner is None:
        raise InvalidState("task_not_delegated", "该待办不是他人委托的", "Expected somebody to have lent the task")
    work.help(command.task)
    back = TaskResolved(
        task=command.task, instance=row.instance, element=row.element, owner=row.owner, comment=command.comment
    )
    work.record(back)
    return _change(command, work, replace(row, assignee=row.owner, owner=None))


def split_task(command: SplitTask, work: Work) -> dict[str, Any]:
    """Offer parts of the actor's task; parts are not split any further."""
    row = _held(command, work)
    if row.parent:
        raise InvalidState("subtask_not_split", "子任务不能再拆分", "Expected a task, but a part is not split further")
    work.split(command.task, command.parts)
    return {"case": command.tree, "task": task_id(command.tree, command.task), **progress(work)}


def withdraw_subtask(command: WithdrawSubtask, work: Work) -> dict[str, Any]:
    """Ask for a part no longer; whoever holds the whole task decides so."""
    row = open_task(command, work)
    unchanged(command, row)
    whole: TaskRow | None = work.rows("task").get(row.parent)
    if whole is None:
        raise InvalidState("not_a_subtask", "该待办不是子任务", "Expected a part of another task")
    if whole.assignee != work.actor.id:
        raise Forbidden("task_of_another", "原待办由他人办理", "Expected the whole task to be yours")
    work.withdraw(command.task)
    return {"case": command.tree, "task": task_id(command.tree, command.task)}


def _held(command: TaskCommand, work: Work) -> TaskRow:
    row = open_task(command, work)
    unchanged(command, row)
    claimed_by_actor(work, row)
    return row


def _change(command: TaskCommand, work: Work, row: TaskRow) -> dict[str, Any]:
    work.rows("task").put(command.task, row)
    name = task_id(command.tree, command.task)
    return {"task": name, "assignee": row.assignee, "version": row.version + 1}
