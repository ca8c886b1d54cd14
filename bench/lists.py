"""What people look at all day, over a large city: lists of tasks and cases, the board, searches, histories.

A million cases of which one in twenty is open, with their events, and a million open tasks, unless ``BENCH_CASES``
gives another number. Everything is asked through the queries that the routes ask, of durable tables.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from api.resources.cases import CaseFilter
from api.resources.tasks import TaskFilter
from bench.house import cpu_seconds, family, postmaster_of
from bench.load import LoadResult
from bench.report import Bar, Report
from bench.volume import Volume, add_tasks, fill, groups_of
from engine.actors import Actor
from engine.storage.migrate import migrate
from guiliu.platform import Platform, build_platform, open_platform
from guiliu.postgres import EmbeddedServer
from guiliu.preparing import seed_city
from guiliu.schema import LINES
from guiliu.settings import read_settings
from guiliu.simulation import CityDays, simulate
from processes.access import Permission

CASES = 1_000_000
OPEN_SHARE = 0.05
ASKED = 200
#: A group's size of page, as the pages ask.
LIMIT = 50
_SOME_NUMBERS = "select number from cases tablesample system (1) limit 500"
SEES_ALL = Actor(
    id="user:1", name="supervisor", groups=frozenset({"supervisor"}),
    permissions=frozenset({Permission.SUPERVISION_READ, Permission.CASE_READ_ALL}), audience=None,
)  # fmt: skip


async def _played(url: str, home: Path) -> None:
    """The cases that are copied."""
    settings = read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})
    async with open_platform(build_platform(settings, url)) as platform:
        await seed_city(platform)
    end = datetime.now(settings.zone).replace(microsecond=0)
    await simulate(settings, url, CityDays(days=6, cases=120, seed=1, end=end))


class Bench:
    """One platform over the large city, and what is asked of it."""

    def __init__(self, platform: Platform, connection: asyncpg.Connection, report: Report, volume: Volume) -> None:
        self.platform = platform
        self.connection = connection
        self.report = report
        self.volume = volume
        self.random = Random(1)
        self.postmaster = postmaster_of(platform.settings.home)

    async def run(self) -> None:
        """Everything."""
        await self.fill()
        await self.board()
        await self.cases()
        await self.histories()
        await add_tasks(self.connection, self.volume)
        await self.tasks()

    async def fill(self) -> None:
        """Make the city, and say what it is."""
        began = time.perf_counter()
        await fill(self.connection, self.volume)
        self.report.add("  filling took", time.perf_counter() - began, "s")
        for name, sql in (
            ("cases", "select count(*) from cases"),
            ("  of which open", "select count(*) from cases where is_open"),
            ("events", "select count(*) from event"),
            ("armed timers", "select count(*) from timer where state = 'armed'"),
            ("  on disk", "select pg_database_size(current_database()) / 1048576.0"),
        ):
            self.report.add(name, await self.connection.fetchval(sql), "MB" if name == "  on disk" else "")

    async def board(self) -> None:
        """The supervisor's board, for who sees all and for who sees a part."""
        await self.ask("board", lambda: self.platform.cases.board(SEES_ALL), Bar(at_most=100))
        unit = await self.a_unit()
        await self.ask("board of a unit's own cases", lambda: self.platform.cases.board(unit), Bar(at_most=100))
        await self.ask("timers due next", lambda: self.platform.cases.timers(SEES_ALL, None, LIMIT))

    async def cases(self) -> None:
        """Lists of cases and searches."""
        since = datetime.now(UTC) - timedelta(days=7)
        subcategories = [row[0] for row in await self.connection.fetch("select distinct subcategory from cases")]
        numbers = [row[0] for row in await self.connection.fetch(_SOME_NUMBERS)]
        asked: dict[str, Callable[[], CaseFilter]] = {
            "cases, newest first": CaseFilter,
            "cases, open and overdue": lambda: CaseFilter(open=True, overdue=True),
            "cases, red lamp": lambda: CaseFilter(lamp="red"),
            "cases of a sub-category": lambda: CaseFilter(category=self.random.choice(subcategories)),
            "cases in disposal, last week": lambda: CaseFilter(stage="disposal", reported_from=since),
            "search, a common word": lambda: CaseFilter(text="小区门前"),
            "search, two rare characters": lambda: CaseFilter(text="消防"),
            "search, a number": lambda: CaseFilter(text=self.random.choice(numbers)),
        }
        for name, wanted in asked.items():
            await self.ask(name, lambda wanted=wanted: self.listed(SEES_ALL, wanted()))
        unit = await self.a_unit()
        await self.ask("cases that a clerk may see", lambda: self.listed(unit, CaseFilter()))

    async def histories(self) -> None:
        """The history of one case among millions of events."""
        trees = [
            row[0] for row in await self.connection.fetch("select tree from cases tablesample system (1) limit 500")
        ]
        await self.ask("events of a case", lambda: self.platform.log.events(self.random.choice(trees)))

    async def tasks(self) -> None:
        """Lists of tasks of callers who are in three of the groups."""
        count = await self.connection.fetchval("select count(*) from task where state = 'open'")
        self.report.add(f"open tasks in {self.volume.groups} groups", count, "")
        soon = datetime.now(UTC) + timedelta(days=1)
        asked: dict[str, Callable[[], TaskFilter]] = {
            "tasks, oldest first": TaskFilter,
            "tasks, soonest due first": lambda: TaskFilter(sort="due"),
            "tasks of a stage, soonest due": lambda: TaskFilter(stage="disposal", sort="due"),
            "tasks, red lamp, soonest due": lambda: TaskFilter(lamp="red", sort="due"),
            "tasks, red lamp, oldest first": lambda: TaskFilter(lamp="red"),
            "tasks, yellow lamp, oldest first": lambda: TaskFilter(lamp="yellow"),
            "tasks, yellow lamp, soonest": lambda: TaskFilter(lamp="yellow", sort="due"),
            "tasks, green lamp, oldest first": lambda: TaskFilter(lamp="green"),
            "tasks due within a day": lambda: TaskFilter(due_before=soon, sort="due"),
            "tasks of one group": lambda: TaskFilter(group=f"bench-{self.random.randint(1, self.volume.groups)}"),
            "tasks that I have": lambda: TaskFilter(mine=True),
        }
        for name, wanted in asked.items():
            await self.ask(name, lambda wanted=wanted: self.offered(wanted()), Bar(at_most=20))

    async def listed(self, actor: Actor, wanted: CaseFilter) -> Any:
        """A page of cases."""
        return await self.platform.cases.list(actor, wanted, None, LIMIT)

    async def offered(self, wanted: TaskFilter) -> Any:
        """A page of tasks for somebody in three groups."""
        person = self.random.randint(1, self.volume.groups)
        identity, groups = f"user:{person}", groups_of(person, self.volume.groups)
        groups |= {wanted.group} if wanted.group else set()
        actor = Actor(
            id=identity, name="clerk", groups=groups, permissions=frozenset({Permission.TASK_PERFORM}),
            audience=frozenset({identity} | {f"group:{group}" for group in groups}),
        )  # fmt: skip
        return await self.platform.tasks.list(actor, wanted, None, LIMIT)

    async def a_unit(self) -> Actor:
        """Somebody who sees the cases of one unit."""
        row = await self.connection.fetchrow(
            "select unit, count(*) from cases where unit is not null group by 1 order by 2 desc offset 3 limit 1"
        )
        assert row is not None
        return replace(SEES_ALL, id="user:2", audience=frozenset({f"unit:{row['unit']}"}))

    async def ask(self, name: str, look: Callable[[], Awaitable[Any]], bar: Bar | None = None) -> None:
        """Ask so many times, one after the other; how long the answers took, and the processor time of both sides."""
        await look()
        taken, spent = [], self.cpu()
        for _ in range(ASKED):
            began = time.perf_counter()
            await look()
            taken.append(time.perf_counter() - began)
        result = LoadResult(latencies=taken)
        self.report.add(f"{name}, p95", result.percentile(0.95), "ms", bar)
        self.report.add("  p50", result.percentile(0.5), "ms")
        for side, before, after in zip(("our", "PostgreSQL's"), spent, self.cpu(), strict=True):
            self.report.add(f"  {side} CPU", (after - before) / ASKED * 1000, "ms")

    def cpu(self) -> tuple[float, float]:
        """Seconds of processor time of this process and of the database, as they stand."""
        return time.process_time(), sum(cpu_seconds(process) for process in family(self.postmaster))


async def measure(url: str, home: Path, volume: Volume, report: Report) -> None:
    """Set up, fill, measure."""
    await migrate(url, LINES)
    await _played(url, home)
    settings = read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})
    connection = await asyncpg.connect(url)
    try:
        async with open_platform(build_platform(settings, url)) as platform:
            await Bench(platform, connection, report, volume).run()
    finally:
        await connection.close()


def main(report: Report) -> None:
    """Measure on a server of one's own."""
    cases = int(os.environ.get("BENCH_CASES", CASES))
    volume = Volume(cases=cases, open_cases=int(cases * OPEN_SHARE), tasks=cases)
    with TemporaryDirectory(prefix="guiliu-bench-") as home, EmbeddedServer(Path(home)) as url:
        asyncio.run(measure(url, Path(home), volume, report))
