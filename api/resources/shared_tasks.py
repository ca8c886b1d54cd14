"""Tasks done with others: lent and given back, split into parts that others do."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import addressed, carry_out
from api.naming import group_names
from api.parameters import Numbered
from api.ports import Platform
from api.resources.tasks import Assignment, TaskCompletion, TaskHolder, task_command
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.actors import Actor
from engine.commands import DelegateTask, ResolveTask, SplitTask, WithdrawSubtask
from engine.errors import Invalid
from engine.parts import Part
from processes.access import Permission, against, against_claiming
from processes.organisation import groups_of

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


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who could claim the task: it may be lent to them, given to them, or a part of it."""

    #: ``Actor.id``, such as ``user:7``.
    id: str
    name: str
    unit_name: str
    unit_name_en: str


class HelpingGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Those who perform tasks on a post, everywhere or at one unit: a part may be offered to them."""

    #: Such as ``clerk@U12``.
    group: str
    name_zh: str
    name_en: str


class Helpers(msgspec.Struct, frozen=True, kw_only=True):
    """Who may help with a task; the caller is not among them."""

    people: list[Colleague]
    groups: list[HelpingGroup]


async def get_helpers(call: Call[Nothing, None]) -> Reply:
    """Answer who may help with a task."""
    named: Numbered = call.path["task"]
    task = await call.platform.tasks.detail(call.signed_in.actor, named.tree, named.number)
    return answered(Helpers(people=_colleagues(call, task), groups=_groups(call.platform)))


def _colleagues(call: Call[Nothing, None], task: Any) -> list[Colleague]:
    register, caller = call.platform.people.register, call.signed_in.account
    others = [register.person(account) for account in register.organisation.accounts if account != caller]
    return [
        Colleague(
            id=f"user:{person.account}",
            name=person.name,
            unit_name=person.unit.name if person.unit else "",
            unit_name_en=(person.unit.name_en or person.unit.name) if person.unit else "",
        )
        for person in others
        if person and (actor := register.actor(person.account)) and _could_perform(actor, task)
    ]


def _could_perform(actor: Actor, task: Any) -> bool:
    return against(actor, Permission.TASK_PERFORM) is None and against_claiming(actor, task) is None


def _groups(platform: Platform) -> list[HelpingGroup]:
    """The groups of those who perform tasks: a post as such before the post at each unit."""
    register = platform.people.register
    performing = [
        held
        for holdings in register.organisation.holdings.values()
        for held in holdings
        if Permission.TASK_PERFORM in register.permissions.get(held.post, ())
    ]
    return [_group(platform, group) for group in sorted(groups_of(performing))]


def _group(platform: Platform, group: str) -> HelpingGroup:
    name_zh, name_en = group_names(platform, [group])
    return HelpingGroup(group=group, name_zh=name_zh, name_en=name_en)


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
        Route(
            method="GET",
            path="/tasks/{task}/helpers",
            handler=get_helpers,
            summary_zh="谁可以协助办理：可委托、指派的人，可分给子任务的岗位",
            summary_en="Who may help with a task: people to lend or give it to, groups to offer a part to",
            answer=Helpers,
        ),
        task_command("delegate", delegate_task, ("委托他人办理", "Lend to somebody"), Assignment, TaskHolder),
        task_command("resolve", resolve_task, ("交回委托人", "Give back to whoever lent it"), Resolution, TaskHolder),
        task_command("subtasks", split_task, ("拆分子任务", "Split into parts"), Splitting, TaskCompletion),
        task_command("withdraw", withdraw_subtask, ("撤回子任务", "Withdraw a part"), Nothing, WithdrawnSubtask),
    ),
)
