"""Batches: every item once, whatever stops the worker; refused items do not stop the others."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

from engine.actors import Actor
from engine.batches import (
    BATCH_HANDLERS,
    BatchQueries,
    BatchRunner,
    BatchState,
    BatchWorker,
    CancelBatch,
    ItemState,
    StartBatch,
)
from engine.bus.configuration_commands import ConfigurationCommands
from engine.commands import Command, IdempotencyKey
from engine.errors import Invalid, InvalidState, NotFound
from engine.jsontext import json_value
from engine.storage.migrate import ENGINE_LINE
from tests.integration.engine.conftest import CLERK, House, everyone
from tests.integration.engine.sample_city import SetReadiness


def make_ready(actor: Actor, key: IdempotencyKey, item: Any) -> Command:
    if item == "mistake":
        raise ZeroDivisionError
    return SetReadiness(actor=actor, key=key, tree=item, ready=True)


async def actor_of(identity: str, scopes: frozenset[str]) -> Actor:
    assert (identity, scopes) == (CLERK.id, CLERK.permissions)
    return CLERK


@pytest.fixture
def commands(house: House) -> ConfigurationCommands:
    return ConfigurationCommands(house.database, BATCH_HANDLERS, everyone)


@pytest.fixture
def runner(house: House) -> BatchRunner:
    return BatchRunner(database=house.database, bus=house.bus, kinds={"ready": make_ready}, actor_of=actor_of)


@pytest.fixture
def queries(house: House) -> BatchQueries:
    return BatchQueries(house.database)


async def started(commands: ConfigurationCommands, *items: Any) -> int:
    answer = await commands.handle(StartBatch(actor=CLERK, kind="ready", items=items))
    batch: int = json_value(answer.body)["batch"]
    return batch


async def ended(batch: int, queries: BatchQueries) -> None:
    for _ in range(200):
        if (await queries.progress(batch)).state is not BatchState.RUNNING:
            return
        await asyncio.sleep(0.1)


async def test_every_item_has_its_own_outcome(
    house: House, commands: ConfigurationCommands, runner: BatchRunner, queries: BatchQueries
) -> None:
    await house.report(1)
    await house.report(2)
    batch = await started(commands, 1, 77, "mistake", 2)
    await runner.run(batch)
    progress = await queries.progress(batch)
    assert (progress.state, progress.done, progress.refused, progress.failed) == (BatchState.DONE, 2, 1, 1)
    items = await queries.items(batch)
    assert [item.state for item in items] == [ItemState.DONE, ItemState.REFUSED, ItemState.FAILED, ItemState.DONE]
    assert await house.database.fetchval("select count(*) from note where ready") == 2


async def test_a_batch_taken_up_again_does_nothing_twice(
    house: House, commands: ConfigurationCommands, runner: BatchRunner
) -> None:
    await house.report(1)
    batch = await started(commands, 1)
    await runner.run(batch)
    async with house.database.unit_of_work() as uow:
        # As if the worker had died between the command and its note.
        await uow.execute("update batch_item set state = 'pending', answer = null; update batch set state = 'running'")
    await runner.run(batch)
    assert await house.database.fetchval("select version from tree") == 2


async def test_two_runners_of_one_batch_do_each_item_once(
    house: House, commands: ConfigurationCommands, runner: BatchRunner
) -> None:
    for tree in range(1, 6):
        await house.report(tree)
    batch = await started(commands, *range(1, 6))
    await asyncio.gather(runner.run(batch), runner.run(batch))
    assert await house.database.fetchval("select count(*) from tree where version = 2") == 5


async def test_a_stopping_worker_leaves_the_rest_for_the_next_one(
    house: House, commands: ConfigurationCommands, runner: BatchRunner, queries: BatchQueries
) -> None:
    for tree in (1, 2):
        await house.report(tree)
    batch = await started(commands, 1, 2)
    stopping = iter([False, True])
    await runner.run(batch, lambda: next(stopping))
    progress = await queries.progress(batch)
    assert (progress.state, progress.done) == (BatchState.RUNNING, 1)
    await runner.run(batch)
    assert (await queries.progress(batch)).state is BatchState.DONE


async def test_a_cancelled_batch_stops_and_keeps_what_is_done(
    house: House, commands: ConfigurationCommands, runner: BatchRunner, queries: BatchQueries
) -> None:
    await house.report(1)
    batch = await started(commands, 1)
    await commands.handle(CancelBatch(actor=CLERK, batch=batch))
    await runner.run(batch)
    progress = await queries.progress(batch)
    assert (progress.state, progress.done) == (BatchState.CANCELLED, 0)
    with pytest.raises(InvalidState):
        await commands.handle(CancelBatch(actor=CLERK, batch=batch))


async def test_an_empty_batch_is_refused_and_an_unknown_one_not_found(
    commands: ConfigurationCommands, queries: BatchQueries
) -> None:
    with pytest.raises(Invalid):
        await started(commands)
    with pytest.raises(NotFound):
        await queries.progress(99)


async def test_the_worker_finds_and_finishes_what_was_started(
    house: House, commands: ConfigurationCommands, runner: BatchRunner, queries: BatchQueries
) -> None:
    await house.report(1)
    batch = await started(commands, 1)
    worker = BatchWorker(house.database, runner)
    worker.start()
    try:
        await ended(batch, queries)
    finally:
        await worker.stop()
    assert (await queries.progress(batch)).done == 1


def test_the_schema_of_the_queue_is_the_one_that_was_pinned() -> None:
    text = Path(ENGINE_LINE.folder / "0009_pgqueuer.sql").read_text()
    pinned = text.split("-- ----\n")[1]
    assert pinned.strip() == QueryBuilderEnvironment().build_install_query(create_schema=False).strip()
