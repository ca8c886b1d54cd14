"""Judges the diagrams of some seeds: ``python -m tests.fuzz.child FIRST COUNT``, a line for each.

A diagram that takes more than its time is interrupted; what is beyond that ends the process, and the parent sees it.
"""

from __future__ import annotations

import resource
import signal
import sys
import traceback
from types import FrameType

from tests.fuzz.judging import judge
from tests.fuzz.mutating import mutated

#: Seconds of processor time for one diagram, and bytes of memory for all.
MOST_SECONDS, MOST_MEMORY = 5, 1024**3


class TooSlow(Exception):
    """The time of one diagram is over."""


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def main(first: int, count: int) -> None:
    """Print ``seed verdict`` for each; a verdict that is none begins with ``!``."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGVTALRM, _interrupt)
    for seed in range(first, first + count):
        source = mutated(seed)
        print(seed, end=" ", flush=True)
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            print(judge(source, seed), flush=True)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            print(f"!{type(error).__name__} {str(error)[:200]!r} {place.filename}:{place.lineno}", flush=True)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
