"""What is said about a task while it is open."""

from __future__ import annotations

from typing import Any

from engine.commands import CommentTask
from engine.errors import Invalid
from engine.events import TaskCommented
from engine.handlers.tasks import open_task, task_id, unchanged
from engine.handling import Work


def comment_task(command: CommentTask, work: Work) -> dict[str, Any]:
    """Put the comment into the history. Raises ``Invalid`` for one that says nothing."""
    row = open_task(command, work)
    unchanged(command, row)
    if not command.text.strip():
        raise Invalid("comment_empty", "请填写备注内容", "Expected a comment that says something", pointer="/text")
    work.record(TaskCommented(task=command.task, instance=row.instance, element=row.element, text=command.text))
    return {"case": command.tree, "task": task_id(command.tree, command.task), "seq": work.recorded[-1].seq}
