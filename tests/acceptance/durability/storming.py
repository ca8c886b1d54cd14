"""Storms: people work without a pause while processes are killed; then all must come to rest."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import cycle

from tests.acceptance.durability.supervised import Installation
from tests.acceptance.walk.paths import PATHS
from tests.acceptance.walk.walking import walk

#: Seconds after the storm in which whatever was begun must come to its end.
QUIET = 120.0
#: Seconds to look away between two looks.
GLANCE = 0.02


@dataclass(frozen=True, kw_only=True)
class Storm:
    """How long at least, how many people, how often something is killed; every fault happens."""

    seconds: float
    clients: int = 8
    #: Seconds between two faults, at most.
    pause: float = 3.0
    seed: int = 1
    faults: tuple[str, ...] = ("one worker", "all workers", "the database")


@dataclass
class Tally:
    """What happened."""

    faults: Counter[str] = field(default_factory=Counter)
    #: Seconds from each fault to the answer of something asked after it.
    recoveries: dict[str, list[float]] = field(default_factory=dict)
    #: Seconds until everything begun had ended, once nothing was killed any more.
    quiet: float = 0.0

    def __str__(self) -> str:
        faults = ", ".join(
            f"{count} × {name} (next answer after at most {max(self.recoveries[name]):.1f} s)"
            for name, count in sorted(self.faults.items())
        )
        return f"{sum(self.faults.values())} kills: {faults}; at rest {self.quiet:.1f} s after the storm"


async def storm(installation: Installation, plan: Storm) -> Tally:
    """Let people walk paths through a storm, and each path to its end after it."""
    chance, tally, over = random.Random(plan.seed), Tally(), asyncio.Event()
    faults = cycle(plan.faults)
    async with asyncio.timeout(plan.seconds + 2 * QUIET), asyncio.TaskGroup() as group:
        for number in range(plan.clients):
            group.create_task(_work(installation, random.Random(plan.seed * 1000 + number), over))
        ends = time.perf_counter() + plan.seconds
        while time.perf_counter() < ends or not tally.faults.keys() >= set(plan.faults):
            await asyncio.sleep(chance.uniform(plan.pause / 3, plan.pause))
            await _strike(installation, next(faults), tally)
        over.set()
        ended = time.perf_counter()
    tally.quiet = time.perf_counter() - ended
    return tally


async def _work(installation: Installation, chance: random.Random, over: asyncio.Event) -> None:
    while not over.is_set():
        await walk(installation.line, chance.choice(PATHS))


async def _strike(installation: Installation, fault: str, tally: Tally) -> None:
    struck = time.perf_counter()
    await _FAULTS[fault](installation)
    while installation.line.history.answered_until < struck:  # noqa: ASYNC110 - the people do not tell
        await asyncio.sleep(GLANCE)
    tally.faults[fault] += 1
    tally.recoveries.setdefault(fault, []).append(time.perf_counter() - struck)


async def _kill_worker(installation: Installation) -> None:
    installation.kill_worker()


async def _kill_workers(installation: Installation) -> None:
    installation.kill_workers()


_FAULTS: dict[str, Callable[[Installation], Awaitable[None]]] = {
    "one worker": _kill_worker,
    "all workers": _kill_workers,
    "the database": Installation.kill_database,
}
