"""Long storms: people work while workers and the database are killed: ``python -m bench.storm`` says what was lost."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from tempfile import mkdtemp

from tests.acceptance.durability.forked import load_once
from tests.acceptance.durability.storming import Storm, storm
from tests.acceptance.durability.supervised import installed
from tests.acceptance.walk.judging import Judgement


def main() -> int:
    """Storm as long as asked; 0 when nothing was lost, doubled or stuck and every law holds."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=3, help="seconds between two kills, at most")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    plan = Storm(seconds=asked.minutes * 60, clients=asked.clients, pause=asked.pause, seed=asked.seed)
    load_once()
    return 0 if asyncio.run(_run(plan)).faultless else 1


async def _run(plan: Storm) -> Judgement:
    folder = Path(mkdtemp(prefix="guiliu-storm-"))
    print(f"seed {plan.seed}, {plan.clients} clients; history and data stay in {folder}")
    async with installed(folder) as installation:
        print(await storm(installation, plan))
        judgement = await installation.judge()
    print(judgement)
    return judgement


if __name__ == "__main__":
    raise SystemExit(main())
