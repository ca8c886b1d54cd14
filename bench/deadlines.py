"""Due times per second by unit, over starts and limits spread across two years."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bench.report import Bar, Report
from processes.calendars import CompiledCalendar, compile_calendar, sample_calendars
from processes.deadlines import LimitUnit, Subject, TimeLimit, due_at, explain, preview, start, time_limit

COUNT = 5_000
ROUNDS = 5
BAR = Bar(at_least=50_000)
LIMITS = {
    LimitUnit.MINUTE: (15, 30, 120),
    LimitUnit.URGENT_HOUR: (1, 2, 24),
    LimitUnit.NATURAL_DAY: (1, 2, 15),
    LimitUnit.WORK_HOUR: (2, 4, 16),
    LimitUnit.WORK_DAY: (1, 5, 15),
    LimitUnit.WORK_DAY_FROM_NEXT: (1, 5, 60),
}


def samples(calendar: CompiledCalendar, unit: LimitUnit) -> list[tuple[datetime, TimeLimit]]:
    dice = random.Random(f"{unit}")
    begins = datetime(2025, 1, 1, tzinfo=calendar.zone)
    limits = [time_limit(amount, unit) for amount in LIMITS[unit]]
    return [(begins + timedelta(seconds=dice.randrange(2 * 365 * 86_400)), dice.choice(limits)) for _ in range(COUNT)]


def per_second(work: Callable[[], object], count: int) -> float:
    """By the CPU seconds of one core."""
    rates = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        rates.append(count / (time.process_time() - began))
    return statistics.median(rates)


def main(report: Report) -> None:
    """Due times of each unit, previews of a changed calendar, explanations."""
    began = time.perf_counter()
    calendar = compile_calendar(sample_calendars()["seasonal"])
    due_at(calendar, datetime(2026, 1, 5, 10, tzinfo=calendar.zone), time_limit(1, "work_day"))
    report.add("compile a calendar and lay out one year", 1000 * (time.perf_counter() - began), "ms")
    for unit in LimitUnit:
        cases = samples(calendar, unit)
        rate = per_second(lambda cases=cases: [due_at(calendar, at, limit) for at, limit in cases], COUNT)
        report.add(f"due times, {unit}", rate, "/s", BAR)
    subject = Subject(deadline_id="d", case_id="c", stage="disposal", unit_id="u")
    cases = samples(calendar, LimitUnit.WORK_DAY)
    deadlines = [start(calendar, subject, limit=limit, at=at) for at, limit in cases]
    at = datetime(2026, 6, 1, 12, tzinfo=calendar.zone)
    report.add(
        "deadlines in a preview of a calendar", per_second(lambda: preview(deadlines, calendar, at=at), COUNT), "/s"
    )
    few = deadlines[:200]
    report.add("explanations", per_second(lambda: [explain(deadline, calendar) for deadline in few], len(few)), "/s")


if __name__ == "__main__":
    main(Report())
