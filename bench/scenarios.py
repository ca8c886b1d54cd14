"""How fast the shipped scenarios are played: each straight and with storing and loading after every step.

python -m bench scenarios
"""

from __future__ import annotations

import asyncio
import statistics
import time

from bench.report import Bar, Report
from guiliu.deploying import SHIPPED_DIAGRAMS
from guiliu.scenarios import Theatre
from guiliu.testing import scenario_files, scenarios_in, scenery_beside

RUNS = 5
BAR = Bar(at_least=200)


def main(report: Report) -> None:
    """Print steps per second of CPU, the median of some runs; each story is played twice, and each step counted."""
    files = scenario_files(SHIPPED_DIAGRAMS)
    scenarios = list(scenarios_in(files))
    theatre = Theatre(scenery_beside(files)[0])
    rates = []
    for run in range(RUNS + 1):
        begin, steps = time.process_time(), 0
        for scenario in scenarios:
            outcome = asyncio.run(theatre.perform(scenario))
            assert outcome.passed, outcome.failure
            steps += 2 * outcome.steps
        # The first run compiles the diagrams.
        if run:
            rates.append(steps / (time.process_time() - begin))
    report.add(
        f"scenarios: {len(scenarios)} stories, each played both ways, steps", statistics.median(rates), "/s", BAR
    )
