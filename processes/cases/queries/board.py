"""How many open cases stand where, and who may see which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.actors import Actor
from engine.clock import Clock
from engine.storage.database import Database
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import WORST_LAMP, moment_of
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of

_BOARD = f"""
select c.stage, c.unit, count(*) as count,
    count(*) filter (where l.lamp = 'green') as green, count(*) filter (where l.lamp = 'yellow') as yellow,
    count(*) filter (where l.lamp = 'red') as red, count(*) filter (where l.lamp = 'grey') as grey
from cases c left join (
    select d.tree, {WORST_LAMP} as lamp from deadline d where d.ending is null group by d.tree
) l on l.tree = c.tree
where c.is_open and {{scope}} group by 1, 2 order by 1, 2
"""  # noqa: S608 - constants
_AUDIENCES = "select tree, audience from cases where tree = any($1::bigint[])"
_VISIBLE = "select c.tree from cases c where c.tree = any($2::bigint[]) and {scope}"


@dataclass(frozen=True, kw_only=True)
class BoardCell:
    """How many open cases of one unit stand in one stage."""

    stage: str
    #: ``None`` before there is a responsible unit.
    unit: str | None
    count: int
    #: Of these, how many have which worst lamp; red is overdue. Cases without an open deadline have none.
    green: int
    yellow: int
    red: int
    grey: int


async def board(database: Database, clock: Clock, actor: Actor) -> list[BoardCell]:
    """Open cases that the actor may see, counted as of the last commit. Raises ``Unavailable``."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    sql = _BOARD.format(now=moment_of(clock, conditions), scope=scope.condition)
    async with list_reading(database) as connection:
        rows = await connection.fetch(sql, *conditions.values)
    return [BoardCell(**row) for row in rows]


async def audiences(database: Database, cases: Collection[int]) -> dict[int, frozenset[str]]:
    """Who may see each of the cases; unknown ones are left out. Raises ``Unavailable``."""
    rows = await database.fetch(_AUDIENCES, list(cases))
    return {row["tree"]: frozenset(row["audience"]) for row in rows}


async def visible_cases(database: Database, actor: Actor, cases: Collection[int]) -> frozenset[int]:
    """Those of the cases that the actor may see. Raises ``Unavailable``."""
    scope = scope_of(actor)
    rows = await database.fetch(_VISIBLE.format(scope=scope.condition), scope.keys, list(cases))
    return frozenset(row["tree"] for row in rows)
