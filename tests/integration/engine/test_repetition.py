"""Repeated activities through the bus: a row for each performance, one timer for the whole."""

from __future__ import annotations

from engine.invariants import InvariantChecker
from engine.projections import ENGINE_PROJECTIONS
from engine.storage.database import Database
from engine.storage.engine_tables import AUDITED_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from tests.integration.engine.conftest import WRITER, House, task_of
from tests.unit.spiff.drawing import (
    again_while,
    boundary,
    chain,
    document,
    end,
    for_each,
    repeated,
    start,
    timer,
    user,
)


def review(characteristics: str) -> bytes:
    late = boundary("late", "u", timer("timeDuration", "PT1H"))
    tasks = (repeated(user("u", groups=""), characteristics), user("next", groups=""))
    return document(
        start(), *tasks, late, end(), chain("start", "u", "next", "end"), chain("late", "end"), key="review"
    )


async def states(database: Database, table: str) -> list[tuple[str, str]]:
    rows = await database.fetch(f"select element, state from {table} where tree = 1 order by id")  # noqa: S608
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


async def test_each_item_has_a_row_and_a_true_completion_condition_withdraws_the_rest(house: House) -> None:
    await house.publish(review(for_each('= ["a", "b", "c"]', "p", until="= numberOfCompletedInstances = 2")))
    first = await house.report(1)
    assert await states(house.database, "task") == [("u", "open")] * 3
    assert len(await states(house.database, "timer")) == 1
    await assert_sound(house)
    await house.perform(WRITER, 1, first)
    await assert_sound(house)
    second = await house.database.fetchval("select min(id) from task where tree = 1 and state = 'open'")
    answer = await house.perform(WRITER, 1, second)
    assert [opened["element"] for opened in answer["opened"]] == ["next"]
    assert [state for _, state in await states(house.database, "task")] == [
        "completed", "completed", "withdrawn", "open"]  # fmt: skip
    assert "armed" not in {state for _, state in await states(house.database, "timer")}
    await assert_sound(house)


async def test_a_loop_has_a_row_for_each_time(house: House) -> None:
    await house.publish(review(again_while(loopMaximum="2")))
    answer = await house.perform(WRITER, 1, await house.report(1))
    assert [opened["element"] for opened in answer["opened"]] == ["u"]
    answer = await house.perform(WRITER, 1, task_of(answer))
    assert [opened["element"] for opened in answer["opened"]] == ["next"]
    await assert_sound(house)
