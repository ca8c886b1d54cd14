"""Deadlines: of a case with their derivation, and of all cases by lamp."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from api.answers import answered
from api.lists import CountedList, Paging, Word, counted
from api.resources.time_limits import DerivationLine, derivation_line
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A time limit: whom it binds, since when, until when."""

    id: str
    case: int
    #: As the diagram names it, such as ``disposal``.
    name: str
    element: str
    stage: str
    #: Code of the unit held responsible; empty when nobody in particular is.
    unit: str
    #: The limit with all its extensions, and the unit of time it is counted in.
    amount: float
    time_unit: str
    calendar: str
    started_at: datetime
    #: ``null`` while the clock stands still.
    warn_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    #: ``met``, ``returned`` or ``cancelled``.
    ending: str | None
    #: How much of the limit had passed at the end.
    used: float | None
    #: ``first``, ``after_return`` or ``rework``.
    cause: str
    attempt: int
    #: ``green``, ``yellow``, ``red`` or ``grey`` (paused), as of now.
    lamp: str
    is_overdue: bool
    is_paused: bool
    extensions: int


class ExplainedDeadline(Deadline, frozen=True, kw_only=True):
    """A time limit with its derivation."""

    #: Whether it rests on a year whose holidays are not announced.
    is_provisional: bool
    lines: list[DerivationLine]


class CaseDeadlines(msgspec.Struct, frozen=True, kw_only=True):
    """Every time limit of a case, the first one first."""

    items: list[ExplainedDeadline]


class OpenDeadline(Deadline, frozen=True, kw_only=True):
    """A time limit that has not ended, with the number of its case."""

    number: str


class OpenDeadlines(CountedList, frozen=True, kw_only=True):
    """A page of open time limits, the soonest due first, with counts by lamp."""

    items: list[OpenDeadline]


class DeadlineFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which time limits."""

    lamp: Literal["red", "yellow", "green", "grey"] | None = None
    unit: Word | None = None
    stage: Word | None = None
    name: Word | None = None


async def get_case_deadlines(call: Call[Nothing, None]) -> Reply:
    """Answer every deadline of a case, line by line."""
    found = await call.platform.deadlines.of_case(call.signed_in.actor, call.path["case"])
    items = [shown(each, ExplainedDeadline, lines=[derivation_line(line) for line in each.lines]) for each in found]
    return answered(CaseDeadlines(items=items))


async def list_deadlines(call: Call[DeadlineFilter, None]) -> Reply:
    """Answer a page of the open deadlines."""
    return await counted(call, call.platform.deadlines.list, OpenDeadlines, lambda row: shown(row, OpenDeadline))


RESOURCE = Resource(
    name="deadlines",
    title_zh="时限",
    title_en="Deadlines",
    routes=(
        Route(
            method="GET",
            path="/cases/{case}/deadlines",
            handler=get_case_deadlines,
            summary_zh="案件的时限，逐行说明推算过程",
            summary_en="The deadlines of a case, each with its derivation line by line",
            answer=CaseDeadlines,
        ),
        Route(
            method="GET",
            path="/supervision/deadlines",
            handler=list_deadlines,
            summary_zh="未结束的时限：将到期、已超期、暂停中",
            summary_en="Open deadlines: about to expire, overdue, paused",
            query=DeadlineFilter,
            answer=OpenDeadlines,
            permission=Permission.SUPERVISION_READ,
        ),
    ),
)
