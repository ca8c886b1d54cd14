"""``make bench``: every figure in one run. Parts by name: ``python -m bench http engine timers``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping

from bench import deadlines, engine, feel, http, profile, scenarios, territory, timers
from bench.report import Report


def _http() -> None:
    report = Report()
    asyncio.run(http.measure(report))
    print(f"→ {report.save()}")


PARTS: Mapping[str, tuple[str, Callable[[], object]]] = {
    "engine": ("One step of a case: ours and the library's plain way", engine.main),
    "feel": ("FEEL and DMN", feel.main),
    "deadlines": ("Calendars and deadlines", deadlines.main),
    "territory": ("Territory and responsibility", territory.main),
    "timers": ("Timers, durability on", timers.main),
    "scenarios": ("Scenarios in memory", scenarios.main),
    "profile": ("Where a completion's cost goes", profile.main),
    "http": ("Over HTTP, durability on", _http),
}


def main() -> None:
    """Measure the parts that were named, or all."""
    for name in sys.argv[1:] or PARTS:
        title, measure = PARTS[name]
        print(f"\n── {title} ──", flush=True)
        measure()


if __name__ == "__main__":
    main()
