"""What the board costs: it looks at indexes of open cases and of their deadlines, and at no row of either."""

from __future__ import annotations

import json

from engine.clock import DatabaseClock
from processes.cases.queries.board import _BOARD
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import moment_of
from processes.cases.queries.reading import list_reading
from processes.cases.scope import scope_of
from tests.integration.cases.house import LEADER, House

MANY = 3_000
CASES = """
insert into cases
select (jsonb_populate_record(c, jsonb_build_object('tree', 1000000 + n, 'number', c.number || n))).*
from cases c, generate_series(1, $2) n where c.tree = $1
"""
DEADLINES = """
insert into deadline (tree, id, instance, element, name, stage, unit, amount, time_unit, warn_share, calendar,
                      calendar_version, cause, attempt, started_at, pauses, extensions, warn_at, due_at, is_latest)
select c.tree, 1, instance, 'x', 'x', stage, '', 1, 'hours', 0.7, 'x', 'x', 'x', 1, now(), '[]', '[]',
       now() + (c.tree % 3 - 1.5) * interval '1 hour', now() + (c.tree % 3 - 0.5) * interval '1 hour', true
from cases c where c.tree > 1000000
"""


async def test_the_board_is_counted_without_the_rows_of_cases_and_deadlines(house: House) -> None:
    case = await house.dispatch(await house.report(), "U12")
    async with house.database.unit_of_work() as uow:
        # Rows of a commit that is not on disk are not known to be visible to all.
        await uow.execute("set local synchronous_commit = on")
        await uow.execute(CASES, case, MANY)
        await uow.execute(DEADLINES)
    await house.database.fetch("vacuum (analyze) cases")
    await house.database.fetch("vacuum (analyze) deadline")
    [cell] = await house.cases.board(LEADER)
    assert (cell.count, cell.red, cell.yellow, cell.grey) == (MANY + 1, MANY / 3, MANY / 3, 0)
    scope = scope_of(LEADER)
    conditions = Conditions([scope.keys])
    sql = _BOARD.format(now=moment_of(DatabaseClock(), conditions), scope=scope.condition)
    async with list_reading(house.database) as connection:
        [row] = await connection.fetch(f"explain (analyze, buffers, format json) {sql}", *conditions.values)
    [explained] = json.loads(row[0])
    assert explained["Plan"]["Shared Hit Blocks"] + explained["Plan"]["Shared Read Blocks"] < MANY / 20
