"""Time limits over a calendar: a due time with its derivation, and what a changed calendar would do."""

from __future__ import annotations

import asyncio
from datetime import datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from api.answers import answered
from api.calendar_shapes import CalendarRows
from api.resources.calendars import calendar_in_force
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.errors import Invalid
from processes.access import Permission
from processes.deadlines import DeadlineError, LimitUnit, Line, Move, Obstacle, TimeLimit, preview
from processes.registers import Clock, derive, judged_calendar, preview_clocks, sample_clocks

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
MOST_CLOCKS = 500


class LimitAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clock: when it starts and how long it may run."""

    started_at: Moment
    amount: int | Decimal
    unit: LimitUnit


class DerivationLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a derivation."""

    kind: str
    begins: datetime | None
    ends: datetime | None
    #: In the limit's unit, rounded.
    counted: float
    message_zh: str
    message_en: str


class DueTime(msgspec.Struct, frozen=True, kw_only=True):
    """When a limit is reached, and why then."""

    due_at: datetime | None
    #: When so much of the limit has passed as the settings of deadlines say.
    warn_at: datetime | None
    calendar: str
    #: Hash of the calendar's rows.
    calendar_version: str
    #: Whether it rests on a year whose holidays are not announced.
    is_provisional: bool
    lines: list[DerivationLine]


class ClockAsked(LimitAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clock that runs under the calendar in force."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = ""


class PreviewAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A calendar that is not in force yet, and clocks to try it on."""

    rows: CalendarRows
    #: The moment at which it is judged what is overdue.
    at: Moment
    #: When there are none: the open deadlines of the city, else sample clocks around the moment.
    clocks: Annotated[list[ClockAsked], msgspec.Meta(max_length=MOST_CLOCKS)] = []


class MovedClock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock whose due time would be another."""

    name: str
    started_at: datetime
    due_before: datetime | None
    due_after: datetime | None
    becomes_overdue: bool
    is_rescued: bool


class StuckClock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock that the proposed calendar cannot count."""

    name: str
    code: str
    message_zh: str
    message_en: str


class CalendarPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a calendar would change."""

    #: Hash of the proposed rows.
    calendar_version: str
    #: ``given``, ``open`` (the open deadlines of the cases that the caller may see) or ``sample``.
    clocks: str
    examined: int
    newly_overdue: int
    rescued: int
    moves: list[MovedClock]
    obstacles: list[StuckClock]


async def derive_due_time(call: Call[Nothing, LimitAsked]) -> Reply:
    """Answer when a limit is reached, line by line."""
    key = call.path["calendar"]
    calendar = calendar_in_force(call, key)
    clock = _clock("", call.body, "")
    # A limit of years is itemised day by day.
    share = call.platform.registers.in_force.deadline_settings.warn_share
    derived = await asyncio.to_thread(derive, clock, calendar, warn_share=share)
    return answered(
        DueTime(
            due_at=derived.deadline.due_at,
            warn_at=derived.deadline.warn_at,
            calendar=key,
            calendar_version=calendar.version,
            is_provisional=derived.is_provisional,
            lines=[derivation_line(each) for each in derived.lines],
        )
    )


async def preview_calendar(call: Call[Nothing, PreviewAsked]) -> Reply:
    """Answer which clocks would move, become overdue or be rescued; nothing is kept."""
    key, body = call.path["calendar"], call.body
    current = calendar_in_force(call, key)
    proposed = judged_calendar(key, body.rows.rows(), root="/rows")
    given = [_clock(each.name or str(place), each, f"/clocks/{place}") for place, each in enumerate(body.clocks)]
    open_ = [] if given else await call.platform.deadlines.open_clocks(call.signed_in.actor, key)
    if open_:
        found = await asyncio.to_thread(preview, open_, proposed, at=body.at)
    else:
        clocks = given or sample_clocks(current, body.at)
        found = await asyncio.to_thread(preview_clocks, clocks, current, proposed, at=body.at)
    return answered(
        CalendarPreview(
            calendar_version=found.calendar_version,
            clocks="given" if given else "open" if open_ else "sample",
            examined=found.examined,
            newly_overdue=len(found.newly_overdue),
            rescued=len(found.rescued),
            moves=[_move(each) for each in found.moves],
            obstacles=[stuck_clock(each) for each in found.obstacles],
        )
    )


def _clock(name: str, asked: LimitAsked, root: str) -> Clock:
    try:
        limit = TimeLimit(Decimal(asked.amount), asked.unit)
    except DeadlineError as error:
        raise Invalid(error.code, error.message_zh, error.message_en, pointer=f"{root}/amount") from error
    return Clock(name=name, started_at=asked.started_at, limit=limit, place=root)


def derivation_line(line: Line) -> DerivationLine:
    """One step of a derivation."""
    return DerivationLine(
        kind=line.kind.value,
        begins=line.begins,
        ends=line.ends,
        counted=round(float(line.counted), 6),
        message_zh=line.message_zh,
        message_en=line.message_en,
    )


def _move(move: Move) -> MovedClock:
    return MovedClock(
        name=move.before.subject.deadline_id,
        started_at=move.before.started_at,
        due_before=move.before.due_at,
        due_after=move.after.due_at,
        becomes_overdue=move.becomes_overdue,
        is_rescued=move.is_rescued,
    )


def stuck_clock(obstacle: Obstacle) -> StuckClock:
    """A clock that cannot be counted, and why."""
    one: StuckClock = shown(obstacle.problem, StuckClock, name=obstacle.deadline.subject.deadline_id)
    return one


RESOURCE = Resource(
    name="time-limits",
    title_zh="时限推算",
    title_en="Time limits",
    routes=(
        Route(
            method="POST",
            path="/calendars/{calendar}/due",
            handler=derive_due_time,
            summary_zh="由起点和时限推算截止时间，逐行说明",
            summary_en="A due time with its derivation, line by line",
            body=LimitAsked,
            answer=DueTime,
        ),
        Route(
            method="POST",
            path="/calendars/{calendar}/preview",
            handler=preview_calendar,
            summary_zh="预览：改用新日历后哪些时限会变、会超期",
            summary_en="What a changed calendar would do, before it is saved",
            body=PreviewAsked,
            answer=CalendarPreview,
            permission=Permission.CALENDAR_MANAGE,
        ),
    ),
)
