"""Cases: reported, found, followed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from api.answers import answered
from api.answers_in_words import AnswerInWords, answers_in_words
from api.commands import carry_out
from api.lists import CountedList, List, Paging, Word, counted, next_cursor, position
from api.naming import CaseNames, case_names, element_name_en, event_name_en, person_name
from api.parameters import LARGEST_ID
from api.ports import Platform
from api.resources.media import Media, media_shown
from api.resources.next_actions import NextAction, beginning, next_actions
from api.resources.tasks import OpenedTask, TaskOfCase, task_of_case
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.actors import Actor
from processes.cases import Location as CaseLocation
from processes.cases import ReportCase, gathered
from processes.cases import Reporter as CaseReporter
from processes.cases import Wait as CaseWait
from processes.media import media_named_in

Id = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)]


class CaseFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cases."""

    stage: Word | None = None
    #: Code of a class or sub-category.
    category: Word | None = None
    #: Code of the responsible unit.
    unit: Word | None = None
    grid: Word | None = None
    channel: Word | None = None
    #: In number, description and address, taken literally.
    text: Word | None = None
    #: Reported from this moment on, and before that one.
    reported_from: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    reported_before: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    open: bool | None = None
    #: The worst lamp of its open deadlines, as of now.
    lamp: Literal["red", "yellow", "green", "grey"] | None = None
    overdue: bool | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where it is."""

    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    #: The coordinate system the numbers are in, such as ``cgcs2000`` or ``gcj02``.
    crs: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    address: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Reporter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who told of it; kept apart from the case and out of the log."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=30)] = ""


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is the matter."""

    subcategory: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    condition: Annotated[str, msgspec.Meta(min_length=1, max_length=50)] | None = None
    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    location: Location
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
    reporter: Reporter | None = None
    #: Ids of media that the caller uploaded.
    media: Annotated[list[Id], msgspec.Meta(max_length=50)] = []
    #: Whether the reporter has already put it right; its photos show before and after.
    self_handled: bool = False


class CaseSummary(CaseNames, frozen=True, kw_only=True):
    """A case as lists show it."""

    id: int
    number: str
    kind: str
    category: str
    subcategory: str
    condition: str | None
    channel: str
    description: str
    address: str
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    grid: str
    community: str
    street: str
    #: Code of the responsible unit, once there is one.
    unit: str | None
    #: As the diagram declares it; empty before the first.
    stage: str
    is_open: bool
    reported_at: datetime
    filed_at: datetime | None
    closed_at: datetime | None
    updated_at: datetime


class ListedCase(CaseSummary, frozen=True, kw_only=True):
    """A case in a list, as of now."""

    #: The worst of its open deadlines: ``red``, ``yellow``, ``green``, ``grey`` (all paused); ``null`` without any.
    lamp: str | None


class CaseList(CountedList, frozen=True, kw_only=True):
    """A page of cases."""

    items: list[ListedCase]


class CaseDetail(CaseSummary, frozen=True, kw_only=True):
    """A case with its facts."""

    #: Coordinate system in which the position was given.
    given_crs: str
    ended_at: datetime | None
    #: Id of the end event that was reached; empty while the case is open.
    end: str
    facts: dict[str, Any]


class CaseReported(msgspec.Struct, frozen=True, kw_only=True):
    """The new case."""

    case: int
    number: str
    opened: list[OpenedTask]
    stage: str = ""


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened in a case."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    type: str
    payload: dict[str, Any]
    #: Of what bears the name of its element: that name in English, else empty.
    name_en: str
    #: Of completions: what was answered, in the words of the very form that was answered.
    answers: list[AnswerInWords]


class History(List, frozen=True, kw_only=True):
    """A page of what happened, in order."""

    items: list[HistoryEntry]


class CaseTasks(msgspec.Struct, frozen=True, kw_only=True):
    """Every task of a case, open and closed."""

    items: list[TaskOfCase]


class CaseMedia(msgspec.Struct, frozen=True, kw_only=True):
    """The photos and attachments that a case shows."""

    items: list[Media]


class WaitCause(msgspec.Struct, frozen=True, kw_only=True):
    """One of several things that an event waits for until all of them have come."""

    kind: Literal["timer", "message", "signal", "condition", "escalation"]
    #: Of a message or signal its name, of an escalation its code, else empty.
    name: str
    #: Correlation key, of messages only.
    key: str
    #: When it has come; nothing while it is awaited.
    at: datetime | None


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """What a case waits for, and who can act."""

    kind: str
    element: str
    #: Of a fault what it says, of an instance at rest why it rests.
    name: str
    name_en: str
    #: Since when.
    since: datetime
    #: In words: who can act, and how.
    who_zh: str
    who_en: str
    #: The instance in which it waits, and the call activities that lead there from the outermost instance inwards.
    instance: str
    calls: list[str]
    #: Id of the task, of tasks only.
    task: str | None
    #: Number of the timer and when it is due, of timers only.
    timer: int | None
    due_at: datetime | None
    #: Number of what is waited for, of messages, signals, conditions and activities; its name, of the first two; the
    #: correlation key, of messages only.
    subscription: int | None
    message: str | None
    key: str | None
    #: Number of the fault and its stable code, of faults only.
    fault: int | None
    code: str | None
    #: Number of the delivery, of deliveries and of faults that one of them is.
    delivery: int | None
    #: Of what a parallel multiple event waits for: everything that it does, and what of it has come.
    causes: list[WaitCause]
    #: What the caller may do about it, of faults and activities only.
    actions: list[NextAction]


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """Why a case does not move; nothing once it has ended."""

    items: list[Wait]


async def report_case(call: Call[Nothing, Report]) -> Reply:
    """Report something to the city."""
    report = call.body
    shown_media = {f"/media/{place}": media for place, media in enumerate(report.media)}
    named = {**shown_media, **dict(media_named_in(msgspec.to_builtins(report)))}
    await call.platform.media.check_named(call.signed_in.actor, None, named)
    command = ReportCase(
        actor=call.signed_in.actor,
        key=call.key,
        tree=await call.platform.tree_ids.take(),
        subcategory=report.subcategory,
        condition=report.condition,
        channel=report.channel,
        location=CaseLocation(**msgspec.structs.asdict(report.location)),
        description=report.description,
        reporter=CaseReporter(**msgspec.structs.asdict(report.reporter)) if report.reporter else None,
        media=tuple(report.media),
        self_handled=report.self_handled,
    )
    return await carry_out(call, command)


async def list_cases(call: Call[CaseFilter, None]) -> Reply:
    """Answer cases that the caller may see, the newest first."""
    platform = call.platform
    return await counted(
        call, platform.cases.list, CaseList, lambda row: shown(row, ListedCase, **case_names(platform, row))
    )


async def get_case(call: Call[Nothing, None]) -> Reply:
    """Answer one case with its facts."""
    case = await call.platform.cases.detail(call.signed_in.actor, call.path["case"])
    return answered(shown(case, CaseDetail, **case_names(call.platform, case)))


async def get_case_history(call: Call[Paging, None]) -> Reply:
    """Answer what happened in a case, in order."""
    actor, query = call.signed_in.actor, call.query
    page = await call.platform.cases.history(actor, call.path["case"], position(call), query.limit)
    items = [_entry(call.platform, row) for row in page.items]
    return answered(History(items=items, next=next_cursor(call, page)))


def _entry(platform: Platform, row: Any) -> Any:
    answers = answers_in_words(platform, row.form, row.form_version, row.payload.get("data")) if row.form else []
    names = {"actor_name": person_name(platform, row.actor), "name_en": event_name_en(platform, row.payload)}
    return shown(row, HistoryEntry, answers=answers, **names)


async def get_case_tasks(call: Call[Nothing, None]) -> Reply:
    """Answer every task of a case, open and closed."""
    tasks = await call.platform.cases.tasks(call.signed_in.actor, call.path["case"])
    return answered(CaseTasks(items=[task_of_case(call.platform, task) for task in tasks]))


async def get_case_media(call: Call[Nothing, None]) -> Reply:
    """Answer the photos and attachments that a case shows."""
    entries = await call.platform.media.of_case(call.signed_in.actor, call.path["case"])
    return answered(CaseMedia(items=[media_shown(entry) for entry in entries]))


async def get_case_waits(call: Call[Nothing, None]) -> Reply:
    """Answer why a case does not move and who can act."""
    actor, case = call.signed_in.actor, call.path["case"]
    waits = await call.platform.cases.waits(actor, case)
    if waits:
        waits = gathered(case, waits, await call.platform.inspection.gatherings(actor, case))
    return answered(Waits(items=[_wait(call.platform, actor, wait) for wait in waits]))


def _wait(platform: Platform, actor: Actor, wait: CaseWait) -> Wait:
    name_en = wait.name_en or element_name_en(platform, wait.element, wait.name)
    read: Wait = shown(wait, Wait, name_en=name_en, actions=_actions(actor, wait))
    return read


def _actions(actor: Actor, wait: CaseWait) -> list[NextAction]:
    case, _, _ = wait.instance.partition(".")
    if wait.kind == "activity":
        return beginning(actor, f"/cases/{case}/activities/{wait.subscription}", wait.groups)
    if wait.fault is None:
        return []
    delivery = None if wait.delivery is None else f"{case}.{wait.delivery}"
    return next_actions(actor, wait.instance, delivery)


def _of_case(part: str, handler: Any, words: tuple[str, str], answer: Any, query: Any = Nothing) -> Route:
    return Route(
        method="GET",
        path="/cases/{case}" + part,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        answer=answer,
        query=query,
    )


RESOURCE = Resource(
    name="cases",
    title_zh="案件",
    title_en="Cases",
    routes=(
        Route(
            method="POST",
            path="/cases",
            handler=report_case,
            summary_zh="上报案件",
            summary_en="Report something to the city",
            status=201,
            body=Report,
            answer=CaseReported,
            keyed=True,
        ),
        Route(
            method="GET",
            path="/cases",
            handler=list_cases,
            summary_zh="案件列表",
            summary_en="Cases",
            query=CaseFilter,
            answer=CaseList,
        ),
        _of_case("", get_case, ("案件详情", "A case with its facts"), CaseDetail),
        _of_case("/history", get_case_history, ("案件经过", "What happened in a case"), History, Paging),
        _of_case("/tasks", get_case_tasks, ("案件的待办", "Every task of a case"), CaseTasks),
        _of_case("/media", get_case_media, ("案件的照片和附件", "What a case shows"), CaseMedia),
        _of_case("/waits", get_case_waits, ("案件在等什么", "Why a case does not move"), Waits),
    ),
)
