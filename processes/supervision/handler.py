"""Answering and lifting orders."""

from __future__ import annotations

from typing import Any

from engine.handlers.offered import OfferedTasks
from engine.handlers.progress import progress
from engine.handlers.tasks import task_id
from engine.handling import FormJudge, Work
from processes.supervision.commands import TakeOrderStep
from processes.supervision.orders import step_task


class TakeOrderStepHandler:
    """Decides ``TakeOrderStep``."""

    def __init__(self, forms: FormJudge) -> None:
        self._offered = OfferedTasks(forms)

    def __call__(self, command: TakeOrderStep, work: Work) -> dict[str, Any]:
        """The order, what became of it, and what moved."""
        self._offered.complete(step_task(command, work), command.data, command.comment, work)
        state = work.rows("procedure")[command.order].state
        return {
            "case": command.tree,
            "order": task_id(command.tree, command.order),
            "state": state,
            **progress(work),
        }
