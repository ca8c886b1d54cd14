"""The worker that lets timers fire; several may run, on several machines."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Sequence
from itertools import groupby

from engine.actors import Actor
from engine.bus import Bus
from engine.commands import FireTimer
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.timers.claims import ClaimedTimer, TimerClaims

_LOG = logging.getLogger(__name__)

TIMER = Actor(id="system:timer", name="timer", audience=None)
#: Timers claimed at a time; they must be fired well within their lease.
BATCH = 100
#: Cases moved at a time: most of a move is waiting for the database, whose pool must have some connections left.
CONCURRENCY = 8
#: Seconds between two looks; shorter than the time in which any timer can be due.
LONGEST_PAUSE = 0.5
#: The same while another worker is just claiming what is due.
SHORTEST_PAUSE = 0.005


class TimerWorker:
    """Runs until it is stopped."""

    def __init__(self, bus: Bus, claims: TimerClaims) -> None:
        self._bus = bus
        self._claims = claims
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start; returns at once."""
        self._stopping.clear()
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Fire what was claimed and stop; safe to call twice."""
        self._stopping.set()
        if self._running is not None:
            await self._running
            self._running = None

    async def fire_due(self) -> int:
        """Claim and fire what is due, up to one batch; how many were claimed. Raises ``Unavailable``."""
        claimed = await self._claims.claim(BATCH)
        crash_point("timer.after_claim")
        await self._fire_all(claimed)
        return len(claimed)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if await self.fire_due() == BATCH:
                    continue
                pause = await self._time_to_next()
            except Unavailable:
                pause = LONGEST_PAUSE
            except Exception:
                # Whatever it was, timers must not stand still for it.
                _LOG.exception("timer_round_failed")
                pause = LONGEST_PAUSE
            await self._rest(pause)

    async def _time_to_next(self) -> float:
        wait = await self._claims.next_due()
        seconds = LONGEST_PAUSE if wait is None else wait.total_seconds()
        return min(max(seconds, SHORTEST_PAUSE), LONGEST_PAUSE)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _fire_all(self, claimed: Sequence[ClaimedTimer]) -> None:
        places = asyncio.Semaphore(CONCURRENCY)
        by_tree = groupby(sorted(claimed, key=lambda timer: timer.tree), key=lambda timer: timer.tree)
        await asyncio.gather(*[self._fire_in_turn(list(timers), places) for _, timers in by_tree])

    async def _fire_in_turn(self, timers: Iterable[ClaimedTimer], places: asyncio.Semaphore) -> None:
        """The timers of one case one after the other, because they would only get in each other's way."""
        async with places:
            for timer in timers:
                await self._fire(timer)

    async def _fire(self, timer: ClaimedTimer) -> None:
        try:
            await self._bus.handle(FireTimer(actor=TIMER, tree=timer.tree, timer=timer.timer, lease=timer.lease))
        except Unavailable:
            # Claimed again when the lease is over.
            return
        except Refusal as refusal:
            _LOG.warning("timer_refused", extra={"tree": timer.tree, "timer": timer.timer, "code": refusal.code})
        except Exception:
            # One case that meets a mistake of ours must not keep the others waiting.
            _LOG.exception("timer_failed", extra={"tree": timer.tree, "timer": timer.timer})
        crash_point("timer.after_fire")
