"""Messages on PostgreSQL: early, late, double, ambiguous, after the end; never lost, never given twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.actors import SYSTEM
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import VirtualClock
from engine.commands import TreeCommand
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.errors import InvalidState
from engine.handlers import engine_handlers
from engine.handling import Work
from engine.jsontext import json_value
from engine.messages import MessageDeliverer, PublishMessage, PublishMessageHandler, expire_messages
from engine.storage.tree_ids import TreeIds
from tests.integration.engine.beginning import NoBeginning
from tests.integration.engine.conftest import WRITER, House, everyone
from tests.integration.engine.sample_city import Forms, NoteReported, guard
from tests.integration.engine.waiting import verdict

CALLING = Path(__file__).with_name("calling.bpmn").read_bytes()
NOON = datetime(2199, 3, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)
STATES = "select state, count(*)::int as count from message group by state order by state"


@dataclass(frozen=True, kw_only=True)
class BeginCalling(TreeCommand):
    """Start a case that waits for a message with the key of an order, or that throws one."""

    order: str
    pays: bool = False


def begin_calling(command: BeginCalling, work: Work) -> dict[str, Any]:
    work.record(NoteReported(title="calling"))
    work.start("calling", {"order": command.order, "pays": command.pays})
    return {"case": command.tree}


@dataclass
class Post:
    """A house whose cases wait for messages, and those who carry them."""

    house: House
    bus: Bus
    clock: VirtualClock
    deliverer: MessageDeliverer

    async def begin(self, tree: int, order: str, *, pays: bool = False) -> None:
        await self.bus.handle(BeginCalling(actor=WRITER, tree=tree, order=order, pays=pays))

    async def send(self, order: str, *, keep: timedelta = DAY, name: str = "paid", **more: Any) -> dict[str, Any]:
        command = PublishMessage(actor=WRITER, name=name, correlation_key=order, time_to_live=keep, **more)
        answer: dict[str, Any] = json_value((await self.bus.handle(command)).body)
        return answer

    async def opened(self) -> list[int]:
        """Cases whose message has come."""
        return [row["tree"] for row in await self.house.database.fetch("select tree from task order by tree")]

    async def states(self) -> dict[str, int]:
        return {row["state"]: row["count"] for row in await self.house.database.fetch(STATES)}

    async def sound(self) -> bool:
        return (await verdict(self.house)).violations == []


@pytest.fixture
async def post(house: House) -> AsyncIterator[Post]:
    names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": "calling"}
    await house.bus.handle(SaveDefinitionDraft(**names, source=CALLING))
    await house.bus.handle(PublishDefinition(**names))
    clock = VirtualClock(NOON)
    still = House(house.database, clock)
    rules = TreeRules(
        handlers={**engine_handlers(Forms()), BeginCalling: begin_calling},
        guard=guard,
        surroundings=still.surroundings,
    )
    configuration = ConfigurationCommands(
        house.database, {PublishMessage: PublishMessageHandler(clock, NoBeginning())}, everyone
    )
    bus = Bus(TreeCommands(still.store, rules, still.snapshot), configuration, lambda: None)
    yield Post(still, bus, clock, MessageDeliverer(house.database, bus, clock, NoBeginning(), TreeIds(house.database)))
    await bus.drain()


async def test_a_message_that_comes_after_its_receiver_is_handed_over_with_its_variables(post: Post) -> None:
    await post.begin(1, "A")
    await post.begin(2, "B")
    answer = await post.send("A", variables={"amount": 12})
    assert answer["is_new"]
    assert await post.deliverer.deliver_wanted() == 1
    assert await post.opened() == [1]
    payload = await post.house.database.fetchval("select payload from event where type = 'SubscriptionCorrelated'")
    assert json_value(payload)["variables"] == {"amount": 12}
    assert json_value(payload)["sender"] == WRITER.id
    assert await post.deliverer.deliver_wanted() == 0
    assert await post.sound()


async def test_a_message_that_comes_first_waits_for_its_receiver(post: Post) -> None:
    await post.send("A")
    assert await post.deliverer.deliver_wanted() == 0
    await post.begin(1, "B")
    assert await post.deliverer.deliver_wanted() == 0
    await post.begin(2, "A")
    assert await post.deliverer.deliver_wanted() == 1
    assert await post.opened() == [2]
    assert await post.sound()


async def test_of_two_messages_the_older_one_is_taken_and_the_other_waits_for_the_next(post: Post) -> None:
    first, second = await post.send("A"), await post.send("A")
    await post.begin(1, "A")
    await post.deliverer.deliver_wanted()
    await post.deliverer.deliver_wanted()
    used = await post.house.database.fetch("select id from message where state = 'consumed'")
    assert [row["id"] for row in used] == [first["message"]]
    await post.begin(2, "A")
    await post.deliverer.deliver_wanted()
    assert await post.opened() == [1, 2]
    assert second["message"] != first["message"]
    assert await post.sound()


async def test_a_message_sent_twice_under_one_id_is_one(post: Post) -> None:
    await post.begin(1, "A")
    first = await post.send("A", message_id="bill-1")
    await post.deliverer.deliver_wanted()
    again = await post.send("A", message_id="bill-1")
    assert (again["message"], again["is_new"]) == (first["message"], False)
    await post.begin(2, "A")
    assert await post.deliverer.deliver_wanted() == 0
    assert await post.opened() == [1]
    assert await post.states() == {"consumed": 1}


async def test_a_message_for_several_is_refused_and_nothing_is_kept(post: Post) -> None:
    await post.begin(1, "A")
    await post.begin(2, "A")
    with pytest.raises(InvalidState) as refused:
        await post.send("A")
    assert refused.value.code == "message_ambiguous"
    assert await post.states() == {}
    assert await post.opened() == []


async def test_a_kept_message_waits_until_one_receiver_is_left(post: Post) -> None:
    await post.send("A")
    await post.begin(1, "A")
    await post.begin(2, "A")
    assert await post.deliverer.deliver_wanted() == 1
    assert (await post.opened(), await post.deliverer.deliver_wanted()) == ([], 0)
    async with post.house.database.unit_of_work() as uow:
        # What a withdrawn wait does, in the words of the flush.
        await uow.execute(
            "select write_subscription(1, array_agg(id), array_agg(instance), array_agg(element), array_agg(name),"
            " array_agg(attached_to), array_agg(kind), array_agg(message), array_agg(key), array_agg('closed'::text),"
            " array_agg(opened_at), array_agg(opened_at), array_agg(origin), array_agg(queue))"
            " from subscription where tree = 1"
        )
    assert await post.deliverer.deliver_wanted() == 1
    assert await post.opened() == [2]


async def test_a_message_that_is_not_kept_needs_a_receiver_now(post: Post) -> None:
    with pytest.raises(InvalidState) as refused:
        await post.send("A", keep=timedelta())
    assert refused.value.code == "message_without_receiver"
    assert await post.states() == {}


async def test_a_message_that_is_not_kept_reaches_the_one_who_waits(post: Post) -> None:
    await post.begin(1, "A")
    await post.send("A", keep=timedelta())
    assert await post.deliverer.deliver_wanted() == 1
    assert await post.opened() == [1]


async def test_a_message_whose_time_is_over_is_let_go_and_forgotten_after_a_week(post: Post) -> None:
    await post.send("A", keep=timedelta(hours=1))
    post.clock.now = NOON + timedelta(hours=1)
    assert await expire_messages(post.house.database, post.clock) == 1
    await post.begin(1, "A")
    assert await post.deliverer.deliver_wanted() == 0
    assert await post.states() == {"expired": 1}
    post.clock.now = NOON + timedelta(days=9)
    assert await expire_messages(post.house.database, post.clock) == 1
    assert await post.states() == {}


async def test_a_message_after_the_end_finds_nobody(post: Post) -> None:
    await post.begin(1, "A")
    await post.send("A")
    await post.deliverer.deliver_wanted()
    await post.send("A")
    assert await post.deliverer.deliver_wanted() == 0
    assert await post.opened() == [1]
    assert await post.states() == {"consumed": 1, "open": 1}


async def test_a_thrown_message_reaches_another_case_whichever_comes_first(post: Post) -> None:
    await post.begin(1, "A", pays=True)
    await post.begin(2, "A")
    await post.begin(3, "B")
    await post.begin(4, "B", pays=True)
    assert await post.deliverer.deliver_wanted() == 2
    assert await post.opened() == [2, 3]
    senders = await post.house.database.fetch("select sender from message order by id")
    assert [row["sender"] for row in senders] == ["tree:1", "tree:4"]
    assert await post.sound()


async def test_names_that_mean_something_else_are_refused(post: Post) -> None:
    with pytest.raises(Exception, match="meaning of its own"):
        await post.send("A", variables={"case": 1})


async def test_messages_and_receivers_that_come_at_once_never_miss_one_another(post: Post) -> None:
    """Both sides commit in any order, over and over; whoever is second must have seen the first."""

    async def sender(number: int) -> None:
        await post.send(f"K{number}")

    async def receiver(number: int) -> None:
        await post.begin(number, f"K{number}")

    for first in range(1, 41, 8):
        numbers = range(first, first + 8)
        await asyncio.gather(*[work(number) for number in numbers for work in (sender, receiver)])
    while await post.deliverer.deliver_wanted():
        pass
    assert await post.opened() == list(range(1, 41))
    assert await post.states() == {"consumed": 40}
    assert await post.sound()


async def test_two_deliverers_give_each_message_once(post: Post) -> None:
    for number in range(1, 31):
        await post.begin(number, f"K{number}")
        await post.send(f"K{number}")
    other = MessageDeliverer(post.house.database, post.bus, post.clock, NoBeginning(), TreeIds(post.house.database))
    await asyncio.gather(*[each.deliver_wanted() for each in (post.deliverer, other, post.deliverer, other)])
    assert await post.opened() == list(range(1, 31))
    assert await post.states() == {"consumed": 30}
    assert await post.sound()


async def test_a_wait_of_an_open_transaction_is_seen_by_the_message_that_had_to_wait_for_it(post: Post) -> None:
    """The lock of name and key makes the message wait until it can see whether the receiver was committed."""
    async with post.house.database.unit_of_work() as uow:
        await uow.execute(
            "select write_subscription(77, '{1}', '{1}', '{x}', '{x}', '{\"\"}', '{message}', '{paid}', '{A}',"
            " '{open}', array[now()], array[null::timestamptz], '{0}', '{\"\"}')"
        )
        sending = asyncio.create_task(post.send("A"))
        await asyncio.sleep(0.2)
        assert not sending.done()
    await sending
    assert await post.house.database.fetchval("select is_wanted from message")
