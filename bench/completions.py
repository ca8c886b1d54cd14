"""Completing tasks over HTTP: fresh cases walk from acceptance to closure, one phase per stage.

Between the phases the open tasks are claimed by SQL, so that nothing but completions is measured. What a completion
costs is read from the processes and from the database's own counters.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import msgspec

from bench.house import HOST, House
from bench.load import LoadResult, closed_loop, request

SUBCATEGORY, CONDITION, UNIT = "component-0101", "component-0101-01", "urban_management"
REPORT = msgspec.json.encode(
    {
        "subcategory": SUBCATEGORY, "channel": "hotline", "description": "人行道上井盖缺失，行人有跌落危险。" * 4,
        "location": {"lon": 122.07, "lat": 46.08, "crs": "CGCS2000", "address": "爱国街 12 号门前"},
        "reporter": {"name": "测试", "phone": "13800000000"}, "media": [],
    }
)  # fmt: skip
#: Form → who completes it, and with what.
PERFORMERS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "acceptance": ("acceptor", {"decision": "accept"}),
    "confirmation": ("inspector", {"result": "confirmed", "note": "现场属实"}),
    "filing": ("shift-lead", {"decision": "file", "condition": CONDITION}),
    "dispatch": ("dispatcher", {"decision": "dispatch", "responsible_unit": UNIT, "instruction": "请尽快处理"}),
    "disposal": ("clerk", {"result": "fixed", "measures": "已更换井盖并清理现场" * 3}),
    "verification": ("inspector", {"result": "passed", "note": "已恢复"}),
    "closure": ("shift-lead", {"decision": "close"}),
    "return_visit": ("acceptor", {"result": "reached", "satisfaction": "5"}),
}
NOT_PASSED = {"result": "not_passed", "note": "未恢复，需返工"}
LONGEST = 60.0

_CLAIM = """
update task set assignee = 'user:' || a.id, version = task.version + 1
from account a where task.state = 'open' and task.form = $1 and a.username = $2
  and ($3::bigint[] is null or task.tree = any($3)) and task.assignee is null
returning task.tree || '.' || task.id
"""
_COUNTERS = """
select (select sum(calls) from pg_stat_statements where toplevel) as statements,
       (select coalesce(sum(shared_blks_hit + shared_blks_read), 0) from pg_stat_statements
        where toplevel and query like any (array['%flush_tree($1::%', '%k.outcome, k.body%'])) as buffers,
       pg_current_wal_insert_lsn() - '0/0' as wal
"""


@dataclass
class Cost:
    """What a number of completions took, all of them together."""

    done: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: int = 0
    app_seconds: float = 0.0
    database_seconds: float = 0.0
    wal_bytes: float = 0.0
    statements: float = 0.0
    buffers: float = 0.0

    def take(self, result: LoadResult) -> None:
        """Add what one phase saw."""
        self.done += sum(count for status, count in result.statuses.items() if status == 200)
        self.failures += sum(count for status, count in result.statuses.items() if status != 200)
        self.seconds += result.seconds
        self.latencies += result.latencies

    def add(self, before: Mapping[str, float], after: Mapping[str, float]) -> None:
        """Add what the meters moved; one statement was the look at them."""
        self.app_seconds += after["app"] - before["app"]
        self.database_seconds += after["database"] - before["database"]
        self.wal_bytes += after["wal"] - before["wal"]
        self.statements += after["statements"] - before["statements"] - 1
        self.buffers += after["buffers"] - before["buffers"]

    def percentile(self, share: float) -> float:
        """Latency in milliseconds."""
        return LoadResult(latencies=self.latencies).percentile(share)

    def each(self) -> dict[str, float]:
        """Per completion: CPU in µs, WAL in bytes, statements, shared buffers touched."""
        done = max(1, self.done)
        return {
            "app_us": self.app_seconds / done * 1e6,
            "database_us": self.database_seconds / done * 1e6,
            "wal_bytes": self.wal_bytes / done,
            "statements": self.statements / done,
            "buffers": self.buffers / done,
        }


class Desk:
    """Everybody of the sample city at one table."""

    def __init__(self, house: House, connection: asyncpg.Connection) -> None:
        self.house = house
        self.connection = connection
        self.tokens = {name: house.sign_in(name) for name in {name for name, _ in PERFORMERS.values()}}
        self._keys = itertools.count(1)

    def key(self) -> str:
        """An idempotency key nobody used."""
        return f"bench-{next(self._keys)}"

    async def report(self, cases: int, clients: int) -> LoadResult:
        """Report so many cases."""
        left = itertools.repeat(None, cases)

        def next_request(_client: int, _status: int, _body: bytes) -> bytes | None:
            return next((self._report() for _ in left), None)

        return await closed_loop(HOST, self.house.port, clients, LONGEST, next_request)

    async def walk(self, clients: int, forms: Sequence[str] = tuple(PERFORMERS)) -> Cost:
        """Complete every open task of each form in turn; what it cost."""
        cost = Cost()
        for form in forms:
            tasks = await self.claim(form)
            async with self.metered(cost):
                cost.take(await self.complete(form, tasks, clients))
        return cost

    async def claim(self, form: str, trees: Sequence[int] | None = None) -> list[str]:
        """Give every open task of a form to who completes it; ids of the tasks."""
        rows = await self.connection.fetch(_CLAIM, form, PERFORMERS[form][0], trees)
        return [row[0] for row in rows]

    async def complete(
        self, form: str, tasks: Sequence[str], clients: int, data: Mapping[str, Any] | None = None
    ) -> LoadResult:
        """Complete these tasks."""
        username, standard = PERFORMERS[form]
        body = msgspec.json.encode({"data": data or standard, "comment": "办理完毕"})
        left = iter(tasks)

        def next_request(_client: int, _status: int, _body: bytes) -> bytes | None:
            task = next(left, None)
            if task is None:
                return None
            return request("POST", f"/api/v1/tasks/{task}/complete", self.tokens[username], body, self.key())

        return await closed_loop(HOST, self.house.port, clients, LONGEST, next_request)

    def _report(self) -> bytes:
        return request("POST", "/api/v1/cases", self.tokens["acceptor"], REPORT, self.key())

    @asynccontextmanager
    async def metered(self, cost: Cost) -> AsyncIterator[None]:
        """Add to ``cost`` what the block takes of CPU, on both sides, and moves of the database's counters."""
        before = {**await self._counters(), **self._cpu()}
        yield
        after = self._cpu()
        cost.add(before, {**await self._counters(), **after})

    def _cpu(self) -> dict[str, float]:
        return {"app": self.house.app_seconds(), "database": self.house.database_seconds()}

    async def _counters(self) -> dict[str, float]:
        row = await self.connection.fetchrow(_COUNTERS)
        assert row is not None
        return {name: float(row[name]) for name in ("wal", "statements", "buffers")}
