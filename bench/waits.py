"""Storms over everything that cases wait for: ``python -m bench.waits`` kills workers and counts what happened.

Two workers as processes of their own, PostgreSQL beside them with durability on, an outside system on loopback. Cases
wait at once for a moment, two answers, a message, a signal and a warning; a worker dies whenever chance says so.
"""

from __future__ import annotations

import asyncio
import random
from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from guiliu.doctor import invariant_checker
from guiliu.platform import Platform, build_platform, open_platform
from guiliu.postgres import EmbeddedServer
from guiliu.preparing import prepare
from guiliu.settings import read_settings
from tests.acceptance.durability.errands import Errands
from tests.acceptance.durability.forked import Forked, Place, load_once, working
from tests.acceptance.outside import keep_secret
from tests.integration.connectors.bad_servers import Receiver, receiving

WORKERS = 2
_FIRED = """
select count(*), count(distinct tree) from event where type = 'TimerFired' and payload::json ->> 'element' = 'rest'
"""
_EARLY = "select count(*) from timer where state = 'fired' and ended_at < due_at"
_ASKED = "select tree || '.' || id as key from delivery"
_HEARD = """
select count(*), count(distinct (tree, payload::json ->> 'element')) from event where type = 'SubscriptionCorrelated'
"""
_WARNED = "select count(*), count(distinct tree) from event where type = 'DeadlineWarned'"


def main() -> int:
    """Storm; 0 when everything happened once, in time and in order, and every law holds."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--pause", type=float, default=1, help="seconds between two kills, at most")
    parser.add_argument("--seed", type=int, default=1)
    load_once()
    with TemporaryDirectory(prefix="guiliu-waits-") as home, EmbeddedServer(Path(home)) as url:
        return asyncio.run(_storm(parser.parse_args(), Path(home), url))


async def _storm(asked: Namespace, home: Path, url: str) -> int:
    settings = read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo"})
    await prepare(settings, url)
    async with open_platform(build_platform(settings, url)) as platform, receiving() as receiver:
        errands = Errands(platform)
        await errands.prepare(receiver.url)
        with ExitStack() as stack:
            workers = [stack.enter_context(_worker(home / str(number), url)) for number in range(WORKERS)]
            killing = asyncio.create_task(_kill(workers, errands, random.Random(asked.seed), asked.pause))
            for _ in range(asked.cases):
                await errands.begin()
            await _quiet(errands, asked.cases, killing)
            print(f"{asked.cases} cases, {await killing} kills of {WORKERS} workers, seed {asked.seed}")
            return await _tell(platform, receiver, asked.cases)


def _worker(home: Path, url: str) -> Forked:
    keep_secret(home / "secrets")
    worker = Forked(Place(home, url), working)
    worker.begin()
    return worker


async def _kill(workers: list[Forked], errands: Errands, chance: random.Random, pause: float) -> int:
    """Kill one after the other until cancelled; how many."""
    kills = 0
    try:
        while True:
            await asyncio.sleep(chance.uniform(pause / 3, pause))
            worker = chance.choice(workers)
            await worker.kill()
            await errands.let_go()
            worker.begin()
            kills += 1
    except asyncio.CancelledError:
        return kills


async def _quiet(errands: Errands, cases: int, killing: asyncio.Task[int]) -> None:
    """Kill until half of the cases are done, then let everything come to rest."""
    done = 0
    while done < cases:
        for case, task in (await errands.left_to_people()).items():
            await errands.end(case, task)
            done += 1
        if done * 2 >= cases:
            killing.cancel()
        await asyncio.sleep(0.1)


async def _tell(platform: Platform, receiver: Receiver, cases: int) -> int:
    counted = {
        "timers fired": (_FIRED, cases),
        "messages and signals caught": (_HEARD, 2 * cases),
        "deadlines warned": (_WARNED, cases),
    }
    wrong = 0
    for name, (query, wanted) in counted.items():
        happened, once = tuple(await platform.database.fetchrow(query) or ())
        print(f"{name}: {happened}, of {wanted}; more than once: {happened - once}")
        wrong += (happened, once) != (wanted, wanted)
    wrong += await _tell_sent(platform, receiver)
    early = await platform.database.fetchval(_EARLY)
    verdict = await invariant_checker(platform).check()
    print(f"timers early: {early}; laws broken: {len(verdict.violations)} of {sum(verdict.checked.values())} checks")
    return int(bool(wrong or early or verdict.violations))


async def _tell_sent(platform: Platform, receiver: Receiver) -> int:
    asked = Counter(row["key"] for row in await platform.database.fetch(_ASKED))
    effects = Counter(receiver.effects)
    print(
        f"effects at the receiver: {effects.total()}, of {asked.total()} asked for; requests: {len(receiver.requests)}"
    )
    return int(asked != effects)


if __name__ == "__main__":
    raise SystemExit(main())
