"""Where a completion's cost goes: the server's CPU by part, PostgreSQL's by statement, its WAL and rows by relation.

The walk is that of ``bench.http``. Looking costs some per cent itself, on both sides: compare parts, not totals. How
fast the machine was meanwhile is told by what a loop of additions took.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from bench.books import SETTINGS, Books, Numbers
from bench.completions import PERFORMERS, Cost, Desk
from bench.house import House, running_house
from bench.parts import by_part
from bench.report import Report
from bench.sampling import Stack, begin_looking, what_was_seen

CASES, CLIENTS = 100, 8
#: The largest costs of each table are numbered, some more follow.
LARGEST, LINES = 5, 20
ADDITIONS = 1_000_000


@dataclass
class Seen:
    """What the completions cost, all of them together."""

    books: Books
    cost: Cost = field(default_factory=Cost)
    stacks: Counter[Stack] = field(default_factory=Counter)
    additions_ms: list[float] = field(default_factory=list)


async def profile(house: House, folder: Path) -> Seen:
    """Walk cases to their end and look at nothing but the completions."""
    connection = await asyncpg.connect(house.database_url)
    try:
        desk, seen = Desk(house, connection), Seen(Books(connection))
        await seen.books.prepare()
        await desk.report(30, CLIENTS)
        await desk.walk(CLIENTS)
        await desk.report(CASES, CLIENTS)
        for form in PERFORMERS:
            tasks = await desk.claim(form)
            seen.additions_ms.append(additions_ms())
            async with seen.books.kept(), desk.metered(seen.cost):
                begin_looking(folder)
                seen.cost.take(await desk.complete(form, tasks, CLIENTS))
                seen.stacks += what_was_seen(folder)
    finally:
        await connection.close()
    return seen


def additions_ms() -> float:
    """Milliseconds of CPU that a million additions take now."""
    begun, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return (time.process_time() - begun) * 1000


def tell(seen: Seen) -> None:
    """Print every table."""
    cost, pages = seen.cost, seen.books.pages
    done, each = cost.done, cost.each()
    print(f"{done} completions, {cost.failures} refused, {each['statements']:.2f} statements each")
    print(f"a million additions took {statistics.median(seen.additions_ms):.0f} ms of CPU")
    parts, looks = by_part(seen.stacks), max(1, seen.stacks.total())
    app = ((part, each["app_us"] * n / looks, f"{n / looks:6.1%}") for part, n in parts.items())
    _table(f"CPU of the server, {each['app_us']:,.0f} µs", app, "µs")
    statements = ((name[:100], n["us"] / done, _statement_words(n, done)) for name, n in pages.statements.items())
    _table(
        f"CPU of PostgreSQL, {each['database_us']:,.0f} µs; statements by the clock, inner ones too", statements, "µs"
    )
    _table(f"WAL, {each['wal_bytes']:,.0f} B", _wal_lines(pages.wal, done), "B")
    _table("WAL by kind of record", _wal_lines(pages.wal_kinds, done), "B")
    rows = ((name, _rows(n) / done, _row_words(n, done)) for name, n in pages.rows.items())
    _table("rows written", rows, "")


def _statement_words(n: Counter[str], done: int) -> str:
    return (
        f"{n['calls'] / done:5.2f} calls, planning {n['planning'] / done:4.0f} µs, {n['wal'] / done:6,.0f} B, "
        f"{n['buffers'] / done:5.1f} buffers"
    )


def _wal_lines(numbers: Numbers, done: int) -> Iterable[tuple[str, float, str]]:
    for name, n in numbers.items():
        images = f", page images {n['images'] / done:,.0f} B" if n["images"] else ""
        yield name, n["bytes"] / done, f"{n['records'] / done:5.2f} records{images}"


def _rows(n: Counter[str]) -> float:
    return n["inserted"] + n["updated"] + n["deleted"]


def _row_words(n: Counter[str], done: int) -> str:
    return (
        f"{n['inserted'] / done:5.2f} inserted, {n['updated'] / done:5.2f} updated ({n['hot'] / done:.2f} of them "
        f"without the indexes), {n['deleted'] / done:5.2f} deleted"
    )


def _table(title: str, rows: Iterable[tuple[str, float, str]], unit: str) -> None:
    print(f"\n{title}")
    ordered = sorted((row for row in rows if row[1] > 0), key=lambda row: -row[1])
    for place, (name, number, words) in enumerate(ordered[:LINES], 1):
        mark = str(place) if place <= LARGEST else ""
        print(f"{mark:>3} {number:>9,.2f} {unit:<2} {words}  {name}")


def main(report: Report) -> None:
    """Measure a house of its own."""
    with (
        TemporaryDirectory(prefix="guiliu-looks-") as folder,
        running_house(("bench.sampling", folder), SETTINGS) as house,
    ):
        seen = asyncio.run(profile(house, Path(folder)))
    tell(seen)
    _keep(report, seen)


def _keep(report: Report, seen: Seen) -> None:
    """The totals, and the largest parts of each; they have no bars, because looking costs something itself."""
    print()
    each, looks = seen.cost.each(), max(1, seen.stacks.total())
    report.add("a million additions", statistics.median(seen.additions_ms), "ms")
    report.add("CPU of the server", each["app_us"], "µs")
    for part, n in by_part(seen.stacks).most_common(LARGEST):
        report.add(f"  {part}", each["app_us"] * n / looks, "µs")
    report.add("CPU of PostgreSQL", each["database_us"], "µs")
    report.add("WAL", each["wal_bytes"], "B")
    largest = sorted(seen.books.pages.wal.items(), key=lambda item: -item[1]["bytes"])
    for relation, n in largest[:LARGEST]:
        report.add(f"  {relation}", n["bytes"] / seen.cost.done, "B")
