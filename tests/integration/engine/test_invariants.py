"""The checker finds nothing on a sound database, and each kind of damage on a damaged one."""

from __future__ import annotations

import pytest

from engine.invariants import InvariantChecker
from engine.projections import ENGINE_PROJECTIONS
from engine.storage.database import Database
from engine.storage.engine_tables import AUDITED_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from tests.integration.engine.conftest import CHECKER, CLERK, WRITER, House, task_of
from tests.integration.engine.sample_city import SetReadiness
from tests.integration.engine.waiting import begin, publish_waiting, waiting_bus

FIRED_TWICE = """
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 4, 90 + n, 'TimerFired', 1, now(), 'system:timer', format('{"timer":%s,"instance":1,"element":"wait"}', t.id), ''
from timer t, generate_series(1, 2) n
"""
#: An outside system was answered that its answer moved the case.
TAKEN = """
insert into idempotency (actor, key, fingerprint, outcome, body, tree)
select 'source:sewers', 'evt-' || n, '', 'done', '{"delivery":1,"taken":true}', 1 from generate_series(1, 2) n
"""
ANSWERED_BY_ANOTHER = """
with asked as (
    insert into delivery (tree, id, instance, element, name, topic, target, payload, headers, state, retries, attempts,
                          next_at, requested_at, code, message_zh, message_en, revision)
    values (1, 1, 1, 'tell', '', 'report', 'sewers', '{}', '{}', 'done', 1, 0, now(), now(), '', '', '', 0)
)
insert into event (tree, seq, type, version, at, actor, payload, hash)
values (1, 90, 'DeliveryCompleted', 1, now(), 'source:lamps',
        '{"delivery":1,"instance":1,"element":"tell","result":{}}', '')
"""


@pytest.fixture
async def checker(house: House) -> InvariantChecker:
    """Four cases: one at its first task, one at a fault, one in two branches after a rework, one at a timer."""
    await house.report(1)
    answer = await house.perform(WRITER, 2, await house.report(2), body="x")
    await house.perform(CHECKER, 2, task_of(answer), approved=True)
    task = await house.report(3)
    await house.bus.handle(SetReadiness(actor=CLERK, tree=3, ready=True))
    answer = await house.perform(WRITER, 3, task, body="x")
    answer = await house.perform(CHECKER, 3, task_of(answer), approved=True)
    await house.perform(CLERK, 3, task_of(answer))
    await publish_waiting(house)
    await begin(waiting_bus(house), [4], "P1D")
    return InvariantChecker(
        database=house.database,
        store=house.store,
        log=EventLog(house.database, house.catalogue),
        library=house.library,
        projections=ENGINE_PROJECTIONS,
        tables=AUDITED_TABLES,
        laws=ENGINE_LAWS,
    )


async def test_a_sound_database_breaks_no_law(checker: InvariantChecker) -> None:
    verdict = await checker.check()
    assert verdict.violations == []
    assert verdict.checked["the chain of a tree holds"] == 4
    assert verdict.checked["armed timers are those of the engine"] == 4
    assert verdict.checked["timer equals its recomputation"] == 4


@pytest.mark.parametrize(
    ("damage", "law"),
    [
        ("delete from task where tree = 1", "open tasks are those of the engine"),
        ("delete from task where tree = 1", "an open instance waits for someone or something"),
        ("update task set name = 'other' where tree = 1", "task equals its recomputation"),
        ("update fault set state = 'cleared'", "open faults are those of the engine"),
        ("update tree set open = open - 'task' where id = 3", "open tasks are those of the engine"),
        ("update tree set version = version + 1 where id = 1", "one version per committed command"),
        ("update instance set state = 'completed' where tree = 1", "an ended instance leaves nothing open"),
        ("update instance set state = 'completed' where tree = 1", "a completed instance reached an end"),
        ("update instance set state = 'cancelled' where tree = 1", "live instances are those of the engine"),
        ("delete from timer", "armed timers are those of the engine"),
        ("delete from timer", "an open instance waits for someone or something"),
        ("update instance set caller = 9 where tree = 4", "instance equals its recomputation"),
        ("update tree set open = open - 'timer' where id = 4", "armed timers are those of the engine"),
        ("update timer set due_at = due_at + interval '1 hour'", "timer equals its recomputation"),
        ("update timer set due_at = now() - interval '1 hour'", "no timer is left lying"),
        ("update timer set state = 'fired', ended_at = now()", "no timer fires early"),
        ("update timer set tree = 77", "every row belongs to a tree"),
        ("update instance set state = 'completed' where tree = 4", "an ended instance leaves nothing open"),
        (FIRED_TWICE, "a timer ends at most once"),
        (TAKEN, "an answer of an outside system that was taken moved its case"),
        (TAKEN, "an answer of an outside system has one effect"),
        ("delete from event where tree = 2 and seq = 2", "the chain of a tree holds"),
        ("delete from tree where id = 2", "every event belongs to a tree"),
        ("delete from queue", "every queue in use is known"),
        ("delete from definition", "every running version is stored"),
        ("update security_event set actor = 'nobody'", "the security chain holds"),
        ("insert into task_draft values (1, 99, 1, '{}', 'user:1', now())", "a draft belongs to an open task"),
    ],
)
async def test_damage_is_found(checker: InvariantChecker, database: Database, damage: str, law: str) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute(damage)
    assert law in {violation.law for violation in (await checker.check()).violations}


async def test_an_answer_in_anothers_place_is_found(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute(ANSWERED_BY_ANOTHER)
    (row,) = await database.fetch(ENGINE_LAWS["an outside system answers only what it was asked"])
    assert row[0] == "delivery 1.1 by source:lamps"


async def test_claims_are_outside_the_recomputation(checker: InvariantChecker, database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.execute("update task set assignee = 'user:7', version = version + 1 where tree = 1")
    assert (await checker.check()).violations == []
