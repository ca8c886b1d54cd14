"""The numbers over HTTP: filing, completions at 1, 8 and 32 clients, their cost, age, the stream, and comparisons.

Runs are interleaved and the median is told, because a shared machine has good and bad minutes; beside each rate stands
what one ``fdatasync`` cost in that minute.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg

from bench.age import aged_case
from bench.books import COUNTED, Books
from bench.completions import Cost, Desk
from bench.house import House, running_house
from bench.live import stream_latencies
from bench.plain_http import plain_way
from bench.plain_sql import plain_rate, prepare
from bench.report import Bar, Report

RUNS = 5
CASES_PER_RUN = {1: 40, 8: 150, 32: 150}
STATEMENTS_FLUSHED = 3


async def measure(report: Report, runs: int = RUNS) -> None:
    """Measure everything in one house."""
    with running_house(database_settings=COUNTED) as house:
        connection = await asyncpg.connect(house.database_url)
        try:
            await Books(connection).prepare()
            await _measure(report, house, Desk(house, connection), runs)
        finally:
            await connection.close()


async def _measure(report: Report, house: House, desk: Desk, runs: int) -> None:
    await _warm_up(desk)
    early, late = await aged_case(desk, 60, 1000)
    _tell_age(report, early, late)
    script = await prepare(desk.connection)
    seen: dict[str, list[Any]] = {}
    for _ in range(runs):
        seen.setdefault("fsync_us", []).append(fdatasync_us(house.home))
        for clients, cases in CASES_PER_RUN.items():
            filing = await desk.report(cases, min(clients, 8))
            seen.setdefault(f"filing_{clients}", []).append(filing.rate)
            seen.setdefault(f"walk_{clients}", []).append(await desk.walk(clients))
            plain = await plain_rate(house, script, clients, 3)
            seen.setdefault(f"plain_{clients}", []).append(plain.per_second)
    _tell_rates(report, seen)
    await _tell_stream(report, desk)
    await _tell_plain_way(report, house, seen)


async def _warm_up(desk: Desk) -> None:
    await desk.report(60, 8)
    await desk.walk(8)


def _tell_age(report: Report, early: Cost, late: Cost) -> None:
    first, last = early.each(), late.each()
    for name, words in (("app_us", "CPU of the server"), ("wal_bytes", "WAL"), ("buffers", "shared buffers")):
        ratio = last[name] / first[name] if first[name] else 0.0
        report.add(f"1,000th against 10th completion of a case: {words}", ratio, "×", Bar(at_most=1.2))


def _tell_rates(report: Report, seen: dict[str, list[Any]]) -> None:
    report.add("fdatasync of 8 KiB", statistics.median(seen["fsync_us"]), "µs")
    report.add("filing a case, 8 clients", statistics.median(seen["filing_8"]), "/s", Bar(at_least=500))
    limits = {
        1: (None, Bar(at_most=3.0), None),
        8: (Bar(at_least=800), None, Bar(at_most=30)),
        32: (None, None, Bar(at_most=120)),
    }
    for clients, (rate_bar, p50_bar, p99_bar) in limits.items():
        walks: list[Cost] = seen[f"walk_{clients}"]
        rates = [walk.done / walk.seconds for walk in walks]
        ratios = [rate / plain for rate, plain in zip(rates, seen[f"plain_{clients}"], strict=True)]
        report.add(f"completions, {clients} clients", statistics.median(rates), "/s", rate_bar)
        report.add(f"  p50, {clients} clients", _median(walks, lambda walk: walk.percentile(0.5)), "ms", p50_bar)
        report.add(f"  p99, {clients} clients", _median(walks, lambda walk: walk.percentile(0.99)), "ms", p99_bar)
        report.add(f"  plain transactions, {clients} clients", statistics.median(seen[f"plain_{clients}"]), "/s")
        report.add(
            f"  completions / plain, {clients} clients",
            statistics.median(ratios),
            "×",
            Bar(at_least=0.22) if clients == 8 else None,
        )
        report.add(f"  not answered 200, {clients} clients", sum(walk.failures for walk in walks), "", Bar(at_most=0))
    for name, words, unit, bar in (
        ("app_us", "CPU of the server per completion", "µs", Bar(at_most=900)),
        ("database_us", "CPU of PostgreSQL per completion", "µs", Bar(at_most=700)),
        ("wal_bytes", "WAL per completion", "B", Bar(at_most=6000)),
        ("statements", "statements per completion", "", Bar(at_most=STATEMENTS_FLUSHED + 0.5)),
        ("buffers", "shared buffers per completion", "", None),
    ):
        report.add(words + ", 8 clients", _median(seen["walk_8"], lambda walk, name=name: walk.each()[name]), unit, bar)


async def _tell_stream(report: Report, desk: Desk) -> None:
    await desk.report(200, 8)
    tasks = await desk.claim("acceptance")
    latencies = sorted(await stream_latencies(desk, tasks, "acceptance"))
    report.add("answer → event on the stream, p50", latencies[len(latencies) // 2] * 1000, "ms")
    report.add(
        "answer → event on the stream, p99", latencies[int(len(latencies) * 0.99)] * 1000, "ms", Bar(at_most=250)
    )


async def _tell_plain_way(report: Report, house: House, seen: dict[str, list[Any]]) -> None:
    ours_rate = statistics.median(walk.done / walk.seconds for walk in seen["walk_8"])
    ours_cpu = _median(seen["walk_8"], lambda walk: walk.each()["app_us"])
    for reworks, seconds in ((0, 4.0), (5, 4.0), (50, 8.0)):
        plain = await plain_way(house.database_url, reworks, 8, seconds)
        report.add(f"plain SpiffWorkflow, {reworks} reworks", plain.result.rate, "/s")
        rate_bar = Bar(at_least=5) if reworks == 0 else None
        report.add(
            f"  ours / plain in rate, {reworks} reworks", ours_rate / max(0.01, plain.result.rate), "×", rate_bar
        )
        cpu_bar = Bar(at_least=50) if reworks == 50 else None
        report.add(f"  plain / ours in CPU, {reworks} reworks", plain.cpu_us / ours_cpu, "×", cpu_bar)


def fdatasync_us(folder: Path) -> float:
    """Median microseconds of writing 8 KiB and waiting for the disk."""
    taken = []
    with (folder / "fsync-probe").open("wb") as file:
        for _ in range(50):
            begin = time.perf_counter()
            file.write(bytes(8192))
            file.flush()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1e6


def _median(walks: list[Cost], value: Callable[[Cost], float]) -> float:
    return statistics.median(value(walk) for walk in walks)
