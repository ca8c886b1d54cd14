"""``make bench``: every figure in one run. Parts by name: ``python -m bench http engine timers``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping

from bench import deadlines, engine, feel, http, lists, profile, scenarios, start, territory, timers
from bench.report import Report

Part = Callable[[Report], object]


PARTS: Mapping[str, tuple[str, Part]] = {
    "engine": ("One step of a case: ours and the library's plain way", engine.main),
    "feel": ("FEEL and DMN", feel.main),
    "deadlines": ("Calendars and deadlines", deadlines.main),
    "territory": ("Territory and responsibility", territory.main),
    "timers": ("Timers, durability on", timers.main),
    "scenarios": ("Scenarios in memory", scenarios.main),
    "profile": ("Where a completion's cost goes", profile.main),
    "http": ("Over HTTP, durability on", lambda report: asyncio.run(http.measure(report))),
    "lists": ("Lists, boards and searches over a large city", lists.main),
    "start": ("From the command to the first answer", start.main),
}


def main() -> None:
    """Measure the parts that were named, or all."""
    report = Report()
    for name in sys.argv[1:] or PARTS:
        title, measure = PARTS[name]
        print(f"\n── {title} ──", flush=True)
        report.part = name
        measure(report)
    for figure in report.missed:
        print(f"✗ {figure.part}: {figure.name.strip()} {figure.value:,.2f} {figure.unit}, {figure.bar}")
    print(f"→ {report.save()}")


if __name__ == "__main__":
    main()
