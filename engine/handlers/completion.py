"""Completing a task: the form's judge accepts the data, the instance runs on to rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.commands import CompleteTask
from engine.errors import Invalid
from engine.feel import from_json
from engine.handlers.progress import progress
from engine.handlers.tasks import claimed_by_actor, not_excluded, not_lent, open_task, task_id, unchanged
from engine.handling import FormJudge, Work
from engine.projections import TaskRow


class CompleteTaskHandler:
    """Decides ``CompleteTask``: only who has claimed the task completes it."""

    def __init__(self, forms: FormJudge) -> None:
        self._forms = forms

    def __call__(self, command: CompleteTask, work: Work) -> dict[str, Any]:
        """What happened: the task, the tasks that opened, the stage entered."""
        row = open_task(command, work)
        unchanged(command, row)
        claimed_by_actor(work, row)
        not_lent(row)
        not_excluded(work.actor.id, row)
        data = accepted(self._forms, row, command.data, work.now)
        values = {name: from_json(value) for name, value in data.items()}
        work.complete(command.task, values, command.comment)
        return {"case": command.tree, "task": task_id(command.tree, command.task), **progress(work)}


def accepted(forms: FormJudge, row: TaskRow, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    """The answer to a task's form as it is judged. Raises ``Invalid``."""
    if row.form:
        return forms.accept(row.form, row.form_version, data, at)
    if data:
        raise Invalid(
            "form_missing",
            "该环节没有表单，不接受数据",
            "Expected no data, because the task has no form",
            pointer="/data",
        )
    return data
