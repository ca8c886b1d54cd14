"""``python -m tests.fuzz [FIRST] [COUNT]``: judge damaged diagrams; 20,000 unless told otherwise.

``python -m tests.fuzz.child SEED 1`` repeats one of them.
"""

from __future__ import annotations

import sys

from tests.fuzz.running import PIECE, run


def main(first: int = 0, count: int = 20_000) -> int:
    """Say how far it has come after each piece; the number of failures."""
    failed = 0
    for at in range(first, first + count, PIECE):
        outcome = run(at, min(PIECE, first + count - at))
        failed += len(outcome.failures)
        print(at, dict(outcome.verdicts), *(f"\n  {seed} {why}" for seed, why in outcome.failures.items()), flush=True)
    print(f"{count} diagrams, {failed} failures")
    return failed


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])) > 0)
