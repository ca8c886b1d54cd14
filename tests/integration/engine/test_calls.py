"""Called diagrams through the bus: their rows, their versions, and processes that have not compiled them yet."""

from __future__ import annotations

from engine.commands import RetryFault
from engine.invariants import InvariantChecker
from engine.jsontext import json_value
from engine.projections import ENGINE_PROJECTIONS
from engine.storage.database import Database
from engine.storage.engine_tables import AUDITED_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from tests.integration.engine.conftest import CLERK, WRITER, House, task_of
from tests.integration.engine.sample_city import ReportNote
from tests.unit.spiff.drawing import boundary, call, chain, document, end, error, properties, start, user

CALLING = document(
    start(),
    call("c", "inner", properties(stage="inside")),
    boundary("b", "c", error("lost")),
    user("after", groups=""),
    user("lost", groups=""),
    end(),
    chain("start", "c", "after", "end"),
    chain("b", "lost", "end"),
    key="review",
)


def called(*names: str, ending: str = "") -> bytes:
    tasks = [user(name, groups="") for name in names]
    return document(start(), *tasks, end("done", ending), chain("start", *names, "done"), key="inner")


async def instances(database: Database, tree: int) -> list[tuple[str, str]]:
    """Key and state of the instances of a tree, in order."""
    rows = await database.fetch("select definition_key, state from instance where tree = $1 order by id", tree)
    return [tuple(row) for row in rows]


async def assert_sound(house: House) -> None:
    checker = InvariantChecker(
        database=house.database,
        store=house.store,
        log=EventLog(house.database, house.catalogue),
        library=house.library,
        projections=ENGINE_PROJECTIONS,
        tables=AUDITED_TABLES,
        laws=ENGINE_LAWS,
    )
    assert (await checker.check()).violations == []


async def test_a_call_is_an_instance_with_rows_of_its_own(house: House) -> None:
    await house.publish(called("one", "two"), key="inner")
    await house.publish(CALLING)
    task = await house.report(1)
    assert await instances(house.database, 1) == [("review", "active"), ("inner", "active")]
    assert await house.database.fetchval("select stage from note where tree = 1") == "inside"
    answer = await house.perform(WRITER, 1, task)
    await assert_sound(house)
    answer = await house.perform(CLERK, 1, task_of(answer))
    assert await instances(house.database, 1) == [("review", "active"), ("inner", "completed")]
    await house.perform(WRITER, 1, task_of(answer))
    assert {state for _, state in await instances(house.database, 1)} == {"completed"}
    await assert_sound(house)


async def test_another_process_takes_up_the_version_that_is_no_longer_the_latest(house: House) -> None:
    await house.publish(called("one", "two"), key="inner")
    await house.publish(CALLING)
    task = await house.report(1)
    await house.publish(called("other"), key="inner")
    other = House(house.database)
    answer = await other.perform(WRITER, 1, task)
    assert [opened["element"] for opened in answer["opened"]] == ["two"]
    fresh = await other.report(2)
    element = await house.database.fetchval("select element from task where tree = 2 and id = $1", fresh)
    assert element == "other"
    await other.bus.drain()


async def test_an_error_out_of_a_call_cancels_its_instance(house: House) -> None:
    await house.publish(called("one", ending=error("lost")), key="inner")
    await house.publish(CALLING)
    answer = await house.perform(WRITER, 1, await house.report(1))
    assert [opened["element"] for opened in answer["opened"]] == ["lost"]
    assert await instances(house.database, 1) == [("review", "active"), ("inner", "cancelled")]
    await assert_sound(house)


async def test_a_process_published_too_late_is_a_fault_until_it_is_retried(house: House) -> None:
    await house.publish(CALLING)
    await house.bus.handle(ReportNote(actor=WRITER, tree=1, title="通知"))
    fault = await house.database.fetchval("select id from fault where tree = 1 and state = 'open'")
    await house.publish(called("one"), key="inner")
    answer = await house.bus.handle(RetryFault(actor=CLERK, tree=1, fault=fault))
    assert [opened["element"] for opened in json_value(answer.body)["opened"]] == ["one"]
    await assert_sound(house)
