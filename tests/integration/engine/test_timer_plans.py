"""Looking for what is due costs the same however many timers wait for later."""

from __future__ import annotations

from engine.clock import DatabaseClock
from engine.jsontext import json_value
from engine.storage.database import Database
from engine.timers import timer_lateness
from engine.timers.claims import _NEXT_DUE

FILL = """
insert into timer (tree, id, instance, element, name, attached_to, due_at, state, armed_at)
select n, 1, 1, 'wait', '', '', now() + (n + 3600) * interval '1 second', 'armed', now()
from generate_series(1, 20000) n
"""
#: From the root of an index to a leaf, for each of the few look-ups.
FEW = 20


async def blocks_of(database: Database, query: str) -> int:
    """Blocks that a query touches once it has been planned."""
    async with database.unit_of_work() as uow:
        await uow.fetch(query)
        told = json_value(await uow.fetchval(f"explain (analyze, buffers, format json) {query}"))
    plan = told[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


async def test_looking_for_what_is_due_does_not_look_at_what_is_not(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute(FILL)
    assert await blocks_of(database, "select * from claim_timers(null, 100, 15)") <= FEW
    assert await blocks_of(database, "select * from claim_timers(now(), 100, 15)") <= FEW
    assert await blocks_of(database, _NEXT_DUE.replace("$1", "null")) <= FEW
    assert (await timer_lateness(database, DatabaseClock())).overdue == 0
