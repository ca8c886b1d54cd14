"""Conflicts are repeated, everything else is not."""

from __future__ import annotations

import pytest

from engine.bus.repetition import MOST_ATTEMPTS, PATIENCE, repeated
from engine.errors import NotFound, Unavailable
from engine.store import Conflict


class Attempts:
    def __init__(self, *outcomes: Exception | str) -> None:
        self.outcomes = list(outcomes)
        self.count = 0

    async def __call__(self) -> str:
        self.count += 1
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def test_a_conflict_is_tried_again() -> None:
    attempts = Attempts(Conflict("one"), Conflict("two"), "through")
    assert await repeated(attempts) == "through"
    assert attempts.count == 3


async def test_a_refusal_is_not_tried_again() -> None:
    attempts = Attempts(NotFound("case_not_found", "没有", "none"), "never")
    with pytest.raises(NotFound):
        await repeated(attempts)
    assert attempts.count == 1


async def test_no_attempt_is_made_when_time_is_up() -> None:
    attempts = Attempts(Conflict("slow"), Conflict("slower"), "too late")
    seconds = iter([0.0, PATIENCE / 2, PATIENCE * 2])
    with pytest.raises(Unavailable):
        await repeated(attempts, lambda: next(seconds))
    assert attempts.count == 2


async def test_attempts_are_bounded() -> None:
    attempts = Attempts(*[Conflict("again")] * (MOST_ATTEMPTS + 1))
    with pytest.raises(Unavailable):
        await repeated(attempts)
    assert attempts.count == MOST_ATTEMPTS
