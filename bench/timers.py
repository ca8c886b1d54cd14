"""Timers: how late a lone one is, ten thousand due in one second, and what a claim costs among a million pending ones.

Two workers in this process, PostgreSQL beside it with durability on. Cases are copied in SQL from one that the bus
began; commands of people go on meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.load import LoadResult
from bench.report import Bar, Report
from engine.actors import SYSTEM, Actor
from engine.commands import ClaimTask, ReleaseTask
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.jsontext import json_value
from engine.storage.database import PoolSettings
from engine.storage.migrate import migrate
from engine.timers import TimerClaims, TimerWorker
from guiliu.platform import Platform, build_platform, open_platform
from guiliu.postgres import EmbeddedServer
from guiliu.preparing import seed_city
from guiliu.schema import LINES
from guiliu.settings import read_settings
from processes.access import Permission
from processes.cases import Location, ReportCase

PERSON = Actor(
    id="user:1",
    name="acceptor",
    groups=frozenset({"acceptor"}),
    permissions=frozenset({Permission.TASK_PERFORM}),
    audience=None,
)
#: Above every id that the bus gives.
FIRST_COPY = 1_000_000
LONE = 40
STORM = 10_000
PENDING = 1_000_000
#: Rows written in one transaction.
AT_ONCE = 20_000
CLAIMS = 200
WORKERS = 2
_WAITING = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
             id="Waiting" targetNamespace="https://guiliu/bench">
  <process id="case" name="等待" isExecutable="true">
    <startEvent id="begin"/>
    <sequenceFlow id="to_wait" sourceRef="begin" targetRef="wait"/>
    <intermediateCatchEvent id="wait" name="等到时刻">
      <timerEventDefinition id="moment"><timeDuration>PT1S</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="to_write" sourceRef="wait" targetRef="write"/>
    <userTask id="write" name="撰写">
      <extensionElements><zeebe:assignmentDefinition candidateGroups="acceptor"/></extensionElements>
    </userTask>
  </process>
</definitions>""".encode()
#: What the copy of a case takes over, by table and the column of the case's number.
_COPIED = {
    ("tree", "id"): "version, seq, hash, state, open, created_at",
    ("instance", "tree"): "id, definition_key, definition_sha, state, started_at, ended_at",
    (
        "timer",
        "tree",
    ): "id, instance, element, name, attached_to, {due}, state, armed_at, ended_at, lease",
}
_LATE = """
select extract(epoch from e.recorded_at - t.due_at)::float8 from timer t
join event e on e.tree = t.tree and e.type = 'TimerFired' where t.state = 'fired'
"""
_STORM = """
select count(*), count(distinct t.tree), extract(epoch from max(e.recorded_at) - min(t.due_at))::float8
from timer t join event e on e.tree = t.tree and e.type = 'TimerFired' where t.tree > $1
"""
_FILL = """
insert into timer (tree, id, instance, element, name, attached_to, due_at, state, armed_at)
select -n, 1, 1, 'wait', '', '', now() + (n + 3600) * interval '1 second', 'armed', now()
from generate_series($1::int, $2::int) n
"""


class Bench:
    """One platform and what is measured on it."""

    def __init__(self, platform: Platform, report: Report) -> None:
        self.platform = platform
        self.report = report
        claims = [TimerClaims(platform.database, platform.clock) for _ in range(WORKERS)]
        self.workers = [TimerWorker(platform.bus, each) for each in claims]

    async def run(self) -> None:
        """Everything, in the order in which it disturbs least."""
        names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": "case"}
        await self.platform.bus.handle(SaveDefinitionDraft(**names, source=_WAITING))
        await self.platform.bus.handle(PublishDefinition(**names))
        for worker in self.workers:
            worker.start()
        await self.lone()
        await self.storm()
        for worker in self.workers:
            await worker.stop()
        await self.claims()

    async def lone(self) -> None:
        """One timer at a time, armed at odd moments."""
        for number in range(LONE):
            await self.begin()
            await asyncio.sleep(0.05 + number % 7 * 0.03)
        await self.quiet()
        late = LoadResult(latencies=[row[0] for row in await self.platform.database.fetch(_LATE)])
        self.report.add("lone timer, lateness p50", late.percentile(0.5), "ms")
        self.report.add("lone timer, lateness p99", late.percentile(0.99), "ms", Bar(at_most=500))

    async def storm(self) -> None:
        """Ten thousand due in one second, while people go on claiming and releasing."""
        task = await self.a_task()
        case = await self.begin()
        await self.copy(case)
        people, spent = asyncio.create_task(self.people(task)), time.process_time()
        await self.quiet()
        spent = time.process_time() - spent
        people.cancel()
        latencies = await people
        fired, cases, took = tuple(await self.platform.database.fetchrow(_STORM, FIRST_COPY) or ())
        self.report.add(f"{STORM} due in one second, all fired after", took, "s", Bar(at_most=30))
        self.report.add("CPU of the workers' process, for each timer", spent / STORM * 1e6, "µs")
        self.report.add("timers fired", fired, "", Bar(at_least=STORM))
        self.report.add("of them more than once", fired - cases, "", Bar(at_most=0))
        self.report.add("a person's command meanwhile, p99", latencies.percentile(0.99), "ms", Bar(at_most=150))

    async def claims(self) -> None:
        """The cost of looking for what is due when a million timers are not."""
        for first in range(0, PENDING, AT_ONCE):
            async with self.platform.database.unit_of_work() as uow:
                await uow.execute(_FILL, first + 1, first + AT_ONCE)
        looked = TimerClaims(self.platform.database, self.platform.clock)
        self.report.add(f"a claim that finds nothing, {PENDING} pending", await _each(lambda: looked.claim(100)), "ms")
        self.report.add(f"next due time, {PENDING} pending", await _each(looked.next_due), "ms")

    async def begin(self) -> int:
        """A case that waits."""
        tree = await self.platform.tree_ids.take()
        location = Location(lon=122.07, lat=46.08, crs="CGCS2000", address="x")
        command = ReportCase(
            actor=SYSTEM, tree=tree, subcategory="component-0101", channel="hotline", location=location, description="x"
        )
        await self.platform.bus.handle(command)
        return tree

    async def a_task(self) -> tuple[int, int]:
        """A task that is open."""
        row = await self.platform.database.fetchrow("select tree, id from task where state = 'open' limit 1")
        assert row is not None
        return row["tree"], row["id"]

    async def copy(self, case: int) -> None:
        """Make the waiting case ten thousand, all due within one second some seconds ahead."""
        due = "date_trunc('second', now()) + interval '10 seconds' + n * interval '100 microseconds'"
        async with self.platform.database.unit_of_work() as uow:
            for (table, key), columns in _COPIED.items():
                values = f"{FIRST_COPY} + n * 64, {columns.format(due=due)}"
                copies = f"select {values} from {table}, generate_series(1, $1::int) n where {key} = $2"  # noqa: S608 - constants
                await uow.execute(f"insert into {table} ({key}, {columns.format(due='due_at')}) {copies}", STORM, case)

    async def people(self, task: tuple[int, int]) -> LoadResult:
        """Claim and release a task over and over until cancelled; what each took."""
        result = LoadResult(latencies=[])
        names: dict[str, Any] = {"actor": PERSON, "tree": task[0], "task": task[1]}
        try:
            while True:
                for command in (ClaimTask(**names), ReleaseTask(**names)):
                    began = time.perf_counter()
                    json_value((await self.platform.bus.handle(command)).body)
                    result.latencies.append(time.perf_counter() - began)
                    await asyncio.sleep(0.02)
        except asyncio.CancelledError:
            return result

    async def quiet(self) -> None:
        """Wait until no case waits for a moment."""
        pending = "select true from timer where state = 'armed' limit 1"
        while await self.platform.database.fetchval(pending):  # noqa: ASYNC110 - the wait is for the database
            await asyncio.sleep(0.1)


async def _each(look: Callable[[], Awaitable[Any]]) -> float:
    """Milliseconds of one look, the median of many."""
    taken = []
    for _ in range(CLAIMS):
        began = time.perf_counter()
        await look()
        taken.append(time.perf_counter() - began)
    return LoadResult(latencies=taken).percentile(0.5)


async def measure(url: str, home: Path, report: Report) -> None:
    """Set up, measure, print."""
    await migrate(url, LINES)
    settings = read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})
    async with open_platform(build_platform(settings, url, pool=PoolSettings(most=30))) as platform:
        await seed_city(platform)
        await Bench(platform, report).run()


def main(report: Report) -> None:
    """Measure on a server of one's own."""
    with TemporaryDirectory(prefix="guiliu-bench-") as home, EmbeddedServer(Path(home)) as url:
        asyncio.run(measure(url, Path(home), report))
