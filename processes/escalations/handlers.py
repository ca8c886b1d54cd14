"""Deadlines that warn, and people who take notice."""

from __future__ import annotations

from typing import Any

from engine.effects import Host
from engine.errors import InvalidState, NotFound
from engine.handlers.offered import OfferedTasks
from engine.handlers.progress import progress
from engine.handlers.tasks import open_task, task_id, unchanged
from engine.handling import FormJudge, Work
from engine.projections import TaskRow
from processes.escalations.commands import AcknowledgeEscalation, WarnOfDeadline
from processes.escalations.ladders import Ladders
from processes.escalations.projection import NOTE, TABLE
from processes.timekeeping import DEADLINE_TABLE, DeadlineRow, DeadlineWarned


class WarnOfDeadlineHandler:
    """Decides ``WarnOfDeadline``: every ladder is put up at the deadline."""

    def __init__(self, ladders: Ladders) -> None:
        self._ladders = ladders

    def __call__(self, command: WarnOfDeadline, work: Work) -> dict[str, Any]:
        """Whether it warned, and what moved at once."""
        row: DeadlineRow | None = work.rows(DEADLINE_TABLE).get(command.deadline)
        warns = row is not None and row.warns_at(work.now)
        if row is not None and warns:
            self._warn(command.deadline, row, work)
        return {"case": command.tree, "deadline": command.deadline, "warned": warns, **progress(work)}

    def _warn(self, key: int, row: DeadlineRow, work: Work) -> None:
        work.record(DeadlineWarned(deadline=key, instance=row.instance, element=row.element, name=row.name))
        host = Host(row.instance) if key == row.instance else Host(row.instance, key, row.element)
        for ladder in self._ladders:
            work.attach(ladder, host, {}, "")


class AcknowledgeEscalationHandler:
    """Decides ``AcknowledgeEscalation``: whoever was told completes the task that told them, claimed or not."""

    def __init__(self, forms: FormJudge) -> None:
        self._offered = OfferedTasks(forms)

    def __call__(self, command: AcknowledgeEscalation, work: Work) -> dict[str, Any]:
        """The escalation, and what moved."""
        self._require_escalation(command, work)
        row = open_task(command, work)
        unchanged(command, row)
        data, comment = ({NOTE: command.note} if command.note else {}, "") if row.form else ({}, command.note)
        self._offered.complete(command.task, data, comment, work)
        return {"case": command.tree, "escalation": task_id(command.tree, command.task), **progress(work)}

    def _require_escalation(self, command: AcknowledgeEscalation, work: Work) -> None:
        if command.task in work.rows(TABLE):
            return
        name = task_id(command.tree, command.task)
        told: TaskRow | None = work.rows("task").get(command.task)
        if told is not None and not told.is_open:
            raise InvalidState(
                "escalation_not_open",
                "该升级提醒已确认，或已不需要确认",
                f"Expected an escalation {name} that is still to be acknowledged, but it is not",
            )
        raise NotFound("escalation_not_found", "没有这个升级提醒", f"Expected an escalation {name}, but there is none")
