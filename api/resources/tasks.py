"""Tasks: the work items of persons, found, taken, drafted and completed."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from api.commands import addressed, carry_out
from api.lists import Paging
from api.routes import Call, Nothing, Reply
from engine.commands import AssignTask, ClaimTask, CompleteTask, ReleaseTask, SaveDraft, UnassignTask


class TaskFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which tasks, in which order."""

    #: Only those assigned to the caller.
    mine: bool = False
    group: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    unit: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    stage: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    sort: str = "opened_at"


class TaskOfList(msgspec.Struct, frozen=True, kw_only=True):
    """A task as a list shows it."""

    id: str
    case: str


class TaskVerb(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the caller may do something to a task, and why not."""

    verb: str
    allowed: bool
    reason_zh: str = ""
    reason_en: str = ""


class CompletionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was typed into the form."""

    data: dict[str, Any]
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class DraftBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was typed so far; checked only when the task is completed."""

    data: dict[str, Any]


class Assignment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person who is to do it."""

    assignee: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class TaskMoved(msgspec.Struct, frozen=True, kw_only=True):
    """What a command on a task did."""


async def complete_task(call: Call[Nothing, CompletionBody]) -> Reply:
    """Finish a task; the case moves on."""
    command = CompleteTask(**addressed(call), data=call.body.data, comment=call.body.comment)
    return await carry_out(call, command)


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


async def draft_task(call: Call[Nothing, DraftBody]) -> Reply:
    """Keep what was typed so far."""
    return await carry_out(call, SaveDraft(**addressed(call), data=call.body.data))
