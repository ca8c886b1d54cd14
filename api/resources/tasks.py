"""Tasks: the work items of persons, found, taken, drafted and completed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from api.answers import answered
from api.commands import addressed, carry_out
from api.lists import CountedList, Paging, Word, counted
from api.naming import CaseNames, case_names, element_name_en, group_names, person_name
from api.parameters import Numbered, etag
from api.ports import Platform
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.actors import Actor
from engine.commands import AssignTask, ClaimTask, CommentTask, CompleteTask, ReleaseTask, SaveDraft, UnassignTask
from engine.errors import InvalidState, Refusal
from processes.access import (
    OfferedTask,
    Permission,
    against,
    against_claiming,
    against_holding,
    against_release,
    against_working,
)
from processes.media import media_named_in


class TaskFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which tasks."""

    #: Only those assigned to the caller.
    mine: bool = False
    #: Only those of open cases that the caller watches.
    watched: bool = False
    #: Offered to this candidate group.
    group: Word | None = None
    #: Of cases for which this unit is responsible.
    unit: Word | None = None
    stage: Word | None = None
    #: By the deadline that the task falls under, as of now.
    lamp: Literal["red", "yellow", "green"] | None = None
    due_before: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    #: The longest open first, or the soonest due.
    sort: Literal["opened", "due"] = "opened"


class TaskSummary(CaseNames, frozen=True, kw_only=True):
    """An open task as lists show it."""

    id: str
    #: The case, and what it is about.
    case: int
    number: str
    subcategory: str
    description: str
    address: str
    #: Where it is: degrees in CGCS2000.
    lon: float
    lat: float
    #: Code of the responsible unit, once there is one.
    unit: str | None
    name: str
    name_en: str
    element: str
    stage: str
    #: Key of the form, empty when there is none, and the number of the version that the task keeps.
    form_key: str
    form_version: int
    groups: list[str]
    assignee: str | None
    assignee_name: str
    priority: int
    opened_at: datetime
    version: int
    #: Of the deadline that it falls under; ``null`` without one, and while its clock stands still.
    warn_at: datetime | None
    due_at: datetime | None
    #: ``red``, ``yellow`` or ``green`` as of now; turns by ``warn_at`` and ``due_at``.
    lamp: str | None
    #: The task that it is a part of.
    parent: str | None
    #: Who lent it to its assignee, to whom it is given back.
    owner: str | None
    owner_name: str


class TaskOfCase(msgspec.Struct, frozen=True, kw_only=True):
    """A task as its case shows it, open or closed."""

    id: str
    name: str
    name_en: str
    element: str
    stage: str
    state: str
    groups: list[str]
    #: To whom it is offered, by name.
    groups_zh: str
    groups_en: str
    assignee: str | None
    assignee_name: str
    performer: str | None
    performer_name: str
    opened_at: datetime
    closed_at: datetime | None
    #: The task that it is a part of.
    parent: str | None


class TaskList(CountedList, frozen=True, kw_only=True):
    """A page of tasks."""

    items: list[TaskSummary]


class TaskVerb(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the caller may do something with a task, and if not, why."""

    verb: str
    allowed: bool
    reason_zh: str = ""
    reason_en: str = ""


class TaskDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed so far."""

    data: dict[str, Any]
    #: The ``If-Match`` of the next draft; 0 before the first.
    version: int
    editor: str
    saved_at: datetime


class TaskDetail(TaskSummary, frozen=True, kw_only=True):
    """A task with all that is needed to perform it."""

    state: str
    closed_at: datetime | None
    performer: str | None
    #: The form as published when the task was opened; ``null`` when the task has none.
    form: dict[str, Any] | None
    draft: TaskDraft | None
    #: What it was split into; it is completed after them.
    subtasks: list[TaskOfCase]
    verbs: list[TaskVerb]


class Completion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was typed into the form."""

    data: dict[str, Any]
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was typed so far; checked only when the task is completed."""

    data: dict[str, Any]


class Comment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What there is to say."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Commented(msgspec.Struct, frozen=True, kw_only=True):
    """Where the comment stands in the history of the case."""

    case: int
    task: str
    seq: int


class Assignment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person who is to do it."""

    assignee: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class OpenedTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task that a command opened."""

    id: str
    element: str
    form: str
    groups: list[str]


class TaskCompletion(msgspec.Struct, frozen=True, kw_only=True):
    """What the completion of a task moved."""

    case: int
    task: str
    opened: list[OpenedTask]
    #: Where the case stands now, when that changed.
    stage: str = ""


class TaskHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who has the task now."""

    task: str
    assignee: str | None
    version: int


class DraftSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The draft's new version."""

    task: str
    version: int


async def list_tasks(call: Call[TaskFilter, None]) -> Reply:
    """Answer open tasks that the caller may see."""
    platform = call.platform
    return await counted(
        call, platform.tasks.list, TaskList, lambda row: shown(row, TaskSummary, **_names(platform, row))
    )


async def get_task(call: Call[Nothing, None]) -> Reply:
    """Answer one task with its form, its draft and what the caller may do."""
    task: Numbered = call.path["task"]
    actor = call.signed_in.actor
    row = await call.platform.tasks.detail(actor, task.tree, task.number)
    parts = [task_of_case(call.platform, part) for part in row.subtasks]
    detail = shown(row, TaskDetail, verbs=_verbs(actor, row), subtasks=parts, **_names(call.platform, row))
    return answered(detail, headers={"etag": etag(detail.version)})


async def claim_task(call: Call[Nothing, Nothing]) -> Reply:
    """Take a task for oneself."""
    return await carry_out(call, ClaimTask(**addressed(call)))


async def release_task(call: Call[Nothing, Nothing]) -> Reply:
    """Give a claimed task back."""
    return await carry_out(call, ReleaseTask(**addressed(call)))


async def assign_task(call: Call[Nothing, Assignment]) -> Reply:
    """Give a task to a person."""
    return await carry_out(call, AssignTask(**addressed(call), assignee=call.body.assignee))


async def unassign_task(call: Call[Nothing, Nothing]) -> Reply:
    """Take a task away from its person."""
    return await carry_out(call, UnassignTask(**addressed(call)))


async def draft_task(call: Call[Nothing, Draft]) -> Reply:
    """Keep what was typed so far."""
    return await carry_out(call, SaveDraft(**addressed(call), data=call.body.data))


async def comment_task(call: Call[Nothing, Comment]) -> Reply:
    """Say something about an open task; the history of the case shows it."""
    body, members = call.body, addressed(call)
    named = dict(media_named_in({"text": body.text}))
    await call.platform.media.check_named(call.signed_in.actor, members["tree"], named)
    return await carry_out(call, CommentTask(**members, text=body.text))


async def complete_task(call: Call[Nothing, Completion]) -> Reply:
    """Finish a task; the case moves on."""
    body, members = call.body, addressed(call)
    named = dict(media_named_in({"data": body.data, "comment": body.comment}))
    await call.platform.media.check_named(call.signed_in.actor, members["tree"], named)
    command = CompleteTask(**members, data=body.data, comment=body.comment)
    return await carry_out(call, command)


def _names(platform: Platform, row: Any) -> dict[str, str]:
    people = {"assignee_name": person_name(platform, row.assignee), "owner_name": person_name(platform, row.owner)}
    return {**case_names(platform, row), **people, "name_en": element_name_en(platform, row.element, row.name)}


def task_of_case(platform: Platform, row: Any) -> TaskOfCase:
    """A task as its case shows it."""
    groups_zh, groups_en = group_names(platform, row.groups)
    names = {
        "name_en": element_name_en(platform, row.element, row.name),
        "assignee_name": person_name(platform, row.assignee),
        "performer_name": person_name(platform, row.performer),
        "groups_zh": groups_zh,
        "groups_en": groups_en,
    }
    found: TaskOfCase = shown(row, TaskOfCase, **names)
    return found


def _needs_assigning(actor: Actor, _task: OfferedTask) -> Refusal | None:
    return against(actor, Permission.TASK_ASSIGN)


def _against_completing(actor: Actor, task: Any) -> Refusal | None:
    refusal = against_working(actor, task) or (_LENT if task.owner else None)
    is_whole = all(part.state != "open" for part in task.subtasks)
    return refusal or (
        None if is_whole else InvalidState("subtasks_open", "还有子任务未办结", "Parts are not done yet")
    )


def _against_sharing(actor: Actor, task: Any) -> Refusal | None:
    return against_holding(actor, task) or (_LENT if task.owner else None)


def _against_splitting(actor: Actor, task: Any) -> Refusal | None:
    is_part = InvalidState("subtask_not_split", "子任务不能再拆分", "A part is not split any further")
    return against_holding(actor, task) or (is_part if task.parent else None)


def _against_resolving(actor: Actor, task: Any) -> Refusal | None:
    is_own = InvalidState("task_not_delegated", "该待办不是他人委托的", "Nobody lent the task")
    return against_holding(actor, task) or (None if task.owner else is_own)


_LENT = InvalidState("task_delegated", "该待办是他人委托的，请先交回", "The task is lent and to be given back first")

#: What can be done with an open task, and what is asked beside the permission; guard and handlers ask the same.
_VERBS: tuple[tuple[str, Permission, Callable[[Actor, OfferedTask], Refusal | None]], ...] = (
    ("claim", Permission.TASK_PERFORM, against_claiming),
    ("release", Permission.TASK_PERFORM, against_release),
    ("draft", Permission.TASK_PERFORM, against_working),
    ("complete", Permission.TASK_PERFORM, _against_completing),
    ("delegate", Permission.TASK_PERFORM, _against_sharing),
    ("resolve", Permission.TASK_PERFORM, _against_resolving),
    ("subtasks", Permission.TASK_PERFORM, _against_splitting),
    ("assign", Permission.TASK_ASSIGN, _needs_assigning),
    ("unassign", Permission.TASK_ASSIGN, _needs_assigning),
)


def _verbs(actor: Actor, row: Any) -> list[TaskVerb]:
    if row.state != "open":
        return []
    return [_verb(name, against(actor, permission) or judge(actor, row)) for name, permission, judge in _VERBS]


def _verb(name: str, refusal: Refusal | None) -> TaskVerb:
    if refusal is None:
        return TaskVerb(verb=name, allowed=True)
    return TaskVerb(verb=name, allowed=False, reason_zh=refusal.message_zh, reason_en=refusal.message_en)


def task_command(verb: str, handler: Any, words: tuple[str, str], body: type[msgspec.Struct], answer: Any) -> Route:
    """The route of something that is done with one task."""
    return Route(
        method="POST",
        path=f"/tasks/{{task}}/{verb}",
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        body=body,
        answer=answer,
        keyed=True,
        match=Match.OPTIONAL,
    )


RESOURCE = Resource(
    name="tasks",
    title_zh="待办",
    title_en="Tasks",
    routes=(
        Route(
            method="GET",
            path="/tasks",
            handler=list_tasks,
            summary_zh="待办列表",
            summary_en="Open tasks",
            query=TaskFilter,
            answer=TaskList,
        ),
        Route(
            method="GET",
            path="/tasks/{task}",
            handler=get_task,
            summary_zh="待办详情：表单、草稿、可做的操作",
            summary_en="A task with its form, its draft and what may be done",
            answer=TaskDetail,
        ),
        task_command("claim", claim_task, ("签收", "Claim"), Nothing, TaskHolder),
        task_command("release", release_task, ("取消签收", "Release"), Nothing, TaskHolder),
        task_command("assign", assign_task, ("指派", "Assign"), Assignment, TaskHolder),
        task_command("unassign", unassign_task, ("取消指派", "Unassign"), Nothing, TaskHolder),
        task_command("draft", draft_task, ("保存草稿", "Save a draft"), Draft, DraftSaved),
        task_command("comments", comment_task, ("备注", "Say something about a task"), Comment, Commented),
        task_command("complete", complete_task, ("办结", "Complete"), Completion, TaskCompletion),
    ),
)
