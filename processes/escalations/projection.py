"""Folds escalations: told by a task, acknowledged when that is completed, moot when it is withdrawn."""

from __future__ import annotations

from dataclasses import replace

from engine.events import Recorded, TaskCompleted, TaskWithdrawn
from engine.projection import Rows
from processes.escalations.rows import EscalationRow, EscalationState
from processes.timekeeping import EscalationRaised

TABLE = "escalation"
#: Field of the form by which people say something when they take notice.
NOTE = "note"


class EscalationProjection:
    """The escalations of a tree."""

    table = TABLE
    events = (EscalationRaised, TaskCompleted, TaskWithdrawn)

    def fold(self, rows: Rows[EscalationRow], recorded: Recorded) -> None:
        """Raise or end an escalation."""
        match recorded.event:
            case EscalationRaised() as raised:
                rows.put(raised.escalation, _raised(raised, recorded))
            case TaskCompleted(task=task) as completed if task in rows:
                rows.put(task, _acknowledged(rows[task], completed, recorded))
            case TaskWithdrawn(task=task) if task in rows:
                rows.put(task, replace(rows[task], state=EscalationState.MOOT, ended_at=recorded.at))


def _raised(raised: EscalationRaised, recorded: Recorded) -> EscalationRow:
    return EscalationRow(
        instance=raised.instance,
        element=raised.element,
        title=raised.title,
        level=raised.level,
        groups=tuple(raised.groups),
        deadline=raised.deadline,
        name=raised.name,
        stage=raised.stage,
        unit=raised.unit,
        warn_at=raised.warn_at,
        due_at=raised.due_at,
        raised_at=recorded.at,
    )


def _acknowledged(row: EscalationRow, completed: TaskCompleted, recorded: Recorded) -> EscalationRow:
    return replace(
        row,
        state=EscalationState.ACKNOWLEDGED,
        ended_at=recorded.at,
        acknowledged_by=recorded.actor,
        note=str(completed.data.get(NOTE) or completed.comment),
    )
