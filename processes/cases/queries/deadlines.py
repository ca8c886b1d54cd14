"""The deadlines of cases: of one case with their derivation, of all cases the soonest due first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

import asyncpg
from msgspec.structs import replace

from engine.actors import Actor
from engine.clock import Clock
from engine.storage.database import Database
from processes.calendars import CalendarError, CompiledCalendar
from processes.cases.queries.case_detail import require_visible
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import LAMP_OF_DEADLINE, moment_of
from processes.cases.queries.pages import MOST_COUNTED, NEVER, After, CountedPage, capped
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of
from processes.deadlines import Deadline, Line, Pause, explain, is_overdue, is_provisional, lamp
from processes.timekeeping import DEADLINE_COLUMNS, DeadlineRow, deadline_row

_OF_CASE = f"""
select coalesce($2::timestamptz, clock_timestamp()) as now, {DEADLINE_COLUMNS}
from deadline where tree = $1 order by started_at, id
"""  # noqa: S608 - constants
_LISTED = ", ".join(f"d.{name.strip()}" for name in DEADLINE_COLUMNS.split(","))
_PAGE = f"""
select {{now}} as now, c.number, {_LISTED}
from deadline d join cases c on c.tree = d.tree
where d.ending is null and {{where}}
order by coalesce(d.due_at, timestamptz 'infinity'), d.tree, d.id limit {{limit}}
"""  # noqa: S608 - constants
_COUNTS = f"""
select lamp, least(count(*), {MOST_COUNTED + 1}) as found from (
    select {LAMP_OF_DEADLINE} as lamp from deadline d join cases c on c.tree = d.tree
    where d.ending is null and {{where}}
) as lit group by 1
"""  # noqa: S608 - constants
_OPEN = f"""
select {_LISTED} from deadline d join cases c on c.tree = d.tree
where d.ending is null and ($2::text is null or d.calendar = $2) and {{scope}} order by d.tree, d.id limit {{limit}}
"""  # noqa: S608 - constants
#: More are not looked at in a preview.
MOST_PREVIEWED = 20_000


class DeadlinesWanted(Protocol):
    """Which deadlines; ``None`` asks for no particular one."""

    @property
    def lamp(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class DeadlineEntry:
    """A deadline as lists show it."""

    #: Such as ``1024.7``.
    id: str
    case: int
    name: str
    element: str
    stage: str
    #: Code of the unit held responsible; empty when nobody in particular is.
    unit: str
    amount: float
    time_unit: str
    calendar: str
    started_at: datetime
    #: ``None`` while the clock stands still.
    warn_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    ending: str | None
    #: In the limit's unit.
    used: float | None
    cause: str
    attempt: int
    lamp: str
    is_overdue: bool
    is_paused: bool
    extensions: int


@dataclass(frozen=True, kw_only=True)
class OpenDeadline(DeadlineEntry):
    """A deadline that has not ended, with the number of its case."""

    number: str


@dataclass(frozen=True, kw_only=True)
class ExplainedDeadline(DeadlineEntry):
    """A deadline with its derivation; no lines when its calendar is not published any more."""

    is_provisional: bool
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class DeadlineQueries:
    """Reads deadlines through the actor's row scope."""

    database: Database
    clock: Clock
    calendar_of: Callable[[str], CompiledCalendar]

    async def of_case(self, actor: Actor, case: int) -> Sequence[ExplainedDeadline]:
        """Every deadline of a case, the first one first. Raises ``NotFound``, ``Unavailable``."""
        await require_visible(self.database, actor, case)
        rows = await self.database.fetch(_OF_CASE, case, self.clock.moment())
        return [self._explained(row["now"], deadline_row(tuple(row)[1:])[1]) for row in rows]

    async def list(self, actor: Actor, wanted: DeadlinesWanted, after: After, limit: int) -> CountedPage[OpenDeadline]:
        """Open deadlines, the soonest due first, with counts by lamp. Raises ``Unavailable``."""
        conditions = _conditions(actor, wanted)
        now = moment_of(self.clock, conditions)
        async with list_reading(self.database) as connection:
            counted = await connection.fetch(_COUNTS.format(now=now, where=conditions.sql), *conditions.values)
            if wanted.lamp is not None:
                conditions.add(f"({LAMP_OF_DEADLINE.format(now=now)}) = {{}}", wanted.lamp)
            rows = await _page(connection, conditions, now, after, limit)
        counts = {row["lamp"]: row["found"] for row in counted}
        asked = counts if wanted.lamp is None else {wanted.lamp: counts.get(wanted.lamp, 0)}
        return CountedPage(
            items=[_listed(row) for row in rows[:limit]],
            next=_position(rows[limit - 1]) if len(rows) > limit else None,
            count=capped(sum(asked.values())),
            facets={"lamp": {name: capped(found) for name, found in sorted(counts.items())}},
        )

    async def open_clocks(self, actor: Actor, calendar: str | None = None) -> Sequence[Deadline]:
        """The open deadlines, of one calendar if one is named. Raises ``Unavailable``."""
        scope = scope_of(actor)
        sql = _OPEN.format(scope=scope.condition, limit=MOST_PREVIEWED)
        async with list_reading(self.database) as connection:
            rows = await connection.fetch(sql, scope.keys, calendar)
        return [self._in_zone(deadline_row(tuple(row))[1].clock) for row in rows]

    def _in_zone(self, clock: Deadline) -> Deadline:
        """The clock as its calendar tells it; as it is when its calendar is not published any more."""
        try:
            return _told_in(clock, self.calendar_of(clock.calendar_key))
        except CalendarError:
            return clock

    def _explained(self, now: datetime, row: DeadlineRow) -> ExplainedDeadline:
        members = _members(now, row)
        try:
            calendar = self.calendar_of(row.clock.calendar_key)
        except CalendarError:
            return ExplainedDeadline(**members, is_provisional=False, lines=())
        clock = _told_in(row.clock, calendar)
        return ExplainedDeadline(
            **members, is_provisional=is_provisional(clock, calendar), lines=explain(clock, calendar)
        )


def _conditions(actor: Actor, wanted: DeadlinesWanted) -> Conditions:
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    for name in ("unit", "stage", "name"):
        if (value := getattr(wanted, name)) is not None:
            conditions.add(f"d.{name} = {{}}", value)
    return conditions


async def _page(
    connection: asyncpg.Connection, conditions: Conditions, now: str, after: After, limit: int
) -> list[asyncpg.Record]:
    if after is not None:
        moment, tree, key = after
        conditions.add(
            "(coalesce(d.due_at, timestamptz 'infinity'), d.tree, d.id) > ({}, {}, {})",
            datetime.fromisoformat(str(moment)),
            tree,
            key,
        )
    sql = _PAGE.format(now=now, where=conditions.sql, limit=limit + 1)
    rows: list[asyncpg.Record] = await connection.fetch(sql, *conditions.values)
    return rows


def _position(row: asyncpg.Record) -> list[object]:
    due_at = row["due_at"] or NEVER
    return [due_at.isoformat(), row["tree"], row["id"]]


def _listed(row: asyncpg.Record) -> OpenDeadline:
    now, number, *columns = tuple(row)
    return OpenDeadline(number=number, **_members(now, deadline_row(columns)[1]))


def _members(now: datetime, row: DeadlineRow) -> Mapping[str, Any]:
    clock = row.clock
    return {
        "id": clock.subject.deadline_id,
        "case": int(clock.subject.case_id),
        "name": row.name,
        "element": row.element,
        "stage": clock.subject.stage,
        "unit": clock.subject.unit_id,
        "amount": float(clock.whole_limit.amount),
        "time_unit": clock.limit.unit.value,
        "calendar": clock.calendar_key,
        "started_at": clock.started_at,
        "warn_at": clock.warn_at,
        "due_at": clock.due_at,
        "ended_at": clock.ended_at,
        "ending": clock.ending,
        "used": None if clock.used is None else float(Decimal(clock.used)),
        "cause": clock.cause,
        "attempt": clock.attempt,
        "lamp": lamp(clock, now),
        "is_overdue": is_overdue(clock, now),
        "is_paused": clock.is_open and clock.is_paused,
        "extensions": len(clock.extensions),
    }


def _told_in(clock: Deadline, calendar: CompiledCalendar) -> Deadline:
    """The same clock with its moments in the calendar's zone, in which its derivation is told."""

    def told(moment: datetime | None) -> Any:
        return None if moment is None else moment.astimezone(calendar.zone)

    return replace(
        clock,
        started_at=told(clock.started_at),
        pauses=tuple(Pause(told(pause.begins), told(pause.ends)) for pause in clock.pauses),
        extensions=tuple(replace(each, granted_at=told(each.granted_at)) for each in clock.extensions),
        warn_at=told(clock.warn_at),
        due_at=told(clock.due_at),
        ended_at=told(clock.ended_at),
    )
