"""Rounds go on while there is work, rest until the next is due or somebody wakes them, and outlive what fails."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from engine import rounds
from engine.errors import Unavailable
from engine.rounds import Rounds


class Work:
    """Does what the next answer says, and tells when the answers are used up."""

    def __init__(self, *answers: bool | Exception) -> None:
        self.answers = list(answers)
        self.left_at_pauses: list[int] = []
        self.pausing = asyncio.Event()
        self.done = asyncio.Event()

    async def work(self) -> bool:
        answer = self.answers.pop(0) if self.answers else False
        if not self.answers:
            self.done.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def pause(self) -> timedelta | None:
        self.left_at_pauses.append(len(self.answers))
        self.pausing.set()
        return None


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "LONGEST_PAUSE", 0.001)


async def test_rounds_follow_at_once_while_there_is_work() -> None:
    work = Work(True, True, True)
    going = Rounds("test", work.work, work.pause)
    going.start()
    await work.done.wait()
    await going.stop()
    assert set(work.left_at_pauses) <= {0}


async def test_a_round_that_fails_is_not_the_last() -> None:
    work = Work(ValueError("a mistake"), Unavailable("away", "不在", "away"), False)
    going = Rounds("test", work.work, work.pause)
    going.start()
    await work.done.wait()
    await going.stop()


async def test_resting_ends_when_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "LONGEST_PAUSE", 3600)
    work = Work(False, False)
    going = Rounds("test", work.work, work.pause)
    going.start()
    await work.pausing.wait()
    going.wake()
    await work.done.wait()
    await going.stop()
    await going.stop()
