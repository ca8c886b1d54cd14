"""Tasks done with others: lent and given back, split into parts that others do."""

from __future__ import annotations

from typing import Annotated

import msgspec

from api.commands import addressed, carry_out
from api.resources.tasks import Assignment, TaskCompletion, TaskHolder, task_command
from api.routes import Call, Nothing, Reply, Resource
from engine.commands import DelegateTask, ResolveTask, SplitTask, WithdrawSubtask
from engine.errors import Invalid
from engine.parts import Part

MOST_PARTS = 50
Group = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Subtask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody else is to do of a task: offered to groups, or given to a person."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    #: Such as ``clerk@U12``.
    groups: Annotated[list[Group], msgspec.Meta(max_length=20)] = []
    assignee: Group | None = None
    priority: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50


class Splitting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The parts; the task is completed after them."""

    subtasks: Annotated[list[Subtask], msgspec.Meta(min_length=1, max_length=MOST_PARTS)]


class Resolution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What there is to say to whoever lent it."""

    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class WithdrawnSubtask(msgspec.Struct, frozen=True, kw_only=True):
    """The part that nobody is asked for any longer."""

    case: int
    task: str


async def delegate_task(call: Call[Nothing, Assignment]) -> Reply:
    """Lend a task to a person, who gives it back."""
    return await carry_out(call, DelegateTask(**addressed(call), assignee=call.body.assignee))


async def resolve_task(call: Call[Nothing, Resolution]) -> Reply:
    """Give a task back to whoever lent it."""
    return await carry_out(call, ResolveTask(**addressed(call), comment=call.body.comment))


async def split_task(call: Call[Nothing, Splitting]) -> Reply:
    """Let others do parts of a task."""
    parts = tuple(_part(place, subtask) for place, subtask in enumerate(call.body.subtasks))
    return await carry_out(call, SplitTask(**addressed(call), parts=parts))


async def withdraw_subtask(call: Call[Nothing, Nothing]) -> Reply:
    """Ask for a part no longer."""
    return await carry_out(call, WithdrawSubtask(**addressed(call)))


def _part(place: int, subtask: Subtask) -> Part:
    if not subtask.groups and subtask.assignee is None:
        raise Invalid(
            "subtask_for_nobody",
            "子任务须写明交给谁：岗位、岗位@单位或人员",
            "Expected a group or a person that the part is for",
            pointer=f"/subtasks/{place}",
        )
    return Part(name=subtask.name, groups=tuple(subtask.groups), assignee=subtask.assignee, priority=subtask.priority)


RESOURCE = Resource(
    name="shared_tasks",
    title_zh="协同办理",
    title_en="Tasks done with others",
    routes=(
        task_command("delegate", delegate_task, ("委托他人办理", "Lend to somebody"), Assignment, TaskHolder),
        task_command("resolve", resolve_task, ("交回委托人", "Give back to whoever lent it"), Resolution, TaskHolder),
        task_command("subtasks", split_task, ("拆分子任务", "Split into parts"), Splitting, TaskCompletion),
        task_command("withdraw", withdraw_subtask, ("撤回子任务", "Withdraw a part"), Nothing, WithdrawnSubtask),
    ),
)
