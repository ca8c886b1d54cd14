"""Whoever dies at a crash point leaves a whole command or none, and the repeated request gets one answer."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from engine.crash import EXIT_CODE
from tests.integration.engine.conftest import House

ROOT = Path(__file__).parents[3]


async def run_process(url: str, crash: str) -> tuple[int | None, bytes]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.crashing_process", url,
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
    code, _ = await run_process(database_url, point)
    assert code == EXIT_CODE
    assert await house.database.fetchval("select count(*) from tree") == commands_kept
    code, first = await run_process(database_url, "")
    again, second = await run_process(database_url, "")
    assert (code, again) == (0, 0)
    assert first == second
    assert await house.database.fetchval("select version from tree") == 1
    assert await house.database.fetchval("select count(*) from event where type = 'NoteReported'") == 1


async def test_an_unknown_crash_point_stops_the_process_at_once(database_url: str) -> None:
    code, _ = await run_process(database_url, "tree.nowhere")
    assert code == 1
