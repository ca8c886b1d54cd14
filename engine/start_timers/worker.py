"""The worker that lets timers of processes fire; several may run, on several machines."""

from __future__ import annotations

import logging

from engine.bus import Bus
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.rounds import Rounds
from engine.start_timers.claims import ClaimedStartTimer, StartTimerClaims
from engine.start_timers.firing import FireStartTimer
from engine.timers import TIMER

_LOG = logging.getLogger(__name__)

#: Timers claimed at a time; they must be fired well within their lease.
BATCH = 20


class StartTimerWorker:
    """Runs until it is stopped."""

    def __init__(self, bus: Bus, claims: StartTimerClaims) -> None:
        self._bus = bus
        self._claims = claims
        self._rounds = Rounds("start_timer", self._fire_batch, claims.next_due)

    def start(self) -> None:
        """Start; returns at once."""
        self._rounds.start()

    async def stop(self) -> None:
        """Fire what was claimed and stop; safe to call twice."""
        await self._rounds.stop()

    async def fire_due(self) -> int:
        """Claim and fire what is due, up to one batch; how many were claimed. Raises ``Unavailable``."""
        claimed = await self._claims.claim(BATCH)
        if claimed:
            crash_point("start_timer.after_claim")
        for timer in claimed:
            await self._fire(timer)
        return len(claimed)

    async def _fire_batch(self) -> bool:
        return await self.fire_due() == BATCH

    async def _fire(self, timer: ClaimedStartTimer) -> None:
        process, place = timer.process, timer.place
        try:
            await self._bus.handle(FireStartTimer(actor=TIMER, process=process, place=place, lease=timer.lease))
        except Unavailable:
            # Claimed again when the lease is over.
            return
        except Refusal as refusal:
            _LOG.warning("start_timer_refused", extra={"process": process, "code": refusal.code})
        except Exception:
            # One process that meets a mistake of ours must not keep the others waiting.
            _LOG.exception("start_timer_failed", extra={"process": process})
        crash_point("start_timer.after_fire")
