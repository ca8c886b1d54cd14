"""Row scope: the SQL condition and the predicate in memory are one."""

from __future__ import annotations

import random

from engine.actors import Actor
from engine.clock import DatabaseClock
from engine.storage.database import Database
from processes.access import may_see
from processes.cases import CaseQueries, CaseSettings, Names
from processes.organisation import OrganisationSnapshot

KEYS = ("user:1", "user:2", "unit:U12", "unit:U13", "group:clerk@U12", "group:dispatcher", "unit:'; --", "用户:Ω")
INSERT = """
insert into cases (tree, number, subcategory, channel, description, address, lon, lat, given_crs, grid, community,
                   street, media, stage, is_open, reported_at, "end", audience, facts, facts_version, updated_at)
values ($1, $3, '', '', '', '', 0, 0, '', '', '', '', '{}', '', true, now(), '', $2, '{}', 1, now())
"""


def some_audiences(count: int) -> list[frozenset[str]]:
    chosen = random.Random(7)
    return [frozenset(), *(frozenset(chosen.sample(KEYS, chosen.randint(0, 5))) for _ in range(count - 1))]


async def test_the_condition_and_the_predicate_agree_on_every_actor_and_case(database: Database) -> None:
    cases = dict(enumerate(some_audiences(150), 1))
    queries = CaseQueries(database, CaseSettings(), Names(organisation=OrganisationSnapshot), DatabaseClock())
    async with database.unit_of_work() as uow:
        await uow.execute_many(INSERT, [(tree, sorted(audience), str(tree)) for tree, audience in cases.items()])
    for keys in (None, *some_audiences(60)):
        actor = Actor(id="user:1", name="某人", audience=keys)
        found = await queries.visible(actor, cases.keys())
        assert found == {tree for tree, audience in cases.items() if may_see(actor, audience)}
