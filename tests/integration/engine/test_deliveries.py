"""Deliveries on PostgreSQL: sent at least once, answered once, in order, and nobody waits for another's trouble."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.bus import Bus
from engine.clock import VirtualClock
from engine.commands import FireTimer, RetryFault
from engine.deliveries import (
    Accepted,
    AnswerDelivery,
    Completed,
    CompleteDelivery,
    DeliveryClaims,
    DeliveryWorker,
    EditDelivery,
    Failed,
    Rejected,
    RetryDelivery,
    SkipDelivery,
)
from engine.deliveries.circuits import MOST_FAILURES
from engine.deliveries.worker import CONNECTOR, MOST_LOST
from engine.errors import Forbidden, Invalid, InvalidState, NotFound
from engine.jsontext import json_value
from engine.timers import TimerClaims
from engine.timers.worker import TIMER
from tests.integration.engine.asking import OutsideSystem, ask, asking_bus, publish_asking, sender, sending, until_none
from tests.integration.engine.conftest import CLERK, WRITER, House
from tests.integration.engine.waiting import verdict

ROOT = Path(__file__).parents[3]
#: Ahead of every real clock, so that nothing of a virtual one looks forgotten.
NOON = datetime(2199, 3, 1, 4, tzinfo=UTC)
OPEN = "select count(*) from delivery where state = 'open'"
COMPLETED = "select count(*) from event where type = 'DeliveryCompleted'"
FAULTS = "select code, message_zh from fault where state = 'open'"
BROKEN = Failed("http_500", "对方出错（500）", "the other side broke (500)")
REFUSED = Failed("http_400", "对方拒绝（400）", "the other side refused (400)", is_final=True)


@pytest.fixture
async def clock() -> VirtualClock:
    return VirtualClock(NOON)


@pytest.fixture
async def asking(house: House, clock: VirtualClock) -> AsyncIterator[House]:
    """A house whose time stands still, with the asking diagram."""
    await publish_asking(house)
    still = House(house.database, clock)
    yield still
    await still.bus.drain()


async def numbers(house: House, tree: int = 1) -> dict[str, int]:
    """Numbers of a case's deliveries by element."""
    rows = await house.database.fetch("select element, id from delivery where tree = $1", tree)
    return {row["element"]: row["id"] for row in rows}


async def states(house: House, tree: int = 1) -> dict[str, str]:
    rows = await house.database.fetch("select element, state from delivery where tree = $1", tree)
    return {row["element"]: row["state"] for row in rows}


async def round_of(worker: DeliveryWorker) -> int:
    """Send what is due and wait for the results; how many there were."""
    sent = await worker.send_due()
    await worker.settle()
    return sent


async def test_what_a_case_asks_is_sent_in_its_order_and_the_answers_are_taken(
    asking: House, clock: VirtualClock
) -> None:
    await ask(asking_bus(asking), [1])
    system = OutsideSystem()
    worker = sender(asking, system, clock)
    number = await numbers(asking)
    assert await round_of(worker) == 2, "the second to the same target has to wait for the first"
    assert {key for _, key in system.requests} == {f"1.{number['one']}", f"1.{number['three']}"}
    assert await round_of(worker) == 1
    assert await round_of(worker) == 0
    assert await states(asking) == dict.fromkeys(("one", "two", "three"), "done")
    assert await asking.database.fetchval("select element from task where state = 'open'") == "write"
    assert (await verdict(asking)).violations == []


async def test_a_try_in_vain_is_repeated_after_a_pause_with_the_same_key(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), [1])
    system = OutsideSystem(told={"first": [BROKEN, RuntimeError("broken connector")]})
    worker = sender(asking, system, clock)
    await round_of(worker)
    assert await round_of(worker) == 0, "the pause is kept, and the second waits behind the first"
    row = await asking.database.fetchrow("select * from delivery where element = 'one'")
    assert row is not None
    assert (row["attempts"], row["code"], row["message_en"]) == (1, "http_500", "the other side broke (500)")
    assert timedelta(seconds=0.5) <= row["next_at"] - NOON <= timedelta(seconds=1)
    clock.now += timedelta(seconds=1)
    await round_of(worker)
    assert await asking.database.fetchval("select code from delivery where element = 'one'") == "connector_failed"
    clock.now += timedelta(seconds=2)
    await round_of(worker)
    await round_of(worker)
    first = [key for target, key in system.requests if target == "first"]
    assert len(first) == 4
    assert len(set(first[:3])) == 1
    assert await asking.database.fetchval(OPEN) == 0
    assert (await verdict(asking)).violations == []


async def test_the_other_side_may_ask_to_be_left_alone_for_longer(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), [1])
    busy = Failed("http_429", "对方繁忙", "busy", retry_after=timedelta(minutes=2))
    await round_of(sender(asking, OutsideSystem(told={"other": [busy]}), clock))
    next_at = await asking.database.fetchval("select next_at from delivery where element = 'three'")
    assert next_at == NOON + timedelta(minutes=2)


async def test_exhausted_tries_are_a_fault_that_keeps_only_its_own_followers_waiting(
    asking: House, clock: VirtualClock
) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1, 2])
    first_of_one = f"1.{(await numbers(asking))['one']}"
    system = Poison(first_of_one)
    worker = sender(asking, system, clock)
    for _ in range(8):
        await round_of(worker)
        clock.now += timedelta(seconds=4)
    assert [key for key in system.keys if key == first_of_one] == [first_of_one] * 3
    assert await states(asking, 1) == {"one": "failed", "two": "open", "three": "done"}
    assert await states(asking, 2) == dict.fromkeys(("one", "two", "three"), "done")
    (fault,) = await asking.database.fetch(FAULTS)
    assert fault["code"] == "delivery_failed"
    assert fault["message_zh"] == "向“first”投递 3 次未成：对方出错（500）"
    assert (await verdict(asking)).violations == []


class Poison:
    """Fails one key for ever."""

    def __init__(self, key: str) -> None:
        self._poison = key
        self.keys: list[str] = []

    async def __call__(self, job: Any) -> Any:
        self.keys.append(job.key)
        return BROKEN if job.key == self._poison else Completed()


async def test_what_is_of_no_use_to_repeat_is_a_fault_at_once_and_a_retry_begins_anew(
    asking: House, clock: VirtualClock
) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1])
    worker = sender(asking, OutsideSystem(told={"first": [REFUSED, REFUSED]}), clock)
    await round_of(worker)
    assert (await states(asking))["one"] == "failed"
    fault = await asking.database.fetchval("select id from fault where state = 'open'")
    await bus.handle(RetryFault(actor=CLERK, tree=1, fault=fault))
    assert (await states(asking))["one"] == "open"
    await round_of(worker)
    assert (await states(asking))["one"] == "failed"
    await bus.handle(RetryDelivery(actor=CLERK, tree=1, delivery=(await numbers(asking))["one"]))
    await round_of(worker)
    await round_of(worker)
    assert await asking.database.fetchval(OPEN) == 0
    assert await asking.database.fetchval("select count(*) from fault where state = 'open'") == 0
    assert (await verdict(asking)).violations == []


async def test_an_edited_delivery_is_another_message(asking: House, clock: VirtualClock) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1])
    number = (await numbers(asking))["one"]
    system = OutsideSystem(told={"first": [REFUSED]})
    worker = sender(asking, system, clock)
    await round_of(worker)
    with pytest.raises(Invalid):
        await bus.handle(EditDelivery(actor=CLERK, tree=1, delivery=number, payload={"number": 5}, reason=" "))
    await bus.handle(EditDelivery(actor=CLERK, tree=1, delivery=number, payload={"number": 5}, reason="号码有误"))
    assert json_value(await asking.database.fetchval("select payload from delivery where id = $1", number)) == {
        "number": 5
    }
    await round_of(worker)
    assert [key for target, key in system.requests if target == "first"] == [f"1.{number}", f"1.{number}-1"]
    assert (await verdict(asking)).violations == []


async def test_a_skipped_delivery_is_answered_by_a_person_and_lets_the_next_go(
    asking: House, clock: VirtualClock
) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1])
    number = (await numbers(asking))["one"]
    worker = sender(asking, OutsideSystem(told={"first": [REFUSED]}), clock)
    await round_of(worker)
    skip = SkipDelivery(actor=CLERK, tree=1, delivery=number, result={"response": "by phone"}, reason="电话办妥")
    await bus.handle(skip)
    await round_of(worker)
    assert await states(asking) == {"one": "skipped", "two": "done", "three": "done"}
    with pytest.raises(NotFound):
        await bus.handle(skip)
    assert (await verdict(asking)).violations == []


async def test_nobody_decides_about_a_delivery_that_is_being_sent(asking: House, clock: VirtualClock) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1])
    number = (await numbers(asking))["one"]
    await DeliveryClaims(asking.database, clock).claim(10)
    with pytest.raises(InvalidState):
        await bus.handle(SkipDelivery(actor=CLERK, tree=1, delivery=number, reason="不等了"))


async def test_an_answer_under_an_old_lease_or_for_what_is_no_longer_awaited_has_no_effect(
    asking: House, clock: VirtualClock
) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1])
    number = (await numbers(asking))["one"]
    claims = DeliveryClaims(asking.database, clock, timedelta(0))
    assert [each.lease for each in [*await claims.claim(1), *await claims.claim(1)]] == [1, 2]
    assert not await complete(bus, number, 1)
    clock.now += timedelta(hours=5)
    (timer,) = await TimerClaims(asking.database, clock).claim(5)
    await bus.handle(FireTimer(actor=TIMER, tree=1, timer=timer.timer, lease=timer.lease))
    assert (await states(asking))["one"] == "cancelled"
    assert not await complete(bus, number, 2)
    assert await asking.database.fetchval(COMPLETED) == 0
    assert (await verdict(asking)).violations == []


async def complete(bus: Bus, number: int, lease: int) -> bool:
    answer = await bus.handle(CompleteDelivery(actor=CONNECTOR, tree=1, delivery=number, lease=lease))
    return bool(json_value(answer.body)["taken"])


async def test_a_delivery_that_was_taken_over_waits_for_its_answer_and_lets_the_next_go(
    asking: House, clock: VirtualClock
) -> None:
    bus = asking_bus(asking)
    await ask(bus, [1])
    number = (await numbers(asking))["one"]
    worker = sender(asking, OutsideSystem(told={"first": [Accepted()]}), clock)
    for _ in range(3):
        await round_of(worker)
    assert await states(asking) == {"one": "accepted", "two": "done", "three": "done"}
    with pytest.raises(Forbidden):
        await bus.handle(AnswerDelivery(actor=CONNECTOR, tree=1, delivery=number, target="other"))
    answer = AnswerDelivery(actor=CONNECTOR, tree=1, delivery=number, target="first", result={"response": "done"})
    taken = [json_value((await bus.handle(answer)).body)["taken"] for _ in range(2)]
    assert taken == [True, False]
    assert await asking.database.fetchval("select element from task where state = 'open'") == "write"
    assert (await verdict(asking)).violations == []


async def test_an_answer_that_cannot_be_taken_is_a_fault_with_its_reason(asking: House, clock: VirtualClock) -> None:
    deep: Any = 1
    for _ in range(500):
        deep = [deep]
    await ask(asking_bus(asking), [1])
    await round_of(sender(asking, OutsideSystem(told={"other": [Completed({"response": deep})]}), clock))
    assert (await states(asking))["three"] == "failed"
    assert (await verdict(asking)).violations == []


async def test_an_error_that_the_diagram_does_not_foresee_is_a_fault(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), [1])
    system = OutsideSystem(told={"other": [Rejected("not_ours", "不归我管")]})
    await round_of(sender(asking, system, clock))
    assert (await states(asking))["three"] == "failed"
    assert await asking.database.fetchval("select code from fault where state = 'open'") == "error_uncaught"
    row = await asking.database.fetchrow("select code, message_zh from delivery where element = 'three'")
    assert tuple(row or ()) == ("rejected", "对方拒绝（not_ours）：不归我管")
    assert (await verdict(asking)).violations == []


async def test_an_error_that_the_diagram_foresees_leaves_by_its_border(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), [1])
    system = OutsideSystem(told={"other": [Rejected("lost", "查无此件")]})
    await round_of(sender(asking, system, clock))
    assert (await states(asking))["three"] == "rejected"
    assert await asking.database.fetchval("select element from task where state = 'open'") == "search"
    assert (await verdict(asking)).violations == []


async def test_a_target_that_hangs_does_not_keep_others_waiting(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), range(1, 41))
    release = asyncio.Event()

    async def hang() -> Completed:
        await release.wait()
        return Completed()

    system = OutsideSystem(told={"first": [hang] * 1000})
    worker = sender(asking, system, clock)
    async with sending(worker):
        await until_none(asking, "select count(*) from delivery where state = 'open' and target = 'other'")
        assert len([target for target, _ in system.requests if target == "first"]) <= 16
        release.set()
        await until_none(asking, OPEN)
    assert len(system.effects) == 120
    assert (await verdict(asking)).violations == []


async def test_two_workers_send_everything_once_and_in_order(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), range(1, 31))
    system = OutsideSystem()
    async with sending(sender(asking, system, clock), sender(asking, system, clock)):
        await until_none(asking, OPEN)
    keys = [key for _, key in system.requests]
    assert len(keys) == len(set(keys)) == 90
    for tree in range(1, 31):
        number = await numbers(asking, tree)
        assert keys.index(f"{tree}.{number['one']}") < keys.index(f"{tree}.{number['two']}")
    assert (await verdict(asking)).violations == []


async def test_a_worker_stopped_for_three_leases_is_overtaken(house: House, database_url: str) -> None:
    await publish_asking(house)
    bus, lease = asking_bus(house), 0.5
    await ask(bus, [1])
    stopped = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.sending_process", database_url, str(lease),
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert stopped.stdin is not None
    assert stopped.stdout is not None
    assert await stopped.stdout.readline() == b"claimed 2\n"
    os.kill(stopped.pid, signal.SIGSTOP)
    await asyncio.sleep(3 * lease)
    claims = DeliveryClaims(house.database, house.clock, timedelta(seconds=lease))
    async with sending(DeliveryWorker(bus, claims, OutsideSystem())):
        await until_none(house, OPEN)
    os.kill(stopped.pid, signal.SIGCONT)
    answer, _ = await stopped.communicate(b"go on\n")
    assert answer == b"False\nFalse\n"
    assert await house.database.fetchval(COMPLETED) == 3
    assert (await verdict(house)).violations == []


@pytest.mark.parametrize(
    "point",
    ["delivery.after_claim", "delivery.before_send", "delivery.after_send", "tree.before_flush", "tree.after_flush",
     "delivery.after_result"],
)  # fmt: skip
async def test_a_delivery_whose_worker_dies_is_answered_once(house: House, database_url: str, point: str) -> None:
    await publish_asking(house)
    await ask(asking_bus(house), [1])
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.sending_process", database_url, "60", "die",
        cwd=ROOT, env={**os.environ, "GUILIU_CRASH": point},
    )  # fmt: skip
    assert await dying.wait() == 137
    async with house.database.unit_of_work() as uow:
        await uow.execute("update delivery set leased_until = clock_timestamp() where leased_until is not null")
    async with sending(sender(house, OutsideSystem())):
        await until_none(house, OPEN)
    assert await house.database.fetchval(COMPLETED) == 3
    assert (await verdict(house)).violations == []


async def test_what_kills_those_who_try_is_given_up_and_people_decide(asking: House, clock: VirtualClock) -> None:
    """A claim that ends without a result is lost; after some in a row nobody sends it by himself any more."""
    await ask(asking_bus(asking), [1])
    claims = DeliveryClaims(asking.database, clock, lease=timedelta())
    for _ in range(MOST_LOST):
        # Claimed by somebody who dies before there is a result.
        assert "first" in [each.job.target for each in await claims.claim(8, ["other"])]
    system = OutsideSystem()
    await round_of(sender(asking, system, clock))
    assert [target for target, _ in system.requests] == ["other"]
    (fault,) = await asking.database.fetch(FAULTS)
    assert "中断" in fault["message_zh"]
    number = (await numbers(asking))["one"]
    await asking_bus(asking).handle(RetryDelivery(actor=WRITER, tree=1, delivery=number))
    await round_of(sender(asking, system, clock))
    assert (await states(asking))["one"] == "done"
    assert (await verdict(asking)).violations == []


async def test_a_target_that_does_not_answer_is_left_alone_and_spends_no_tries(
    asking: House, clock: VirtualClock
) -> None:
    await ask(asking_bus(asking), [1, 2])
    claims = DeliveryClaims(asking.database, clock)
    for _ in range(MOST_FAILURES - 1):
        await claims.circuits.note("other", BROKEN, 0)
    await claims.circuits.note("other", REFUSED, MOST_FAILURES - 1)
    for _ in range(MOST_FAILURES):
        await claims.circuits.note("other", BROKEN, 0)
    system = OutsideSystem()
    worker = sender(asking, system, clock)
    await round_of(worker)
    assert {target for target, _ in system.requests} == {"first"}
    attempts = "select sum(attempts) from delivery where target = 'other'"
    assert await asking.database.fetchval(attempts) == 0
    async with asking.database.unit_of_work() as uow:
        await uow.execute("update target_circuit set open_until = clock_timestamp()")
    await round_of(worker)
    assert {target for target, _ in system.requests} == {"first", "other"}
    assert await asking.database.fetchval("select count(*) from target_circuit") == 0


async def test_tries_in_vain_open_a_circuit_for_longer_each_time(asking: House, clock: VirtualClock) -> None:
    await ask(asking_bus(asking), range(1, MOST_FAILURES + 1))
    system = OutsideSystem(told={"other": [BROKEN] * MOST_FAILURES})
    worker = sender(asking, system, clock)
    await round_of(worker)
    await round_of(worker)
    left = "select extract(epoch from open_until - clock_timestamp()) from target_circuit where target = 'other'"
    first = await asking.database.fetchval(left)
    await DeliveryClaims(asking.database, clock).circuits.note("other", BROKEN, MOST_FAILURES)
    assert await asking.database.fetchval(left) > first
