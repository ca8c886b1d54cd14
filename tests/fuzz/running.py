"""Runs children over many seeds and gathers what they say."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field

#: Diagrams for one child, and the seconds after which it hangs whatever its processor time says.
PIECE, PATIENCE = 500, 600


@dataclass
class Outcome:
    """How many diagrams came to which verdict, and the seeds that failed with why."""

    verdicts: Counter[str] = field(default_factory=Counter)
    failures: dict[int, str] = field(default_factory=dict)


def run(first: int, count: int) -> Outcome:
    """Judge the diagrams of ``count`` seeds in children; a child that dies fails the seed it was at."""
    outcome = Outcome()
    seed = first
    while seed < first + count:
        seed = _piece(seed, min(PIECE, first + count - seed), outcome)
    return outcome


def _piece(first: int, count: int, outcome: Outcome) -> int:
    """Let one child go as far as it comes; the seed to go on with."""
    command = [sys.executable, "-m", "tests.fuzz.child", str(first), str(count)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        said, end = done.stdout, f"the child ended with {done.returncode}: {done.stderr[-300:]}"
    except subprocess.TimeoutExpired as expired:
        said, end = (expired.stdout or b"").decode(), "the child hangs"
    seed = first
    for line in said.splitlines():
        told, _, verdict = line.partition(" ")
        seed = int(told) + 1
        if not verdict or verdict.startswith("!"):
            outcome.failures[int(told)] = verdict or end
        else:
            outcome.verdicts[verdict] += 1
    if seed == first:
        outcome.failures[first] = end
        return first + count
    return seed
