"""What all handlers on tasks ask first, and how tasks are named outside."""

from __future__ import annotations

from engine.commands import TaskCommand
from engine.errors import Forbidden, InvalidState, NotFound, Stale
from engine.handling import Work
from engine.projections import TaskRow


def task_id(tree: int, task: int) -> str:
    """The name of a task outside the engine, such as ``1024.7``."""
    return f"{tree}.{task}"


def open_task(command: TaskCommand, work: Work) -> TaskRow:
    """The task, open. Raises ``NotFound`` and ``InvalidState``."""
    row: TaskRow | None = work.rows("task").get(command.task)
    name = task_id(command.tree, command.task)
    if row is None:
        raise NotFound("task_not_found", "没有这个待办", f"Expected a task {name}, but there is none")
    if not row.is_open:
        raise InvalidState(
            "task_not_open",
            "该待办已办结或已撤回",
            f"Expected task {name} to be open, but it is {row.state}",
            details={"state": str(row.state)},
        )
    return row


def unchanged(command: TaskCommand, row: TaskRow) -> None:
    """Raises ``Stale`` when the caller saw another version of the task."""
    if command.expected is not None and command.expected != row.version:
        raise stale(command.expected, row.version)


def stale(expected: int, current: int) -> Stale:
    """The refusal for a version that moved on."""
    return Stale(
        "stale_version",
        "内容已被他人修改，请重新载入",
        f"Expected version {expected}, but it is at version {current}; load it again",
        details={"current_version": current},
    )


def claimed_by_actor(work: Work, row: TaskRow) -> None:
    """Raises ``InvalidState`` when nobody has claimed the task, ``Forbidden`` when somebody else has."""
    if row.assignee is None:
        raise InvalidState(
            "task_not_claimed", "请先签收该待办", "Expected the task to be claimed first, but nobody has it"
        )
    if row.assignee != work.actor.id:
        raise Forbidden(
            "task_of_another", "该待办由他人签收", "Expected the task to be yours, but somebody else has it"
        )


def not_excluded(person: str, row: TaskRow) -> None:
    """Raises ``Forbidden`` when a person may not perform a task because of what they did before (four eyes)."""
    if person in row.excluded:
        raise Forbidden(
            "separation_of_duties",
            "前一环节的办理人不得办理此环节（职责分离）",
            "Expected another person than the one who performed an earlier step of this case",
            element=row.element,
        )


def not_lent(row: TaskRow) -> None:
    """Raises ``InvalidState`` when somebody lent the task to whoever has it: they give it back first."""
    if row.owner is not None:
        raise InvalidState(
            "task_delegated",
            "该待办是他人委托的，请先交回",
            "Expected the task to be given back to whoever lent it first",
        )
