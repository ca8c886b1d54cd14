"""Who may do what, as rules that answer alike for the button and for the command.

A rule looks at an actor and a command and returns the refusal in words, or ``None`` where there is nothing against it.
The table says which rule belongs to which class of command; packages with commands of their own keep one like it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol

from engine.actors import Actor
from engine.commands import (
    AssignTask,
    BeginActivity,
    ClaimTask,
    Command,
    CommentTask,
    CompleteTask,
    DelegateTask,
    ReleaseTask,
    ResolveTask,
    RetryFault,
    SaveDraft,
    SplitTask,
    TaskCommand,
    UnassignTask,
    WithdrawSubtask,
)
from engine.deliveries import AnswerDelivery, DeliveryCommand, EditDelivery, RetryDelivery, SkipDelivery
from engine.errors import Forbidden, Refusal
from engine.handling import Work
from engine.interventions import (
    AddToken,
    CancelInstance,
    CancelToken,
    CorrectVariables,
    Intervention,
    MoveToken,
    PauseInstance,
    ResumeInstance,
)
from processes.access.permissions import PERMISSION_WORDS, Permission
from processes.access.tasks import (
    OfferedTask,
    against_assigning,
    against_claiming,
    against_part,
    against_performing,
    against_release,
)

Rule = Callable[[Actor, Any, Work], Refusal | None]
Rules = Mapping[type[Command], Rule]
#: The actor with an id such as ``user:7``.
ActorNamed = Callable[[str], Actor | None]
#: Whether somebody may hold the post, at the unit, that a candidate group names.
IsGroup = Callable[[str], bool]


class OfferedActivity(Protocol):
    """What is looked at of an activity that is offered."""

    @property
    def groups(self) -> Collection[str]:
        """The candidate groups; none leaves it to whoever controls instances."""
        ...


#: What a person may decide about a delivery.
DELIVERY_PERMISSIONS: Mapping[type[DeliveryCommand], Permission] = {
    RetryDelivery: Permission.FAULT_RETRY,
    EditDelivery: Permission.INSTANCE_CONTROL,
    SkipDelivery: Permission.INSTANCE_CONTROL,
}


#: What an operator may do to an instance by hand.
INTERVENTIONS: tuple[type[Intervention], ...] = (
    CorrectVariables,
    MoveToken,
    AddToken,
    CancelToken,
    PauseInstance,
    ResumeInstance,
    CancelInstance,
)


def against(actor: Actor, permission: Permission) -> Forbidden | None:
    """What is said to an actor without the permission."""
    if permission in actor.permissions:
        return None
    words = PERMISSION_WORDS[permission]
    return Forbidden(
        "permission_missing",
        f"您没有“{words.zh}”的权限",
        f"This needs the permission to {words.en}",
        details={"permission": permission.value},
    )


def needs(permission: Permission) -> Rule:
    """The rule that asks for nothing but a permission."""

    def rule(actor: Actor, _command: Command, _work: Work) -> Refusal | None:
        return against(actor, permission)

    return rule


def _task(command: TaskCommand, work: Work) -> OfferedTask | None:
    task: OfferedTask | None = work.rows("task").get(command.task)
    return task


def about_task(judge: Callable[[Actor, OfferedTask], Refusal | None], permission: Permission) -> Rule:
    """The rule that asks for a permission and looks at the task; refusing a missing task is the handler's part."""

    def rule(actor: Actor, command: TaskCommand, work: Work) -> Refusal | None:
        task = _task(command, work)
        return against(actor, permission) or (judge(actor, task) if task else None)

    return rule


def assigning(actor_named: ActorNamed) -> Rule:
    """The rule for giving a task to someone: whoever gets it could have claimed it."""

    def rule(actor: Actor, command: AssignTask, work: Work) -> Refusal | None:
        if refusal := against(actor, Permission.TASK_ASSIGN):
            return refusal
        task = _task(command, work)
        return against_assigning(actor_named(command.assignee), task) if task else None

    return rule


def delegating(actor_named: ActorNamed) -> Rule:
    """The rule for lending a task: who holds it lends it to somebody who could have claimed it."""

    def rule(actor: Actor, command: DelegateTask, work: Work) -> Refusal | None:
        task = _task(command, work)
        if refusal := against(actor, Permission.TASK_PERFORM) or (against_performing(actor, task) if task else None):
            return refusal
        return against_assigning(actor_named(command.assignee), task) if task else None

    return rule


def splitting(actor_named: ActorNamed, is_group: IsGroup) -> Rule:
    """The rule for splitting a task: who holds it gives parts to groups and people that there are."""

    def rule(actor: Actor, command: SplitTask, work: Work) -> Refusal | None:
        task = _task(command, work)
        if refusal := against(actor, Permission.TASK_PERFORM) or (against_performing(actor, task) if task else None):
            return refusal
        excluded = task.excluded if task else ()
        parts = enumerate(command.parts)
        refusals = (against_part(place, part, actor_named, is_group, excluded) for place, part in parts)
        return next((refusal for refusal in refusals if refusal), None)

    return rule


def against_beginning(actor: Actor, groups: Collection[str]) -> Refusal | None:
    """What is offered is begun by those it is offered to, and by whoever controls instances."""
    if Permission.INSTANCE_CONTROL in actor.permissions:
        return None
    if not groups:
        return against(actor, Permission.INSTANCE_CONTROL)
    if refusal := against(actor, Permission.TASK_PERFORM):
        return refusal
    if actor.groups.isdisjoint(groups):
        return Forbidden(
            "not_a_candidate", "该活动未向您所在的岗位或单位开放", "This activity is not offered to any group of yours"
        )
    return None


def _beginning(actor: Actor, command: BeginActivity, work: Work) -> Refusal | None:
    offered: OfferedActivity | None = work.rows("subscription").get(command.subscription)
    return against(actor, Permission.TASK_PERFORM) if offered is None else against_beginning(actor, offered.groups)


def against_answering(actor: Actor, command: AnswerDelivery, _work: Work) -> Refusal | None:
    """Outside systems answer for themselves and nobody answers for them; whose delivery it is, the handler knows."""
    if actor.id == f"source:{command.target}":
        return None
    return Forbidden("not_the_source", "只有被委托的外部系统可以答复", "Only the outside system that was asked answers")


def tree_rules(actor_named: ActorNamed, is_group: IsGroup) -> Rules:
    """The rules for the engine's commands on a tree."""
    performing = about_task(against_performing, Permission.TASK_PERFORM)
    return {
        ClaimTask: about_task(against_claiming, Permission.TASK_PERFORM),
        ReleaseTask: about_task(against_release, Permission.TASK_PERFORM),
        SaveDraft: performing,
        CompleteTask: performing,
        DelegateTask: delegating(actor_named),
        ResolveTask: performing,
        SplitTask: splitting(actor_named, is_group),
        WithdrawSubtask: needs(Permission.TASK_PERFORM),
        # Whoever sees the case may say something; seats and departments tell each other what they know.
        CommentTask: needs(Permission.TASK_PERFORM),
        AssignTask: assigning(actor_named),
        UnassignTask: needs(Permission.TASK_ASSIGN),
        BeginActivity: _beginning,
        RetryFault: needs(Permission.FAULT_RETRY),
        AnswerDelivery: against_answering,
        **dict.fromkeys(INTERVENTIONS, needs(Permission.INSTANCE_CONTROL)),
        **{command: needs(permission) for command, permission in DELIVERY_PERMISSIONS.items()},
    }
