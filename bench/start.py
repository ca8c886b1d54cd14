"""How long a town waits for its desk: ``guiliu run`` on a home that was used before, to its first answer."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.house import free_port, wait_for
from bench.report import Bar, Report

STARTS = 5
#: Seconds for an orderly end.
PATIENCE = 60
#: Cases that the sample city begins with on its first start, as a demo does.
CASES = 40


def main(report: Report) -> None:
    """Start once on an empty home, then again and again."""
    with TemporaryDirectory(prefix="guiliu-bench-") as folder:
        report.add(f"first start, with {CASES} simulated cases, to the first 200", _started(Path(folder)), "s")
        again = [_started(Path(folder)) for _ in range(STARTS)]
        report.add("later start, to the first 200", statistics.median(again), "s", Bar(at_most=10))


def _started(home: Path) -> float:
    port = free_port()
    names = {"HOME": str(home), "PORT": str(port), "PROFILE": "demo", "SAMPLE_CASES": str(CASES)}
    environment = {**os.environ, "DATABASE_URL": "", **{f"GUILIU_{name}": value for name, value in names.items()}}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "guiliu", "run"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        return time.perf_counter() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
