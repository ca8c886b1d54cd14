"""Tasks: the work items of persons, and the drafts typed into their forms.

Who has claimed a task (``assignee``) and who lent it to them (``owner``) is not folded: claims, assignments and drafts
are changes of the row alone, checked by its version. Everything else is folded and can be recomputed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from engine.events import Recorded, TaskCompleted, TaskDueMoved, TaskOpened, TaskWithdrawn
from engine.projection import Rows


class TaskState(StrEnum):
    """Whether a task still waits for someone."""

    OPEN = "open"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """One task."""

    instance: int
    element: str
    name: str
    form: str
    #: Number of the form's version; 0 when there is no form.
    form_version: int
    #: Candidate groups, sorted.
    groups: tuple[str, ...]
    stage: str
    priority: int
    #: ``Actor.id`` of those who may not perform it.
    excluded: tuple[str, ...]
    #: ``Actor.id`` of who has claimed it or was assigned.
    assignee: str | None
    state: TaskState
    #: The version of the stored row, its ``ETag``; 0 while it is not stored.
    version: int
    opened_at: datetime
    closed_at: datetime | None = None
    #: ``Actor.id`` of who completed it.
    performer: str | None = None
    #: Of the deadline it falls under; ``None`` without one, and while its clock stands still.
    warn_at: datetime | None = None
    due_at: datetime | None = None
    #: The task that it is a part of; 0 for one that a diagram has opened.
    parent: int = 0
    #: ``Actor.id`` of who lent it to its assignee.
    owner: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for someone."""
        return self.state is TaskState.OPEN


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed into a task's form so far."""

    #: JSON text.
    data: str
    #: 0 while it is not stored.
    version: int
    editor: str
    saved_at: datetime


class TaskProjection:
    """Folds the opening, completing and withdrawing of tasks."""

    table = "task"
    events = (TaskOpened, TaskDueMoved, TaskCompleted, TaskWithdrawn)

    def fold(self, rows: Rows[TaskRow], recorded: Recorded) -> None:
        """Open or close a task."""
        match recorded.event:
            case TaskOpened() as opened:
                rows.put(opened.task, _open_task(opened, recorded.at))
            case TaskDueMoved(task=task, warn_at=warn_at, due_at=due_at):
                rows.put(task, replace(rows[task], warn_at=warn_at, due_at=due_at))
            case TaskCompleted(task=task):
                completed = replace(
                    rows[task], state=TaskState.COMPLETED, closed_at=recorded.at, performer=recorded.actor
                )
                rows.put(task, completed)
            case TaskWithdrawn(task=task):
                rows.put(task, replace(rows[task], state=TaskState.WITHDRAWN, closed_at=recorded.at))


def _open_task(opened: TaskOpened, at: datetime) -> TaskRow:
    return TaskRow(
        instance=opened.instance,
        element=opened.element,
        name=opened.name,
        form=opened.form,
        form_version=opened.form_version,
        groups=tuple(sorted(set(opened.groups))),
        stage=opened.stage,
        priority=opened.priority,
        excluded=tuple(sorted(set(opened.excluded))),
        assignee=opened.assignee,
        state=TaskState.OPEN,
        version=0,
        opened_at=at,
        warn_at=opened.warn_at,
        due_at=opened.due_at,
        parent=opened.parent,
    )
