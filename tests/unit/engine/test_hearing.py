"""Whoever hears of commits is called at once when it was quiet, and once for a crowd of them."""

from __future__ import annotations

import asyncio

import pytest

from engine.feed import hearing
from engine.feed.hearing import Hearers


class Ear:
    """Counts calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.called = asyncio.Event()

    def __call__(self) -> None:
        self.calls += 1
        self.called.set()


async def test_the_first_is_told_at_once_and_a_crowd_later_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "INTERVAL", 3600)
    hearers, ear = Hearers(), Ear()
    hearers.add(ear)
    hearers.tell()
    await ear.called.wait()
    for _ in range(100):
        hearers.tell()
    assert ear.calls == 1
    hearers.stop()
    hearers.stop()


async def test_what_comes_after_a_call_is_told_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "INTERVAL", 0.001)
    hearers, ear = Hearers(), Ear()
    hearers.add(ear)
    for number in range(1, 4):
        hearers.tell()
        await ear.called.wait()
        ear.called.clear()
        assert ear.calls == number
