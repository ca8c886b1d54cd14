"""Supervision: how many cases stand where, and what they wait for until a moment comes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from api.answers import answered
from api.lists import List, Paging, next_cursor, position
from api.naming import diagram_name_en, element_name_en, unit_names
from api.ports import Platform
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission


class BoardCell(msgspec.Struct, frozen=True, kw_only=True):
    """How many open cases of one unit stand in one stage."""

    stage: str
    #: Code of the responsible unit; ``null`` before there is one.
    unit: str | None
    #: Empty before there is one.
    unit_name: str
    unit_name_en: str
    count: int
    #: Of these, how many have which worst lamp; red is overdue. Cases without an open deadline have none.
    green: int
    yellow: int
    red: int
    grey: int


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases that the caller may see, by stage and unit."""

    cells: list[BoardCell]
    total: int


async def get_board(call: Call[Nothing, None]) -> Reply:
    """Answer the counts as of the last commit."""
    cells = [_cell(call.platform, row) for row in await call.platform.cases.board(call.signed_in.actor)]
    return answered(Board(cells=cells, total=sum(cell.count for cell in cells)))


def _cell(platform: Platform, row: Any) -> BoardCell:
    name, name_en = unit_names(platform, row.unit)
    cell: BoardCell = shown(row, BoardCell, unit_name=name, unit_name_en=name_en)
    return cell


class ArmedTimer(msgspec.Struct, frozen=True, kw_only=True):
    """A moment that an element of a case waits for."""

    id: str
    case: int
    number: str
    element: str
    name: str
    name_en: str
    #: The activity that a boundary event stands on; empty for an event in the flow.
    attached_to: str
    armed_at: datetime
    due_at: datetime
    is_overdue: bool


class StartTimer(msgspec.Struct, frozen=True, kw_only=True):
    """A moment at which a process begins a case by itself."""

    #: Key and name of the process, and the number of its version in force.
    process: str
    name: str
    name_en: str
    number: int
    due_at: datetime
    #: Whether more moments follow, and how many; ``null`` where there is no end.
    comes_again: bool
    repeats: int | None
    is_overdue: bool


class Lateness(msgspec.Struct, frozen=True, kw_only=True):
    """How late the timers were that fired within the last hour."""

    fired: int
    median_seconds: float
    p99_seconds: float


class ArmedTimers(List, frozen=True, kw_only=True):
    """Timers of the cases that the caller may see, the next one due first."""

    items: list[ArmedTimer]
    #: How many should have fired by now; ``"1000+"`` beyond that.
    overdue: int | str
    lateness: Lateness
    #: When processes begin by themselves, the next one first; on each page all of them.
    starts: list[StartTimer]


async def list_timers(call: Call[Paging, None]) -> Reply:
    """Answer a page of the armed timers."""
    page = await call.platform.cases.timers(call.signed_in.actor, position(call), call.query.limit)
    lateness = Lateness(
        fired=page.lateness.fired,
        median_seconds=page.lateness.median.total_seconds(),
        p99_seconds=page.lateness.p99.total_seconds(),
    )
    starts = [_start(call.platform, row) for row in await call.platform.start_timers()]
    items, following = [_timer(call.platform, row) for row in page.items], next_cursor(call, page)
    answer = ArmedTimers(items=items, next=following, overdue=page.overdue, lateness=lateness, starts=starts)
    return answered(answer)


def _timer(platform: Platform, row: Any) -> ArmedTimer:
    timer: ArmedTimer = shown(row, ArmedTimer, name_en=element_name_en(platform, row.element, row.name))
    return timer


def _start(platform: Platform, row: Any) -> StartTimer:
    start: StartTimer = shown(row, StartTimer, name_en=diagram_name_en(platform, row.process, row.name))
    return start


RESOURCE = Resource(
    name="supervision",
    title_zh="督察",
    title_en="Supervision",
    routes=(
        Route(
            method="GET",
            path="/supervision/board",
            handler=get_board,
            summary_zh="督察看板：各阶段、各单位在办数",
            summary_en="Open cases by stage and unit",
            answer=Board,
            permission=Permission.SUPERVISION_READ,
        ),
        Route(
            method="GET",
            path="/supervision/timers",
            handler=list_timers,
            summary_zh="定时器：即将到时、已过时与准时情况",
            summary_en="Timers that are due soon or overdue, and how punctual they are",
            query=Paging,
            answer=ArmedTimers,
            permission=Permission.SUPERVISION_READ,
        ),
    ),
)
