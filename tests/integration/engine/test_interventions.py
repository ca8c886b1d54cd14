"""What operators do by hand is stored, loaded again, and keeps every law of the stored data."""

from __future__ import annotations

from engine.interventions import AddToken, CancelToken, PauseInstance, ResumeInstance
from tests.integration.engine.conftest import CLERK, WRITER, House
from tests.integration.engine.test_calls import CALLING, assert_sound, called


async def test_a_paused_instance_holds_those_it_calls_and_breaks_no_law(house: House) -> None:
    await house.publish(called("one", "two"), key="inner")
    await house.publish(CALLING)
    task = await house.report(1)
    caller = await house.database.fetchval("select id from instance where tree = 1 and caller is null")
    reasoned = {"actor": CLERK, "tree": 1, "instance": caller, "reason": "x"}
    await house.bus.handle(PauseInstance(**reasoned))
    await house.perform(WRITER, 1, task)
    assert await house.database.fetchval("select count(*) from task where state = 'open'") == 0
    assert await house.database.fetchval("select paused_at is not null from instance where id = $1", caller)
    await assert_sound(house)
    await house.bus.handle(ResumeInstance(**reasoned))
    assert await house.database.fetchval("select element from task where state = 'open'") == "two"
    assert await house.database.fetchval("select paused_at is null from instance where id = $1", caller)
    await assert_sound(house)


async def test_a_token_that_is_added_and_taken_away_leaves_rows_as_they_should_be(house: House) -> None:
    await house.publish(called("one", "two"), key="inner")
    await house.publish(CALLING)
    await house.report(1)
    caller = await house.database.fetchval("select id from instance where tree = 1 and caller is null")
    await house.bus.handle(AddToken(actor=CLERK, tree=1, instance=caller, reason="x", element="after"))
    added = await house.database.fetchval("select id from task where element = 'after'")
    await assert_sound(house)
    await house.bus.handle(CancelToken(actor=CLERK, tree=1, instance=caller, reason="x", activity=added))
    assert await house.database.fetchval("select state from task where id = $1", added) == "withdrawn"
    await assert_sound(house)
