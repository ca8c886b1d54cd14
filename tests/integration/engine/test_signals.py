"""Signals on PostgreSQL: everybody who waits at the commit of the throw gets it once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from engine.actors import SYSTEM, Actor
from engine.batches import BatchQueries, BatchRunner, BatchState
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.commands import CompleteTask, TreeCommand
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.errors import Invalid
from engine.handlers import engine_handlers
from engine.handling import Work
from engine.jsontext import json_value
from engine.messages import SIGNAL, BroadcastSignal, SignalItems, broadcast_signal
from tests.integration.engine.beginning import NoBeginning
from tests.integration.engine.conftest import WRITER, House, everyone
from tests.integration.engine.sample_city import Forms, NoteReported, guard
from tests.integration.engine.waiting import verdict
from tests.unit.spiff.drawing import boundary, catch, chain, document, of_signal, signal, start, throw, user

ALARM = signal("s", "alarm")
HEARING = document(
    ALARM, start(), user("work", groups=""), boundary("x", "work", of_signal("s"), interrupts=False),
    user("look", groups=""),
    chain("start", "work"), chain("x", "look"), key="hearing",
)  # fmt: skip
ONCE = document(ALARM, start(), catch("w", of_signal("s")), user("a"), chain("start", "w", "a"), key="once")
THROWING = document(ALARM, start(), throw("t", of_signal("s")), user("a"), chain("start", "t", "a"), key="throwing")


@dataclass(frozen=True, kw_only=True)
class Begin(TreeCommand):
    """Start a case on a diagram."""

    process: str


def begin(command: Begin, work: Work) -> dict[str, Any]:
    work.record(NoteReported(title=command.process))
    work.start(command.process, {})
    return {"case": command.tree}


async def actor_of(identity: str, _scopes: frozenset[str]) -> Actor:
    assert identity == "system:signal"
    return Actor(id=identity, name="signal", audience=None)


@dataclass
class Town:
    """Cases that hear and throw signals."""

    house: House
    bus: Bus
    runner: BatchRunner
    batches: BatchQueries

    async def begin(self, process: str, *trees: int) -> None:
        for tree in trees:
            await self.bus.handle(Begin(actor=WRITER, tree=tree, process=process))

    async def send(self) -> int | None:
        answer = json_value((await self.bus.handle(BroadcastSignal(actor=WRITER, name="alarm"))).body)
        batch: int | None = answer["batch"]
        return batch

    async def work_off(self) -> None:
        for batch in await self.batches.running():
            await self.runner.run(batch)

    async def heard(self) -> dict[int, int]:
        """How often each case has heard it."""
        rows = await self.house.database.fetch(
            "select tree, count(*)::int as times from event where type = 'SubscriptionCorrelated' group by tree"
        )
        return {row["tree"]: row["times"] for row in rows}


@pytest.fixture
async def town(house: House) -> AsyncIterator[Town]:
    for key, source in (("hearing", HEARING), ("once", ONCE), ("throwing", THROWING)):
        names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": key}
        await house.bus.handle(SaveDefinitionDraft(**names, source=source))
        await house.bus.handle(PublishDefinition(**names))
    handlers = {**engine_handlers(Forms()), Begin: begin}
    rules = TreeRules(handlers=handlers, guard=guard, surroundings=house.surroundings)
    configuration = ConfigurationCommands(house.database, {BroadcastSignal: broadcast_signal}, everyone)
    bus = Bus(TreeCommands(house.store, rules, house.snapshot), configuration, lambda: None)
    runner = BatchRunner(
        database=house.database, bus=bus, kinds={SIGNAL: SignalItems(NoBeginning())}, actor_of=actor_of
    )
    yield Town(house, bus, runner, BatchQueries(house.database))
    await bus.drain()


async def test_whoever_waits_at_the_commit_gets_it_once_and_whoever_comes_later_does_not(town: Town) -> None:
    await town.begin("once", 1, 2)
    await town.begin("hearing", 3)
    await town.begin("throwing", 4)
    await town.begin("once", 5)
    await town.work_off()
    assert await town.heard() == {1: 1, 2: 1, 3: 1}
    (batch,) = [each.id for each in await town.batches.newest("system:signal", before=None, limit=9)]
    progress = await town.batches.progress(batch)
    assert (progress.state, progress.total, progress.done) == (BatchState.DONE, 3, 3)
    (item, *_) = await town.batches.items(batch)
    assert json_value(item.item)["sender"] == "tree:4/t"
    assert json_value(item.answer or "")["caught"] is True
    assert (await verdict(town.house)).violations == []


async def test_two_signals_thrown_while_one_border_waits_both_reach_it(town: Town) -> None:
    await town.begin("hearing", 1)
    await town.begin("once", 2)
    assert await town.send() != await town.send()
    await town.work_off()
    assert await town.heard() == {1: 2, 2: 1}
    assert await town.send() is not None
    assert (await verdict(town.house)).violations == []


async def test_nobody_waiting_makes_no_batch(town: Town) -> None:
    await town.begin("throwing", 1)
    assert await town.send() is None
    assert await town.batches.running() == []


async def test_whoever_has_gone_on_does_not_hear_it_and_the_item_says_so(town: Town) -> None:
    await town.begin("hearing", 1)
    await town.send()
    (task,) = await town.house.database.fetch("select id from task where tree = 1")
    async with town.house.database.unit_of_work() as uow:
        await uow.execute("update task set assignee = $1 where tree = 1", WRITER.id)
    await town.bus.handle(CompleteTask(actor=WRITER, tree=1, task=task["id"]))
    await town.work_off()
    assert await town.heard() == {}
    ((item,),) = [await town.batches.items(batch.id) for batch in await town.batches.newest(None, before=None, limit=1)]
    assert json_value(item.answer or "")["caught"] is False


async def test_a_batch_that_was_cut_off_goes_on_and_nobody_hears_it_twice(town: Town) -> None:
    await town.begin("once", *range(1, 6))
    batch = await town.send()
    assert batch is not None
    stopping = iter([False, False, True])
    await town.runner.run(batch, lambda: next(stopping))
    async with town.house.database.unit_of_work() as uow:
        # As if the worker had died between the command and its note.
        await uow.execute("update batch_item set state = 'pending', answer = null where place = 2")
    await asyncio.gather(town.runner.run(batch), town.runner.run(batch))
    assert await town.heard() == dict.fromkeys(range(1, 6), 1)
    assert (await verdict(town.house)).violations == []


async def test_throwers_and_those_who_begin_to_wait_meanwhile_miss_nobody(town: Town) -> None:
    """Each case that began to wait before the throw committed has an item, whatever the order of their commits."""
    await asyncio.gather(*(town.begin("hearing", tree) for tree in range(1, 13)), *(town.send() for _ in range(4)))
    await town.send()
    await town.work_off()
    items = await town.house.database.fetchval("select count(*) from batch_item")
    heard = await town.heard()
    assert sorted(heard) == list(range(1, 13))
    assert sum(heard.values()) == items
    assert (await verdict(town.house)).violations == []


async def test_a_reserved_name_is_refused_before_anybody_hears_it(town: Town) -> None:
    await town.begin("once", 1)
    with pytest.raises(Invalid):
        await town.bus.handle(BroadcastSignal(actor=WRITER, name="alarm", variables={"case": 1}))
    assert await town.batches.running() == []
