"""The process beside ours: there when needed, ended when it hangs, replaced when it died."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from engine.errors import Invalid, Unavailable
from processes.contents import RegisterName
from processes.files import FileDesk, FileFormat, ReadFile, WriteFile, desk, process

DIVISIONS = ReadFile(register=RegisterName.DIVISIONS, content="代码,名称\n152201000000,市\n".encode())


@pytest.fixture
async def files() -> AsyncIterator[FileDesk]:
    """A desk whose process has not begun."""
    opened = FileDesk()
    yield opened
    await opened.close()


def pid_of(files: FileDesk) -> int:
    running = files._process._running
    assert running is not None
    return running.pid


async def test_one_process_serves_many_files(files: FileDesk) -> None:
    first = await files.read(DIVISIONS)
    pid = pid_of(files)
    written = await files.write(WriteFile(register=RegisterName.DIVISIONS, format=FileFormat.CSV, lines=first.lines))
    assert "152201000000,市" in written.decode("utf-8-sig")
    assert pid_of(files) == pid


async def test_files_sent_at_once_are_answered_each_with_its_own(files: FileDesk) -> None:
    requests = [
        ReadFile(register=RegisterName.DIVISIONS, content=f"代码,名称\n15220{number}000000,市\n".encode())
        for number in range(1, 6)
    ]
    answers = await asyncio.gather(*map(files.read, requests))
    assert [f"15220{number}000000" in answer.lines[0] for number, answer in enumerate(answers, 1)] == [True] * 5


async def test_a_refused_file_leaves_the_process_as_it_was(files: FileDesk) -> None:
    with pytest.raises(Invalid) as refused:
        await files.read(ReadFile(register=RegisterName.GRIDS, content=b"{}"))
    assert (refused.value.code, refused.value.pointer) == ("malformed_geojson", "/type")
    pid = pid_of(files)
    assert (await files.read(DIVISIONS)).report.rows_read == 1
    assert pid_of(files) == pid


async def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(
    files: FileDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await files.read(DIVISIONS)
    os.kill(pid_of(files), signal.SIGSTOP)
    with monkeypatch.context() as impatient:
        impatient.setattr(process, "PATIENCE", timedelta(milliseconds=50))
        with pytest.raises(Invalid) as refused:
            await files.read(DIVISIONS)
    assert refused.value.code == "file_too_costly"
    assert (await files.read(DIVISIONS)).report.rows_read == 1


async def test_a_process_that_died_is_a_defect_once_and_then_replaced(files: FileDesk) -> None:
    await files.read(DIVISIONS)
    os.kill(pid_of(files), signal.SIGSTOP)
    asking = asyncio.create_task(files.read(DIVISIONS))
    await asyncio.sleep(0)
    os.kill(pid_of(files), signal.SIGKILL)
    with pytest.raises(RuntimeError):
        await asking
    assert (await files.read(DIVISIONS)).report.rows_read == 1


async def test_a_caller_who_leaves_does_not_spoil_the_next_answer(files: FileDesk) -> None:
    await files.read(DIVISIONS)
    leaving = asyncio.create_task(files.read(DIVISIONS))
    await asyncio.sleep(0)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    other = ReadFile(register=RegisterName.DIVISIONS, content="代码,名称\n152202000000,别处\n".encode())
    assert "别处" in (await files.read(other)).lines[0]


async def test_too_many_at_once_are_asked_to_come_again(files: FileDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST_WAITING", 2)
    outcomes = await asyncio.gather(*(files.read(DIVISIONS) for _ in range(4)), return_exceptions=True)
    assert [isinstance(outcome, Unavailable) for outcome in outcomes] == [False, False, True, True]


async def test_an_idle_process_is_given_back(files: FileDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "IDLE_LIMIT", timedelta(0))
    await files.read(DIVISIONS)
    running = files._process._running
    assert running is not None
    await running.wait()
    assert files._process._running is None
