"""Many users in front of a server, and what they were told held against the database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from guiliu.load import Latencies, Load, NoWayIn, Outcome, drive, examine_history, read_history
from guiliu.load.agenda import Kind
from guiliu.load.running import moments
from tests.acceptance.city import City

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: What people do in front of a server.
EVERYTHING = {Kind.REPORT, Kind.CLAIM, Kind.COMPLETE, Kind.LIST}
KEPT = "every answer that was given is kept"
THERE = "what was acknowledged is there"
ONCE = "nothing is there more often than it was asked for"


def load(city: City, history: Path, *, seconds: float, rate: float | None = None) -> Load:
    lasting = timedelta(seconds=seconds)
    return Load(urls=(city.address,), lasting=lasting, users=2, rate=rate, seed=5, history=history)


async def broken(city: City, history: Path) -> dict[str, str]:
    found = [diagnosis async for diagnosis in examine_history(city.platform.database, history)]
    assert [diagnosis.subject for diagnosis in found] == [KEPT, THERE, ONCE]
    return {diagnosis.subject: diagnosis.detail for diagnosis in found if not diagnosis.is_well}


@dataclass(frozen=True)
class Driven:
    """What a closed loop left behind."""

    latencies: Latencies
    #: How many answers were told while it ran.
    told: list[int]
    history: Path

    def entries(self) -> list[dict[str, Any]]:
        """The lines of the history, each with a path."""
        return [{"path": "", **json.loads(line)} for line in self.history.read_text().splitlines()]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def driven(city: City, tmp_path_factory: pytest.TempPathFactory) -> Driven:
    history, told, over = tmp_path_factory.mktemp("load") / "closed.jsonl", list[int](), asyncio.Event()

    def tell(so_far: Latencies) -> None:
        told.append(so_far.answered)
        if so_far.of_kind.keys() >= EVERYTHING:
            over.set()

    latencies = await drive(load(city, history, seconds=120), tell, over)
    return Driven(latencies, told, history)


async def test_people_in_a_closed_loop_leave_what_they_were_told(city: City, driven: Driven) -> None:
    latencies = driven.latencies
    assert latencies.of_kind.keys() >= EVERYTHING
    assert latencies.outcomes[Outcome.UNKNOWN] == 0
    assert latencies.answered == driven.told[-1]
    assert latencies.all.percentile(0.5) <= latencies.all.percentile(1.0)
    changes = sum(len(measured.seconds) for kind, measured in latencies.of_kind.items() if kind != Kind.LIST)
    assert len(read_history(driven.history)) == changes
    assert await broken(city, driven.history) == {}


async def test_people_in_an_open_loop_come_whether_or_not_they_are_answered(city: City, tmp_path: Path) -> None:
    history = tmp_path / "open.jsonl"
    asked = load(city, history, seconds=1, rate=20)
    latencies = await drive(asked)
    assert latencies.answered == len(list(moments(asked.lasting, 20, asked.seed)))
    assert await broken(city, history) == {}


def _never_done(entries: list[dict[str, Any]]) -> None:
    done = next(each for each in entries if each["path"].endswith("/complete"))
    answer = next(each for each in entries if each["key"] == done["key"] and each["event"] == "ok")
    invented = done["path"].replace("/complete", "999/complete")
    entries += [{**done, "key": "invented", "path": invented}, {**answer, "key": "invented"}]


def _done_though_refused(entries: list[dict[str, Any]]) -> None:
    report = next(each for each in entries if each["path"] == "/cases")
    for entry in entries:
        if entry["key"] == report["key"] and entry["event"] == "ok":
            entry["event"] = "failed"


def _told_otherwise(entries: list[dict[str, Any]]) -> None:
    next(each for each in entries if each["event"] == "ok")["answer"] = "{}"


@pytest.mark.parametrize(
    ("damage", "laws"),
    [(_never_done, {KEPT, THERE}), (_done_though_refused, {ONCE}), (_told_otherwise, {KEPT})],
)
async def test_what_does_not_agree_is_named(
    city: City, driven: Driven, tmp_path: Path, damage: Callable[[list[dict[str, Any]]], None], laws: set[str]
) -> None:
    entries = driven.entries()
    damage(entries)
    history = tmp_path / "damaged.jsonl"
    history.write_text("\n".join(json.dumps(entry) for entry in entries) + "\n")
    assert (await broken(city, history)).keys() == laws


async def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    nowhere = Load(
        urls=("http://127.0.0.1:1",),
        lasting=timedelta(seconds=1),
        users=1,
        rate=None,
        seed=1,
        history=tmp_path / "none.jsonl",
    )
    with pytest.raises(NoWayIn, match="cannot be reached"):
        await drive(nowhere)
