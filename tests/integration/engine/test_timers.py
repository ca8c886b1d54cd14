"""Timers on PostgreSQL: each fires once and never early, whoever claims it, whatever happens to the claimer."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.clock import DatabaseClock, VirtualClock
from engine.commands import ClaimTask, CompleteTask, FireTimer
from engine.jsontext import json_value
from engine.storage.database import Database
from engine.timers import TimerClaims, TimerWorker, timer_lateness
from engine.timers.worker import TIMER
from tests.integration.engine.conftest import WRITER, House
from tests.integration.engine.waiting import begin, publish_waiting, verdict, waiting_bus

ROOT = Path(__file__).parents[3]
#: Ahead of every real clock, so that no timer of a virtual one looks forgotten.
NOON = datetime(2199, 3, 1, 4, tzinfo=UTC)
FIRED = "select count(*) from event where type = 'TimerFired'"
WAITING = "select count(*) from timer where state = 'armed' and element = 'wait'"
HOUR = timedelta(hours=1)


@pytest.fixture
async def clock() -> VirtualClock:
    return VirtualClock(NOON)


@pytest.fixture
async def waiting(house: House, clock: VirtualClock) -> AsyncIterator[House]:
    """A house whose time stands still, with the waiting diagram."""
    await publish_waiting(house)
    still = House(house.database, clock)
    yield still
    await still.bus.drain()


def worker(house: House, clock: VirtualClock | DatabaseClock) -> TimerWorker:
    return TimerWorker(waiting_bus(house), TimerClaims(house.database, clock))


@asynccontextmanager
async def working(*workers: TimerWorker) -> AsyncIterator[None]:
    for each in workers:
        each.start()
    try:
        yield
    finally:
        for each in workers:
            await each.stop()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():  # noqa: ASYNC110 - what is waited for happens in the database
            await asyncio.sleep(0.02)


async def fire(house: House, timer: Any, lease: int) -> bool:
    command = FireTimer(actor=TIMER, tree=timer["tree"], timer=timer["id"], lease=lease)
    return bool(json_value((await waiting_bus(house).handle(command)).body)["fired"])


async def test_nothing_is_claimed_before_its_moment_and_everything_after(waiting: House, clock: VirtualClock) -> None:
    await begin(waiting_bus(waiting), range(1, 4), "PT1H")
    one = worker(waiting, clock)
    clock.now = NOON + HOUR - timedelta(microseconds=1)
    assert await one.fire_due() == 0
    clock.now = NOON + HOUR
    assert await one.fire_due() == 3
    assert await one.fire_due() == 0
    assert await waiting.database.fetchval("select count(*) from task where element = 'write'") == 3
    assert (await verdict(waiting)).violations == []


async def test_a_jump_of_the_clock_fires_a_cycle_once_and_it_goes_on_in_step(
    waiting: House, clock: VirtualClock
) -> None:
    await begin(waiting_bus(waiting), [1])
    one = worker(waiting, clock)
    clock.now = NOON + timedelta(seconds=1)
    await one.fire_due()
    clock.now = NOON + timedelta(hours=5, minutes=20)
    assert [await one.fire_due(), await one.fire_due()] == [1, 0]
    row = await waiting.database.fetchrow("select due_at from timer where state = 'armed'")
    assert row is not None
    assert row["due_at"] == NOON + timedelta(hours=6, seconds=1)


async def test_completing_the_task_cancels_its_timer_for_good(waiting: House, clock: VirtualClock) -> None:
    bus, one = waiting_bus(waiting), worker(waiting, clock)
    await begin(bus, [1])
    clock.now = NOON + timedelta(seconds=1)
    await one.fire_due()
    task = await waiting.database.fetchval("select id from task where tree = 1")
    await bus.handle(ClaimTask(actor=WRITER, tree=1, task=task))
    await bus.handle(CompleteTask(actor=WRITER, tree=1, task=task))
    clock.now = NOON + 9 * HOUR
    assert await one.fire_due() == 0
    states = await waiting.database.fetch("select element, state from timer order by id")
    assert [tuple(row) for row in states] == [("wait", "fired"), ("remind", "cancelled")]
    assert (await verdict(waiting)).violations == []


async def test_a_command_under_an_older_lease_or_before_its_time_has_no_effect(
    waiting: House, clock: VirtualClock
) -> None:
    await begin(waiting_bus(waiting), [1])
    timer = await waiting.database.fetchrow("select tree, id from timer")
    assert not await fire(waiting, timer, 0)
    clock.now = NOON + timedelta(seconds=1)
    claims = TimerClaims(waiting.database, clock, timedelta(0))
    assert [claimed.lease for claimed in [*await claims.claim(5), *await claims.claim(5)]] == [1, 2]
    assert not await fire(waiting, timer, 1)
    assert await fire(waiting, timer, 2)
    assert not await fire(waiting, timer, 2)
    assert await waiting.database.fetchval(FIRED) == 1


async def test_two_claimers_never_hold_the_same_timer(waiting: House, clock: VirtualClock) -> None:
    await begin(waiting_bus(waiting), range(1, 41))
    clock.now = NOON + timedelta(seconds=1)
    claims = [TimerClaims(waiting.database, clock) for _ in range(4)]
    held = [timer for batch in await asyncio.gather(*(each.claim(15) for each in claims)) for timer in batch]
    assert len(held) == len({timer.tree for timer in held}) == 40


async def test_two_workers_fire_two_thousand_timers_due_in_one_second_each_once(
    waiting: House, clock: VirtualClock
) -> None:
    """One case is stored by the bus and copied in SQL, so that the test is about firing."""
    await begin(waiting_bus(waiting), [64])
    async with waiting.database.unit_of_work() as uow:
        for table, columns in COPIED.items():
            copies = f"select n * 64, {columns} from {table}, generate_series(2, 2000) n where {KEY[table]} = 64"  # noqa: S608 - constants
            await uow.execute(f"insert into {table} {copies}")
    clock.now = NOON + timedelta(seconds=1)
    async with working(worker(waiting, clock), worker(waiting, clock)):
        await until(lambda: _is_zero(waiting.database, WAITING))
    counted = "select count(*) as fired, count(distinct tree) as trees from event where type = 'TimerFired'"
    assert tuple(await waiting.database.fetchrow(counted) or ()) == (2000, 2000)


#: What a tree's copy takes over; its events are not copied.
COPIED = {
    "tree": "version, seq, hash, state, open, created_at",
    "instance": "id, definition_key, definition_sha, state, started_at, ended_at",
    "timer": "id, instance, element, name, attached_to, due_at, state, armed_at, ended_at, lease, leased_until",
    "note": "title, stage, ready",
}
KEY = {"tree": "id", "instance": "tree", "timer": "tree", "note": "tree"}


async def _is_zero(database: Database, query: str) -> bool:
    return bool(await database.fetchval(query) == 0)


async def test_a_worker_by_the_databases_clock_fires_soon_and_never_early(house: House) -> None:
    await publish_waiting(house)
    async with working(worker(house, DatabaseClock())):
        await begin(waiting_bus(house), range(1, 6))
        await until(lambda: _is_zero(house.database, WAITING))
    early = "select count(*) from timer where element = 'wait' and ended_at < due_at"
    assert await house.database.fetchval(early) == 0
    late = await timer_lateness(house.database, DatabaseClock())
    assert (late.overdue, late.fired) == (0, 5)
    assert timedelta(0) <= late.median <= late.p99


async def test_a_worker_that_loses_its_connections_goes_on(house: House) -> None:
    await publish_waiting(house)
    async with working(worker(house, DatabaseClock())):
        for tree in range(1, 4):
            await begin(waiting_bus(house), [tree])
            await _terminate_connections(house.database)
        await until(lambda: _is_zero(house.database, WAITING))
    assert await house.database.fetchval(FIRED) == 3
    assert (await verdict(house)).violations == []


async def _terminate_connections(database: Database) -> None:
    await database.fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )


async def test_a_worker_stopped_for_three_leases_is_overtaken(house: House, database_url: str) -> None:
    await publish_waiting(house)
    bus, lease = waiting_bus(house), 0.4
    await begin(bus, [1])
    await asyncio.sleep(1.1)
    stopped = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.timer_process", database_url, str(lease),
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert stopped.stdin is not None
    assert stopped.stdout is not None
    assert await stopped.stdout.readline() == b"claimed 1\n"
    os.kill(stopped.pid, signal.SIGSTOP)
    async with working(TimerWorker(bus, TimerClaims(house.database, DatabaseClock(), timedelta(seconds=lease)))):
        await until(lambda: _is_zero(house.database, WAITING))
        await asyncio.sleep(3 * lease)
    os.kill(stopped.pid, signal.SIGCONT)
    answer, _ = await stopped.communicate(b"go on\n")
    assert answer == b"False\n"
    assert await house.database.fetchval("select lease from timer where element = 'wait'") == 2
    assert await house.database.fetchval(FIRED) == 1
    assert (await verdict(house)).violations == []


@pytest.mark.parametrize("point", ["timer.after_claim", "tree.before_flush", "tree.after_flush", "timer.after_fire"])
async def test_a_timer_whose_worker_dies_fires_once(house: House, database_url: str, point: str) -> None:
    await publish_waiting(house)
    bus = waiting_bus(house)
    await begin(bus, [1])
    await asyncio.sleep(1.1)
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.dying_worker", database_url,
        cwd=ROOT, env={**os.environ, "GUILIU_CRASH": point},
    )  # fmt: skip
    assert await dying.wait() == 137
    async with house.database.unit_of_work() as uow:
        await uow.execute("update timer set leased_until = clock_timestamp() where leased_until is not null")
    async with working(worker(house, DatabaseClock())):
        await until(lambda: _is_zero(house.database, WAITING))
    assert await house.database.fetchval(FIRED) == 1
    assert await house.database.fetchval("select count(*) from task where element = 'write'") == 1
    assert (await verdict(house)).violations == []
