"""Completing a task by what it means instead of from the inbox: whoever may do it need not claim it first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel import from_json
from engine.handlers.completion import accepted
from engine.handlers.tasks import claimed_by_actor, not_excluded, not_lent
from engine.handling import FormJudge, Work
from engine.projections import TaskRow


@dataclass(frozen=True)
class OfferedTasks:
    """Completes open tasks that nobody but the actor has claimed."""

    forms: FormJudge

    def complete(self, task: int, data: Mapping[str, Any], comment: str, work: Work) -> None:
        """Judge the data, and run the instance to rest. Raises ``Forbidden``, ``Invalid``."""
        row: TaskRow = work.rows("task")[task]
        if row.assignee is not None:
            claimed_by_actor(work, row)
        not_lent(row)
        not_excluded(work.actor.id, row)
        values = {name: from_json(value) for name, value in accepted(self.forms, row, data, work.now).items()}
        work.complete(task, values, comment)
