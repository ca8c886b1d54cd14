"""Parts of a task: each a work item of its own, for others to do before the task itself can be completed.

They belong to the activation of the task, end with it, fall under the same deadline, and move no token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import InvalidState
from engine.events import TaskCompleted, TaskDueMoved, TaskOpened, TaskWithdrawn
from engine.parts import Part
from engine.spiff.activation import Activation, Subtask
from engine.spiff.deadlines import moments_of
from engine.spiff.performers import remember_performer

if TYPE_CHECKING:
    from engine.spiff.run import Run


def split(run: Run, activation: Activation, part: Part) -> int:
    """Offer a part of the task that is open here; its id."""
    opened, moments = activation.opened, moments_of(run, activation)
    excluded = [] if opened is None else opened.excluded
    subtask = Subtask(run.next_id(), part.name, list(part.groups), part.assignee, part.priority, run.step.now)
    activation.subtasks += (subtask,)
    run.step.emit(
        TaskOpened(
            task=subtask.id,
            instance=run.instance,
            element=activation.task_spec.element,
            name=subtask.name,
            groups=subtask.groups,
            assignee=subtask.assignee,
            stage=activation.stage,
            priority=subtask.priority,
            excluded=excluded,
            warn_at=moments.warn_at,
            due_at=moments.due_at,
            parent=activation.id,
        )
    )
    return subtask.id


def complete(run: Run, activation: Activation, subtask: Subtask, comment: str) -> None:
    """Note that a part is done, and by whom: it counts as performing the task."""
    _let_go(activation, subtask)
    remember_performer(activation, run.step.actor)
    element = activation.task_spec.element
    run.step.emit(TaskCompleted(task=subtask.id, instance=run.instance, element=element, data={}, comment=comment))


def withdraw(run: Run, activation: Activation, subtask: Subtask) -> None:
    """Ask for a part no longer."""
    _let_go(activation, subtask)
    run.step.emit(TaskWithdrawn(task=subtask.id, instance=run.instance, element=activation.task_spec.element))


def withdraw_all(run: Run, activation: Activation) -> None:
    """Ask for no part any longer, for the task itself has ended."""
    for subtask in activation.subtasks:
        withdraw(run, activation, subtask)


def tell_due(run: Run, activation: Activation) -> None:
    """Say when the parts are due now: when the task is."""
    moments = moments_of(run, activation)
    for subtask in activation.subtasks:
        run.step.emit(
            TaskDueMoved(
                task=subtask.id,
                instance=run.instance,
                element=activation.task_spec.element,
                warn_at=moments.warn_at,
                due_at=moments.due_at,
            )
        )


def refuse_parts(activation: Activation) -> None:
    """Raises ``InvalidState`` while parts of a task are not done."""
    if activation.subtasks:
        names = "、".join(subtask.name for subtask in activation.subtasks)
        raise InvalidState(
            "subtasks_open",
            f"还有子任务未办结：{names}。",
            f"Expected every part of the task to be done, but {len(activation.subtasks)} are not: {names}.",
            element=activation.task_spec.element,
        )


def _let_go(activation: Activation, subtask: Subtask) -> None:
    activation.subtasks = tuple(other for other in activation.subtasks if other is not subtask)
