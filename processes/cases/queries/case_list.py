"""The list of cases: filtered, scoped, the newest first, with counts by stage and unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import asyncpg

from engine.actors import Actor
from engine.clock import Clock
from engine.jsontext import json_value
from engine.storage.database import Database
from processes.cases.codes import class_of, kind_of
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import WORST_LAMP, moment_of
from processes.cases.queries.pages import MOST_COUNTED, After, Count, CountedPage, Tell, capped, facet
from processes.cases.queries.reading import list_reading
from processes.cases.queries.words import add_common_text, add_text, found_among_newest, is_common
from processes.cases.scope import scope_of

#: Up to here all matches are counted together; beyond, each value by itself and only as far as it is told, unless the
#: planner expects so few that the values lie far apart among all cases.
_MOST_GROUPED, _MOST_EXPECTED = 5_000, 50_000
_FACETS = ("stage", "unit")

_COLUMNS = """
    c.tree, c.number, c.subcategory, c.condition, c.channel, c.description, c.address, c.lon, c.lat, c.grid,
    c.community, c.street, c.unit, c.stage, c.is_open, c.reported_at, c.filed_at, c.closed_at, c.updated_at
"""
_LAMP = f"(select {WORST_LAMP} from deadline d where d.tree = c.tree and d.ending is null)"  # noqa: S608 - constants
_PAGE = f"""
select {_COLUMNS}, {_LAMP} as lamp from cases c where {{where}} order by c.reported_at desc, c.tree desc limit {{limit}}
"""  # noqa: S608 - constants of this module
_MATCHING = "select c.tree from cases c where {where} order by c.tree limit {limit}"
_GROUPED = """
select stage, coalesce(unit, '') as unit, count(*) as found
from (select c.stage, c.unit from cases c where {where} limit {limit}) as matched group by 1, 2
"""
_EXPECTED = "explain (format json) select from cases c where {where}"
#: One index probe per value, then at most as many rows per value as are told.
_BY_VALUE = f"""
with recursive known(value) as (
    (select min({{column}}) from cases)
    union all
    select (select min({{column}}) from cases where {{column}} > known.value) from known where known.value is not null
)
select value, (
    select count(*) from (
        select from cases c where c.{{column}} = value and {{where}} limit {MOST_COUNTED + 1}
    ) as counted
) as found
from known where value is not null
"""  # noqa: S608 - constants of this module


#: What is asked of a case → how it is added to the conditions.
Filters = Mapping[str, Callable[[Conditions, Any], None]]


class CasesWanted(Protocol):
    """Which cases; ``None`` asks for no particular one."""

    @property
    def stage(self) -> str | None: ...
    @property
    def category(self) -> str | None:
        """Key of a kind, a class or a sub-category."""
        ...

    @property
    def unit(self) -> str | None: ...
    @property
    def grid(self) -> str | None:
        """Code of a unit grid, a community or a street."""
        ...

    @property
    def channel(self) -> str | None: ...
    @property
    def text(self) -> str | None:
        """In number, description or address, to the letter; a whole case number is that of the case."""
        ...

    @property
    def reported_from(self) -> datetime | None: ...
    @property
    def reported_before(self) -> datetime | None: ...
    @property
    def open(self) -> bool | None: ...
    @property
    def lamp(self) -> str | None:
        """The worst lamp of its open deadlines."""
        ...

    @property
    def overdue(self) -> bool | None: ...


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """A case as lists show it."""

    #: The case tree.
    id: int
    number: str
    kind: str
    #: The class of the sub-category.
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
    unit: str | None
    stage: str
    is_open: bool
    reported_at: datetime
    filed_at: datetime | None
    closed_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class ListedCase(CaseSummary):
    """A case in a list, as of now."""

    #: The worst of its open deadlines; ``None`` when it has none.
    lamp: str | None


async def list_cases(
    database: Database, clock: Clock, actor: Actor, wanted: CasesWanted, *, after: After, limit: int
) -> CountedPage[ListedCase]:
    """A page of the cases that the actor may see, the newest first. Raises ``Unavailable``."""
    async with list_reading(database) as connection:
        common = wanted.text if wanted.text is not None and await is_common(connection, wanted.text) else None
        filters = _FILTERS if common is None else _FILTERS_BUT_TEXT
        counted, _ = _narrowed(clock, actor, wanted, filters, _AMONG if wanted.open else _BEGINNING_WITH)
        listed, now = _narrowed(clock, actor, wanted, filters, _AMONG)
        if common is not None:
            count, facets = _told(*await found_among_newest(connection, counted, common))
            add_common_text(listed, common)
        else:
            count, facets = await (_counts_together if _is_searched(wanted) else _counts)(connection, counted)
        rows = await _page(connection, listed, now, after, limit)
    items = [_summary(row) for row in rows[:limit]]
    following: list[object] | None = None
    if len(rows) > limit:
        following = [items[-1].reported_at.isoformat(), items[-1].id]
    return CountedPage(items=items, next=following, count=count, facets=facets)


async def matching_cases(database: Database, clock: Clock, actor: Actor, wanted: CasesWanted, most: int) -> list[int]:
    """The cases that the actor may see and that match, the oldest first, at most so many. Raises ``Unavailable``."""
    conditions, _ = _narrowed(clock, actor, wanted, _FILTERS, _AMONG)
    async with list_reading(database) as connection:
        rows = await connection.fetch(_MATCHING.format(where=conditions.sql, limit=most), *conditions.values)
    return [row["tree"] for row in rows]


def _narrowed(clock: Clock, actor: Actor, wanted: CasesWanted, filters: Filters, lit: str) -> tuple[Conditions, str]:
    """What is asked of a case, and case time as SQL; ``lit`` says how a case is one of those with a lamp."""
    conditions = _conditions(actor, wanted, filters)
    now = moment_of(clock, conditions)
    _add_lamps(conditions, wanted, now, lit)
    return conditions, now


def _conditions(actor: Actor, wanted: CasesWanted, filters: Filters) -> Conditions:
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    for name, add in filters.items():
        if (value := getattr(wanted, name)) is not None:
            add(conditions, value)
    return conditions


def _add_lamps(conditions: Conditions, wanted: CasesWanted, now: str, lit: str) -> None:
    late = f"{_RUNNING} and not d.is_paused and d.due_at < {now}"
    if wanted.overdue is not None:
        conditions.add((lit if wanted.overdue else _NOT_AMONG).format(late))
    if wanted.lamp == "red":
        conditions.add(lit.format(late))
    elif wanted.lamp is not None:
        of_lamp = f"{_RUNNING} group by d.tree having {WORST_LAMP.format(now=now)} = {{}}"
        conditions.add(lit.format(of_lamp), wanted.lamp)


#: Cases that have an open deadline. Few of all cases have one, so they are where to begin.
_RUNNING = "select d.tree from deadline d where d.ending is null"
#: A page looks whether the newest cases are among those with a lamp, and so does who counts open ones, which are few.
#: Of all cases they are counted by looking at nothing else, which a planner that thinks of them as many would not do.
_AMONG, _NOT_AMONG, _BEGINNING_WITH = "c.tree in ({})", "c.tree not in ({})", "c.tree = any(array({}))"


def _category(conditions: Conditions, key: str) -> None:
    if key == kind_of(key):
        conditions.add("c.subcategory ^@ {}", f"{key}-")
    else:
        conditions.add("c.subcategory ^@ {}" if key == class_of(key) else "c.subcategory = {}", key)


def _grid(conditions: Conditions, code: str) -> None:
    conditions.add("(c.grid = {0} or c.community = {0} or c.street = {0})", code)


_FILTERS: Filters = {
    "stage": lambda conditions, value: conditions.add("c.stage = {}", value),
    "category": _category,
    "unit": lambda conditions, value: conditions.add("c.unit = {}", value),
    "grid": _grid,
    "channel": lambda conditions, value: conditions.add("c.channel = {}", value),
    "text": add_text,
    "reported_from": lambda conditions, value: conditions.add("c.reported_at >= {}", value),
    "reported_before": lambda conditions, value: conditions.add("c.reported_at < {}", value),
    "open": lambda conditions, value: conditions.add("c.is_open = {}", value),
}
_FILTERS_BUT_TEXT: Filters = {name: add for name, add in _FILTERS.items() if name != "text"}


async def _page(
    connection: asyncpg.Connection, conditions: Conditions, now: str, after: After, limit: int
) -> list[asyncpg.Record]:
    if after is not None:
        moment, tree = after
        conditions.add("(c.reported_at, c.tree) < ({}, {})", datetime.fromisoformat(str(moment)), tree)
    sql = _PAGE.format(now=now, where=conditions.sql, limit=limit + 1)
    rows: list[asyncpg.Record] = await connection.fetch(sql, *conditions.values)
    return rows


def _is_searched(wanted: CasesWanted) -> bool:
    """Whether a text or what is late leads to the cases: that would be looked for anew for each value."""
    return wanted.text is not None or wanted.lamp is not None or bool(wanted.overdue)


async def _counts(connection: asyncpg.Connection, conditions: Conditions) -> tuple[Count, dict[str, dict[str, Count]]]:
    """By stage and unit, as far as they are told."""
    grouped = await _grouped(connection, conditions, str(_MOST_GROUPED + 1))
    total = sum(row["found"] for row in grouped)
    if total <= _MOST_GROUPED:
        return _told(grouped)
    if await _expected(connection, conditions) <= _MOST_EXPECTED:
        return await _counts_together(connection, conditions)
    return capped(total), {column: await _by_value(connection, conditions, column) for column in _FACETS}


async def _expected(connection: asyncpg.Connection, conditions: Conditions) -> int:
    """About how many match, as far as the planner knows."""
    plan = json_value(await connection.fetchval(_EXPECTED.format(where=conditions.sql), *conditions.values))
    return int(plan[0]["Plan"]["Plan Rows"])


async def _counts_together(
    connection: asyncpg.Connection, conditions: Conditions
) -> tuple[Count, dict[str, dict[str, Count]]]:
    """The same, from all that match."""
    return _told(await _grouped(connection, conditions, "all"))


async def _grouped(connection: asyncpg.Connection, conditions: Conditions, limit: str) -> list[asyncpg.Record]:
    sql = _GROUPED.format(where=conditions.sql, limit=limit)
    rows: list[asyncpg.Record] = await connection.fetch(sql, *conditions.values)
    return rows


def _told(grouped: list[asyncpg.Record], tell: Tell = capped) -> tuple[Count, dict[str, dict[str, Count]]]:
    return tell(sum(row["found"] for row in grouped)), {column: facet(grouped, column, tell) for column in _FACETS}


async def _by_value(connection: asyncpg.Connection, conditions: Conditions, column: str) -> dict[str, Count]:
    rows = await connection.fetch(_BY_VALUE.format(column=column, where=conditions.sql), *conditions.values)
    return facet(rows, "value")


def _summary(row: asyncpg.Record) -> ListedCase:
    members = dict(row)
    subcategory = members["subcategory"]
    return ListedCase(id=members.pop("tree"), kind=kind_of(subcategory), category=class_of(subcategory), **members)
