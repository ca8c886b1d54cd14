"""The worker that lets timers fire; several may run, on several machines."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from itertools import groupby

from engine.actors import Actor
from engine.bus import Bus
from engine.commands import FireTimer
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.rounds import Rounds
from engine.timers.claims import ClaimedTimer, TimerClaims

_LOG = logging.getLogger(__name__)

TIMER = Actor(id="system:timer", name="timer", audience=None)
#: Timers claimed at a time; they must be fired well within their lease.
BATCH = 100
#: Cases moved at a time: most of a move is waiting for the database, whose pool must have some connections left.
CONCURRENCY = 8


class TimerWorker:
    """Runs until it is stopped."""

    def __init__(self, bus: Bus, claims: TimerClaims) -> None:
        self._bus = bus
        self._claims = claims
        self._rounds = Rounds("timer", self._fire_batch, claims.next_due)

    def start(self) -> None:
        """Start; returns at once."""
        self._rounds.start()

    async def stop(self) -> None:
        """Fire what was claimed and stop; safe to call twice."""
        await self._rounds.stop()

    async def fire_due(self) -> int:
        """Claim and fire what is due, up to one batch; how many were claimed. Raises ``Unavailable``."""
        claimed = await self._claims.claim(BATCH)
        crash_point("timer.after_claim")
        await self._fire_all(claimed)
        return len(claimed)

    async def _fire_batch(self) -> bool:
        return await self.fire_due() == BATCH

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
