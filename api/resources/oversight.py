"""Oversight: the flow of days, what presses, where it lies, and where diagrams run hot."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.lists import Word
from api.naming import CaseNames, case_names, class_names, element_name_en, person_name
from api.ports import Platform
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission


class FlowDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the city, as far as the caller may see."""

    day: date
    reported: int
    ended: int
    #: Open at the end of the day.
    backlog: int


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """Arrivals against closures, today the last."""

    items: list[FlowDay]


class FlowAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many days."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 14


class CasesAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which open cases."""

    unit: Word | None = None
    stage: Word | None = None
    #: Key of a class, such as ``component-01``.
    category: Word | None = None


class PressingAsked(CasesAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which open cases, and how many."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class PressingCase(CaseNames, frozen=True, kw_only=True):
    """A case whose time runs out or has run out, and who has it."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    stage: str
    #: The deadline that presses, as the diagram names it.
    deadline: str
    warn_at: datetime | None
    due_at: datetime
    priority: int
    #: The first of its open tasks, who has it, and to whom it is offered; empty when it waits for something else.
    task_name: str
    task_name_en: str
    assignee: str | None
    assignee_name: str
    groups: list[str]
    #: The last task that was done, and when.
    last_step: str
    last_step_en: str
    last_step_at: datetime | None
    #: How often it was urged.
    urged: int


class Pressing(msgspec.Struct, frozen=True, kw_only=True):
    """Of the next 400 deadlines, what presses most first: time left against weight; each case once."""

    items: list[PressingCase]


class OpenClass(msgspec.Struct, frozen=True, kw_only=True):
    """How many open cases there are of a class."""

    category: str
    name: str
    name_en: str
    count: int


class OpenClasses(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases by class, the most first."""

    items: list[OpenClass]


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """An open case on the map: degrees in CGCS2000, and its worst lamp."""

    case: int
    lon: float
    lat: float
    grid: str
    stage: str
    subcategory: str
    lamp: str | None


class Dots(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases, the newest 5,000 at most."""

    items: list[Dot]


class ElementHeat(msgspec.Struct, frozen=True, kw_only=True):
    """How an element or a sequence flow of a diagram fares."""

    #: How often the sampled instances passed it.
    passed: int
    #: Tasks and called diagrams done there by the sampled instances, and how long they took on average.
    done: int
    taken_seconds: float | None
    #: How many of these had a due time, and how many of those were late.
    bound: int
    late: int
    #: What waits there now in all open instances, how long on average, and how much of it is overdue.
    waiting: int
    waited_seconds: float | None
    overdue: int
    faulted: int


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """The latest version of a diagram with how its elements fare; what no instance passed is not among them."""

    process: str
    number: int
    #: The diagram (BPMN).
    source: str
    #: How many instances were looked at, the newest ones.
    sampled: int
    #: By id of element or sequence flow.
    elements: dict[str, ElementHeat]


async def get_flow(call: Call[FlowAsked, None]) -> Reply:
    """Answer arrivals, closures and the backlog that they build."""
    days = await call.platform.oversight.flow(call.signed_in.actor, call.query.days)
    return answered(Flow(items=[shown(day, FlowDay) for day in days]))


async def list_pressing(call: Call[PressingAsked, None]) -> Reply:
    """Answer what presses most."""
    found = await call.platform.oversight.pressing(call.signed_in.actor, call.query, call.query.limit)
    return answered(Pressing(items=[_pressing(call, row) for row in found]))


async def list_classes(call: Call[CasesAsked, None]) -> Reply:
    """Answer how many open cases there are of each class."""
    counts = await call.platform.oversight.classes(call.signed_in.actor, call.query)
    items = [_class(call.platform, key, count) for key, count in counts.items()]
    return answered(OpenClasses(items=sorted(items, key=lambda each: (-each.count, each.category))))


async def list_dots(call: Call[CasesAsked, None]) -> Reply:
    """Answer where the open cases lie."""
    dots = await call.platform.oversight.dots(call.signed_in.actor, call.query)
    return answered(Dots(items=[shown(dot, Dot) for dot in dots]))


async def get_heat(call: Call[Nothing, None]) -> Reply:
    """Answer how the elements of a diagram fare."""
    process: str = call.path["process"]
    heat = await call.platform.oversight.heat(call.signed_in.actor, process)
    elements = {name: _element(each) for name, each in heat.elements.items()}
    return answered(
        Heat(process=process, number=heat.number, source=heat.source, sampled=heat.sampled, elements=elements)
    )


def _class(platform: Platform, key: str, count: int) -> OpenClass:
    name, name_en = class_names(platform, key)
    return OpenClass(category=key, name=name, name_en=name_en, count=count)


def _pressing(call: Call[Any, Any], row: Any) -> PressingCase:
    names = {
        **case_names(call.platform, row),
        "task_name_en": element_name_en(call.platform, row.task_element, row.task_name),
        "last_step_en": element_name_en(call.platform, row.last_element, row.last_step),
    }
    groups = row.queue.split("|") if row.queue else []
    one: PressingCase = shown(
        row, PressingCase, groups=groups, assignee_name=person_name(call.platform, row.assignee), **names
    )
    return one


def _element(heat: Any) -> ElementHeat:
    spans = {
        "taken_seconds": heat.taken and heat.taken.total_seconds(),
        "waited_seconds": heat.waited and heat.waited.total_seconds(),
    }
    element: ElementHeat = shown(heat, ElementHeat, **spans)
    return element


def _route(path: str, handler: Any, words: tuple[str, str], answer: Any, query: Any = Nothing) -> Route:
    return Route(
        method="GET",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        query=query,
        answer=answer,
        permission=Permission.SUPERVISION_READ,
    )


RESOURCE = Resource(
    name="oversight",
    title_zh="督察总览",
    title_en="Oversight",
    routes=(
        _route(
            "/supervision/flow", get_flow, ("每日上报、办结与积压", "Arrivals, closures and backlog"), Flow, FlowAsked
        ),
        _route(
            "/supervision/pressing",
            list_pressing,
            ("最要紧的案件：剩余时间与轻重", "What presses most: time left against weight"),
            Pressing,
            PressingAsked,
        ),
        _route("/supervision/classes", list_classes, ("各大类在办数", "Open cases by class"), OpenClasses, CasesAsked),
        _route("/supervision/dots", list_dots, ("在办案件在哪里", "Where the open cases lie"), Dots, CasesAsked),
        _route(
            "/processes/{process}/heat",
            get_heat,
            (
                "流程热度：在哪里等、等多久、超期几成、哪条路没走过",
                "Where cases wait, how long, how late, and paths never taken",
            ),
            Heat,
        ),
    ),
)
