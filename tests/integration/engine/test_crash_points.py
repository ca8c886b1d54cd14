"""Whoever dies at a crash point leaves a whole command or none, and what is done again has one effect."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from engine.anchors import Anchors
from engine.batches import BATCH_HANDLERS, BatchQueries, BatchState, StartBatch
from engine.bus.configuration_commands import ConfigurationCommands
from engine.crash import EXIT_CODE
from engine.jsontext import json_value
from engine.storage.anchored_heads import AnchoredHeads
from tests.integration.engine.conftest import CLERK, House, everyone

ROOT = Path(__file__).parents[3]
ITEMS = (1, 2, 3)


async def run_process(url: str, deed: str, argument: str, crash: str = "") -> tuple[int | None, bytes]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.crashing_process", url, deed, argument,
        cwd=ROOT, env={**os.environ, "GUILIU_CRASH": crash}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    return process.returncode, output


@pytest.mark.parametrize(
    ("point", "commands_kept"), [("tree.before_flush", 0), ("tree.after_flush", 1), ("bus.before_answer", 1)]
)
async def test_a_command_whose_process_dies_is_done_once(
    house: House, database_url: str, point: str, commands_kept: int
) -> None:
    code, _ = await run_process(database_url, "report", "x", point)
    assert code == EXIT_CODE
    assert await house.database.fetchval("select count(*) from tree") == commands_kept
    code, first = await run_process(database_url, "report", "x")
    again, second = await run_process(database_url, "report", "x")
    assert (code, again) == (0, 0)
    assert first == second
    assert await house.database.fetchval("select version from tree") == 1
    assert await house.database.fetchval("select count(*) from event where type = 'NoteReported'") == 1


@pytest.mark.parametrize(("point", "items_done"), [("batch.before_item", 1), ("batch.after_item", 2)])
async def test_a_batch_whose_worker_dies_does_every_item_once(
    house: House, database_url: str, point: str, items_done: int
) -> None:
    for item in ITEMS:
        await house.report(item)
    starting = ConfigurationCommands(house.database, BATCH_HANDLERS, everyone)
    answer = await starting.handle(StartBatch(actor=CLERK, kind="ready", items=ITEMS))
    batch = json_value(answer.body)["batch"]
    assert (await run_process(database_url, "run_batch", str(batch), f"{point}:2"))[0] == EXIT_CODE
    assert await house.database.fetchval("select count(*) from tree where version = 2") == items_done
    assert (await run_process(database_url, "run_batch", str(batch)))[0] == 0
    assert await house.database.fetchval("select count(*) from tree where version = 2") == len(ITEMS)
    progress = await BatchQueries(house.database).progress(batch)
    assert (progress.state, progress.done) == (BatchState.DONE, len(ITEMS))


@pytest.mark.parametrize(("point", "lines_kept"), [("anchor.before_write", 0), ("anchor.after_write", 1)])
async def test_anchors_hold_when_their_writer_dies(
    house: House, database_url: str, tmp_path: Path, point: str, lines_kept: int
) -> None:
    await house.report(1)
    path = tmp_path / "heads.jsonl"
    assert (await run_process(database_url, "write_anchor", str(path), point))[0] == EXIT_CODE
    assert len(path.read_bytes().splitlines() if path.exists() else ()) == lines_kept
    await house.report(2)
    assert (await run_process(database_url, "write_anchor", str(path)))[0] == 0
    assert await Anchors(path, AnchoredHeads(house.database)).verify() == []
    assert len(path.read_bytes().splitlines()) == lines_kept + 1


async def test_an_unknown_crash_point_stops_the_process_at_once(database_url: str) -> None:
    code, _ = await run_process(database_url, "report", "x", "tree.nowhere")
    assert code == 1
