"""The store in memory and the one in PostgreSQL give the same answers and the same events."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.clock import VirtualClock
from engine.commands import AssignTask, ClaimTask, CompleteTask, SaveDraft
from engine.errors import Forbidden, InvalidState, Refusal
from engine.memory_store import MemoryStore
from engine.storage.event_log import EventLog
from engine.store import Conflict, LoadRequest, Store
from engine.work import TreeWork
from tests.integration.engine.conftest import CHECKER, CLERK, DIAGRAM, GUEST, WRITER, House, key
from tests.integration.engine.sample_city import ReadinessChanged, ReportNote, SetReadiness
from tests.integration.engine.test_conflicts import DisturbedStore

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
TABLES = (
    "thrown_message",
    "used_message",
    "instance",
    "task",
    "task_draft",
    "timer",
    "subscription",
    "fault",
    "procedure",
    "delivery",
    "note",
)
NAMES: dict[str, Any] = {"actor": WRITER, "tree": 1}


@pytest.fixture
async def memory(house: House) -> MemoryStore:
    await house.snapshot.load()
    store = MemoryStore(TABLES, VirtualClock(NOON), {hashlib.sha256(DIAGRAM).digest(): DIAGRAM})
    store.epoch = house.snapshot.epoch
    return store


async def walk(house: House, store: Store) -> list[object]:
    """A walk with successes, refusals and repeated keys; what each command answered."""
    bus = house.bus_over(store)
    first = await bus.handle(ReportNote(**NAMES, title="x", key=key(WRITER, "a")))
    task = next(iter((await store.load(LoadRequest(tree=1))).rows["task"]))
    commands = [
        ReportNote(**NAMES, title="x", key=key(WRITER, "a")),
        CompleteTask(**NAMES, task=task, data={"body": "y"}, key=key(WRITER, "b")),
        ClaimTask(**NAMES, task=task),
        ClaimTask(**NAMES, task=task),
        AssignTask(actor=CLERK, tree=1, task=task, assignee=CHECKER.id),
        AssignTask(actor=CLERK, tree=1, task=task, assignee=WRITER.id),
        SaveDraft(**NAMES, task=task, data={"body": "z"}),
        SaveDraft(**NAMES, task=task, data={"body": "z"}, expected=0),
        SetReadiness(actor=GUEST, tree=1, ready=True),
        CompleteTask(**NAMES, task=task, data={"body": "y"}, key=key(WRITER, "b")),
        CompleteTask(**NAMES, task=task, data={"body": "y"}, key=key(WRITER, "c")),
        CompleteTask(**NAMES, task=task, data={"body": "y"}),
    ]
    outcomes: list[object] = [first.body]
    for command in commands:
        try:
            outcomes.append((await bus.handle(command)).body)
        except Refusal as refusal:
            outcomes.append((type(refusal), refusal.as_json()))
    return outcomes


async def test_both_stores_answer_the_same(house: House, memory: MemoryStore) -> None:
    stored = await walk(house, House(house.database, VirtualClock(NOON)).store)
    kept = await walk(house, memory)
    assert kept == stored
    log = EventLog(house.database, house.catalogue)
    assert [recorded.hash for recorded in memory.events(1)] == [recorded.hash for recorded in await log.events(1)]
    assert {outcome[0] for outcome in kept if isinstance(outcome, tuple)} >= {InvalidState, Forbidden}


async def test_a_command_overtaken_by_another_is_decided_again_in_memory_too(house: House, memory: MemoryStore) -> None:
    bus = house.bus_over(memory)
    await bus.handle(ReportNote(**NAMES, title="x"))
    disturbed = DisturbedStore(memory, lambda: bus.handle(SetReadiness(actor=CLERK, tree=1, ready=False)))
    await house.bus_over(disturbed).handle(SetReadiness(actor=CLERK, tree=1, ready=True))
    assert disturbed.loads == 2
    assert memory.rows(1, "note")[0].ready is True


async def test_of_two_flushes_of_one_picture_the_second_is_a_conflict(house: House, memory: MemoryStore) -> None:
    await house.bus_over(memory).handle(ReportNote(**NAMES, title="x"))
    loaded = await memory.load(LoadRequest(tree=1))
    work = TreeWork(SetReadiness(actor=CLERK, tree=1, ready=True), loaded, house.surroundings)
    work.record(ReadinessChanged(ready=True))
    await memory.flush(work.flush())
    with pytest.raises(Conflict):
        await memory.flush(work.flush())
