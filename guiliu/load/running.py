"""Driving a running server as many users: in a closed loop as fast as it answers, in an open one at a rate of its own.

In the open loop people do not wait for the server: each errand has its intended moment, and its latency counts from
there, so a server that stalls is charged for everybody who would have come meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from random import Random
from uuid import uuid4

import aiohttp

from engine.clock import elapsed, machine_time
from guiliu.load.agenda import Agenda, Errand
from guiliu.load.history import HistoryFile, Outcome
from guiliu.load.latencies import Latencies
from guiliu.load.line import PATIENCE, Line
from guiliu.load.people import signed_in
from guiliu.simulation.habits import shipped_habits
from guiliu.simulation.plan import Arrival, CityDays, arrivals
from processes.sample import sample_in_force

#: Cases in hand for each user, so that nobody waits for another.
_CASES_PER_USER = 4
#: Reports that are drawn; they come round again.
_DRAWN = 500
#: How often an errand of unknown outcome is run again, and the seconds before that.
_AGAIN = 5
_PAUSE = 0.2


_UNITS = {"s": 1, "m": 60, "h": 3600}


def span_of(text: str) -> timedelta:
    """How long ``30s``, ``5m`` or ``2h`` are. Raises ``ValueError``."""
    amount, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not amount.isdecimal() or not int(amount):
        raise ValueError(f"{text!r}: 30s, 5m, 2h")
    return timedelta(seconds=int(amount) * _UNITS[unit])


@dataclass(frozen=True, kw_only=True)
class Load:
    """What a server is to bear."""

    #: Of servers over one database, without the path; people go to the next when one is not there.
    urls: tuple[str, ...]
    lasting: timedelta
    users: int
    #: Errands each second in an open loop; ``None`` for a closed one.
    rate: float | None
    seed: int
    history: Path


Tell = Callable[[Latencies], None]


async def drive(load: Load, tell: Tell = lambda _: None, over: asyncio.Event | None = None) -> Latencies:
    """Let people work until the time is over and what they have begun is answered; setting ``over`` ends it earlier.

    Raises ``NoWayIn``, ``OSError``.
    """
    random = Random(load.seed)  # noqa: S311 - the same seed shall ask for the same
    with HistoryFile.kept_in(load.history) as history:
        async with _session(load) as session:
            agenda = Agenda(
                await signed_in(session, load.urls[0]),
                shipped_habits(),
                _reports(load.seed),
                _keys(),
                random,
                cases=_CASES_PER_USER * load.users,
            )
            crowd = _Crowd(agenda, Line(session, load.urls, history), Latencies(), tell, over or asyncio.Event())
            begun = elapsed()
            await (crowd.closed(load) if load.rate is None else crowd.open(load, load.rate))
            crowd.latencies.lasted = elapsed() - begun
            return crowd.latencies


def _session(load: Load) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=load.users)
    return aiohttp.ClientSession(connector=connector, timeout=PATIENCE, cookie_jar=aiohttp.DummyCookieJar())


def _reports(seed: int) -> Iterator[Arrival]:
    in_force = sample_in_force()
    drawn = CityDays(days=1, cases=_DRAWN, seed=seed, end=machine_time())
    return cycle(arrivals(drawn, shipped_habits(), in_force.catalogue, in_force.grids.valid()))


def _keys() -> Iterator[str]:
    """Of this run and no other."""
    run = uuid4().hex[:12]
    return (f"load-{run}-{number}" for number in count(1))


def moments(lasting: timedelta, rate: float, seed: int) -> Iterator[float]:
    """Seconds at which somebody comes: independent of each other, ``rate`` a second."""
    random = Random(seed)  # noqa: S311 - the same seed shall ask at the same moments
    moment = random.expovariate(rate)
    while moment < lasting.total_seconds():
        yield moment
        moment += random.expovariate(rate)


@dataclass
class _Crowd:
    """Everybody who is at work."""

    agenda: Agenda
    line: Line
    latencies: Latencies
    tell: Tell
    over: asyncio.Event
    #: How often each errand was not answered so far, by its identity: it stays the same when it is run again.
    _losses: Counter[int] = field(default_factory=Counter)

    async def closed(self, load: Load) -> None:
        """Everybody runs one errand after the other."""
        until = elapsed() + load.lasting.total_seconds()

        async def user() -> None:
            while (now := elapsed()) < until and not self.over.is_set():
                await self._run(self.agenda.next(), now)

        async with asyncio.TaskGroup() as group:
            for _ in range(load.users):
                group.create_task(user())

    async def open(self, load: Load, rate: float) -> None:
        """Errands begin at moments that nobody's answer shifts."""
        begun = elapsed()
        async with asyncio.TaskGroup() as group:
            for moment in moments(load.lasting, rate, load.seed):
                await asyncio.sleep(begun + moment - elapsed())
                if self.over.is_set():
                    break
                group.create_task(self._run(self.agenda.next(), begun + moment))

    async def _run(self, errand: Errand, intended: float) -> None:
        answer = await self.line.send(errand)
        self.latencies.add(errand.kind, answer.outcome, elapsed() - intended)
        if answer.code:
            self.latencies.refused[answer.code] += 1
        if answer.outcome is Outcome.UNKNOWN:
            await self._lost(errand)
        else:
            self._losses.pop(id(errand), None)
            self.agenda.go_on(errand, answer.value)
        self.tell(self.latencies)

    async def _lost(self, errand: Errand) -> None:
        """Ask again a little later, as people do; after some times it is left as it is."""
        self._losses[id(errand)] += 1
        await asyncio.sleep(_PAUSE)
        if self._losses[id(errand)] <= _AGAIN:
            self.agenda.again(errand)
        else:
            del self._losses[id(errand)]
            self.latencies.given_up += 1
            self.agenda.give_up()
