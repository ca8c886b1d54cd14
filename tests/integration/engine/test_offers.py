"""What an ad-hoc sub-process offers is stored with those it is offered to, and begun once."""

from __future__ import annotations

import pytest

from engine.commands import BeginActivity
from engine.errors import InvalidState, NotFound
from tests.integration.engine.conftest import CLERK, WRITER, House, ReportNote
from tests.integration.engine.test_calls import assert_sound
from tests.unit.spiff.drawing import (
    ad_hoc,
    boundary,
    chain,
    document,
    extensions,
    message,
    of_message,
    properties,
    script,
    start,
    user,
)

OPEN = """
select id, element, queue from subscription where tree = 1 and kind = 'activity' and state = 'open' order by element
"""
OFFERING = document(
    message("m", "paid", "= 7"),
    start(),
    ad_hoc("free", extensions(properties(startedBy="shift-lead")), user("a", groups="clerk"),
           script("sum", "= 1 + 1", "two"), until="= true"),
    boundary("paid", "free", of_message("m")),
    user("after"),
    chain("start", "free", "after"),
    chain("paid", "after"),
    key="review",
)  # fmt: skip


async def test_an_offer_is_taken_up_once_and_made_again_until_enough_has_been_done(house: House) -> None:
    await house.publish(OFFERING)
    await house.bus.handle(ReportNote(actor=WRITER, tree=1, title="通知"))
    offered = await house.database.fetch(OPEN)
    assert [(row["element"], row["queue"]) for row in offered] == [("a", "clerk"), ("sum", "shift-lead")]
    await assert_sound(house)
    first = BeginActivity(actor=CLERK, tree=1, subscription=offered[0]["id"])
    await house.bus.handle(first)
    with pytest.raises(InvalidState, match="a"):
        await house.bus.handle(first)
    await house.bus.handle(BeginActivity(actor=CLERK, tree=1, subscription=(await house.database.fetch(OPEN))[0]["id"]))
    assert [row["element"] for row in await house.database.fetch(OPEN)] == ["a", "sum"]
    assert await house.database.fetchval("select count(*) from task where element = 'a' and state = 'open'") == 2
    await assert_sound(house)
    task = await house.database.fetchval("select min(id) from task where element = 'a'")
    await house.perform(CLERK, 1, task)
    assert await house.database.fetch(OPEN) == []
    assert await house.database.fetchval("select element from task where state = 'open'") == "after"
    await assert_sound(house)


async def test_nothing_but_what_is_offered_is_begun(house: House) -> None:
    await house.publish(OFFERING)
    await house.bus.handle(ReportNote(actor=WRITER, tree=1, title="通知"))
    waits = await house.database.fetchval("select id from subscription where kind = 'message'")
    for subscription, refusal in ((waits, NotFound), (999, InvalidState)):
        with pytest.raises(refusal):
            await house.bus.handle(BeginActivity(actor=CLERK, tree=1, subscription=subscription))
    await assert_sound(house)
