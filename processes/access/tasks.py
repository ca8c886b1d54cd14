"""What speaks against an actor's doing something with a task; pure, so that lists and buttons ask it too."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from engine.actors import Actor
from engine.errors import Forbidden, Invalid, InvalidState, Refusal
from engine.parts import Part
from processes.access.permissions import Permission


class OfferedTask(Protocol):
    """What is looked at of a task."""

    @property
    def groups(self) -> Collection[str]:
        """The candidate groups; none means everybody who may see the case."""
        ...

    @property
    def assignee(self) -> str | None:
        """``Actor.id`` of whoever claimed it or got it."""
        ...

    @property
    def excluded(self) -> Collection[str]:
        """``Actor.id`` of those who may not perform it."""
        ...


def is_candidate(actor: Actor, task: OfferedTask) -> bool:
    """Whether the task is offered to a group of the actor, or to everybody."""
    return not task.groups or not actor.groups.isdisjoint(task.groups)


def against_claiming(actor: Actor, task: OfferedTask) -> Refusal | None:
    """A task is claimed by those it is offered to, unless four eyes are asked for and the actor's are the first two."""
    if not is_candidate(actor, task):
        return Forbidden(
            "not_a_candidate", "该待办未分配给您所在的岗位或单位", "This task is not offered to any group of yours"
        )
    return _against_four_eyes(actor, task)


def against_performing(actor: Actor, task: OfferedTask) -> Refusal | None:
    """A task is performed by those it is offered to, and once somebody holds it by nobody else."""
    if task.assignee is None:
        return against_claiming(actor, task)
    return _against_strangers(actor, task) or _against_four_eyes(actor, task)


def against_working(actor: Actor, task: OfferedTask) -> Refusal | None:
    """A task from the inbox is worked on by whoever holds it; unclaimed, it is first claimed by someone who may."""
    return against_performing(actor, task) or against_holding(actor, task)


def against_holding(actor: Actor, task: OfferedTask) -> Refusal | None:
    """What is done with others is decided by whoever holds the task."""
    if task.assignee is None:
        return InvalidState("task_not_claimed", "请先签收该待办", "The task has to be claimed first")
    return _against_strangers(actor, task)


def against_release(actor: Actor, task: OfferedTask) -> Refusal | None:
    """A task is given back by whoever holds it."""
    return None if task.assignee is None else _against_strangers(actor, task)


def against_assigning(assignee: Actor | None, task: OfferedTask) -> Refusal | None:
    """A task is given to a person who could have claimed it."""
    if assignee is None:
        return Invalid("assignee_unknown", "没有这个人员", "There is no such person", pointer="/assignee")
    if refusal := against_claiming(assignee, task):
        return Invalid(
            "assignee_unfit",
            f"不能指派给{assignee.name}：{refusal.message_zh}",
            f"The task cannot be given to {assignee.name}: {refusal.message_en}",
            pointer="/assignee",
        )
    return None


def against_part(
    place: int,
    part: Part,
    actor_named: Callable[[str], Actor | None],
    is_group: Callable[[str], bool],
    excluded: Collection[str],
) -> Refusal | None:
    """A part of a task is offered to groups that there are, or given to somebody who performs tasks and may do this."""
    for group in part.groups:
        if not is_group(group):
            return Invalid(
                "group_unknown",
                f"没有岗位或单位“{group}”",
                f'Expected a group such as clerk@U12, but "{group}" is none',
                pointer=f"/subtasks/{place}/groups",
            )
    if part.assignee is None:
        return None
    person, pointer = actor_named(part.assignee), f"/subtasks/{place}/assignee"
    if person is None or Permission.TASK_PERFORM not in person.permissions:
        return Invalid(
            "assignee_unknown", "没有这个办理人员", "There is no such person who performs tasks", pointer=pointer
        )
    if person.id in excluded:
        return Invalid(
            "assignee_unfit",
            f"不能交给{person.name}：其办理过须分离的环节",
            f"The part cannot be given to {person.name}, who performed a step that the task is to be separate from",
            pointer=pointer,
        )
    return None


def _against_strangers(actor: Actor, task: OfferedTask) -> Refusal | None:
    if task.assignee == actor.id:
        return None
    return Forbidden("task_of_another", "该待办已由他人签收", "Someone else holds this task")


def _against_four_eyes(actor: Actor, task: OfferedTask) -> Refusal | None:
    if actor.id not in task.excluded:
        return None
    return Forbidden(
        "four_eyes",
        "您已办理过相关环节，本环节应由他人办理",
        "You performed a step that this one is to be separate from; someone else has to do it",
    )
