"""A worker that dies at any of its points: every case gets each moment, answer, message, signal and warning once."""

from __future__ import annotations

import asyncio

from engine.anchors import Anchors
from engine.crash import EXIT_CODE
from engine.storage.anchored_heads import AnchoredHeads
from guiliu.doctor import invariant_checker
from guiliu.platform import Platform
from tests.acceptance.durability.conftest import Town, Towns
from tests.acceptance.durability.errands import Errands
from tests.integration.connectors.bad_servers import Receiver, receiving

#: Where workers die; after a colon, how often they reach it until then.
POINTS = (
    "timer.after_claim",
    "timer.after_fire",
    "delivery.after_claim",
    "delivery.before_send",
    "delivery.after_send",
    "delivery.after_result",
    "message.before_delivery",
    "message.after_delivery",
    "batch.before_item",
    "batch.after_item",
    "warning.after_claim",
    "warning.after_warning",
    "tree.before_flush:2",
    "tree.after_flush:3",
    "bus.before_answer:4",
    "feed.before_notify",
    "unit_of_work.before_commit:9",
    "unit_of_work.after_commit:9",
    "anchor.before_write",
    "anchor.after_write",
)
_SENT = "select tree, id from delivery order by tree, id"
_OPEN_CASES = "select count(*) from cases where is_open"


async def test_every_wait_of_a_case_ends_once_when_workers_die(towns: Towns) -> None:
    async with towns() as town, town.platform() as platform, receiving() as receiver:
        errands = Errands(platform)
        await errands.prepare(receiver.url)
        died = [await die_at(town, errands, point) for point in POINTS]
        town.worker.begin()
        undisturbed = await errands.begin()
        await ended(errands, cases=len(POINTS) + 1)
        assert await town.worker.stop() == 0
        for case in died:
            assert await errands.happened(case) == await errands.happened(undisturbed), case
        assert (await invariant_checker(platform).check()).violations == []
        await judge_receiver(platform, receiver)
        anchors = Anchors(platform.settings.home / "anchors.jsonl", AnchoredHeads(platform.database))
        assert await anchors.verify() == []


async def die_at(town: Town, errands: Errands, point: str) -> int:
    """A case that is under way when the worker dies."""
    town.worker.begin(point)
    case = await errands.begin()
    assert await town.worker.ended() == EXIT_CODE, point
    await errands.let_go()
    return case


async def ended(errands: Errands, *, cases: int) -> None:
    """People do their part in each case as soon as nothing else is left in it."""
    done = 0
    while done < cases:
        for case, task in (await errands.left_to_people()).items():
            await errands.end(case, task)
            done += 1
        await asyncio.sleep(0.1)
    assert await errands.platform.database.fetchval(_OPEN_CASES) == 0


async def judge_receiver(platform: Platform, receiver: Receiver) -> None:
    """Everything had its effect once, those of a case in their order, and nothing was sent that nobody asked for."""
    asked = [f"{row['tree']}.{row['id']}" for row in await platform.database.fetch(_SENT)]
    assert sorted(receiver.effects) == sorted(asked)
    for case in {key.partition(".")[0] for key in asked}:
        assert of_case(receiver.effects, case) == of_case(asked, case)
    assert len(receiver.requests) > len(asked), "a worker died after it had sent"


def of_case(keys: list[str], case: str) -> list[str]:
    return [key for key in keys if key.startswith(f"{case}.")]
