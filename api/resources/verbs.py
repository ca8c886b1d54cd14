"""Verbs: what can be done with a case beyond the tasks of its diagram."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import Numbered, numbered
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.errors import Invalid
from processes.verbs import UseVerb


class Verb(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be done with a case, and if the caller may not do it now, why."""

    verb: str
    name: str
    name_en: str
    allowed: bool
    reason_zh: str
    reason_en: str
    #: Open tasks that it may be used on; empty for verbs on the case as a whole.
    tasks: list[str]
    #: The form to answer; ``null`` when nothing is asked.
    schema: dict[str, Any] | None


class CaseVerbs(msgspec.Struct, frozen=True, kw_only=True):
    """Every verb of the city."""

    items: list[Verb]


class VerbUse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was typed into the form, and which open task is meant where there are several."""

    data: dict[str, Any] = {}
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    task: Annotated[str, msgspec.Meta(min_length=3, max_length=40)] | None = None


class VerbUsed(msgspec.Struct, frozen=True, kw_only=True):
    """The procedure that was started, and what moved at once."""

    case: int
    verb: str
    #: Id of its instance.
    procedure: str
    #: ``open`` while it waits for somebody, ``completed`` when it is through already.
    state: str
    opened: list[OpenedTask]
    #: Where the case stands now, when that changed.
    stage: str = ""


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked by a verb, and what became of it."""

    id: str
    verb: str
    #: The task or activity that it acts on, and its element; ``null`` and empty for the case as a whole.
    host: str | None
    host_element: str
    state: str
    started_at: datetime
    starter: str
    data: dict[str, Any]
    comment: str
    #: What it did to its host, in order.
    effects: list[str]
    ended_at: datetime | None
    #: End events that it reached.
    ends: list[str]


class CaseProcedures(msgspec.Struct, frozen=True, kw_only=True):
    """The procedures of a case, in the order of their start."""

    items: list[Procedure]


async def get_case_verbs(call: Call[Nothing, None]) -> Reply:
    """Answer what can be done with a case, and why what cannot be done cannot."""
    case = call.path["case"]
    entries = await call.platform.verbs.of_case(call.signed_in.actor, case)
    items = [shown(entry, Verb, tasks=[str(Numbered(case, task)) for task in entry.tasks]) for entry in entries]
    return answered(CaseVerbs(items=items))


async def get_case_procedures(call: Call[Nothing, None]) -> Reply:
    """Answer what was asked of a case by verbs."""
    case = call.path["case"]
    entries = await call.platform.verbs.procedures(call.signed_in.actor, case)
    return answered(CaseProcedures(items=[_procedure(case, entry) for entry in entries]))


async def use_case_verb(call: Call[Nothing, VerbUse]) -> Reply:
    """Start the procedure of a verb."""
    command = UseVerb(
        actor=call.signed_in.actor,
        key=call.key,
        tree=call.path["case"],
        verb=call.path["verb"],
        data=call.body.data,
        comment=call.body.comment,
        task=_task(call),
    )
    return await carry_out(call, command)


def _task(call: Call[Nothing, VerbUse]) -> int | None:
    """Number of the named task. Raises ``Invalid`` when it is not of this case."""
    if call.body.task is None:
        return None
    named = numbered(call.body.task)
    if named is None or named.tree != call.path["case"]:
        raise Invalid(
            "task_of_another_case",
            "该待办不属于本案件",
            "Expected a task of this case",
            pointer="/task",
        )
    return named.number


def _procedure(case: int, entry: Any) -> Procedure:
    host = None if entry.host_activity is None else str(Numbered(case, entry.host_activity))
    procedure: Procedure = shown(entry, Procedure, id=str(Numbered(case, entry.id)), host=host)
    return procedure


RESOURCE = Resource(
    name="verbs",
    title_zh="操作",
    title_en="Verbs",
    routes=(
        Route(
            method="GET",
            path="/cases/{case}/verbs",
            handler=get_case_verbs,
            summary_zh="案件可做的操作，及不可做的原因",
            summary_en="What can be done with a case, and why not",
            answer=CaseVerbs,
        ),
        Route(
            method="POST",
            path="/cases/{case}/verbs/{verb}",
            handler=use_case_verb,
            summary_zh="发起操作：退回、改派、延期、挂账、解挂、催办、督办、作废等",
            summary_en="Use a verb: return, redispatch, extension, suspension, urge, void and others",
            body=VerbUse,
            answer=VerbUsed,
            keyed=True,
        ),
        Route(
            method="GET",
            path="/cases/{case}/procedures",
            handler=get_case_procedures,
            summary_zh="案件的操作记录：谁以何理由发起，结果如何",
            summary_en="What was asked of a case by verbs, and what became of it",
            answer=CaseProcedures,
        ),
    ),
)
