"""The worker that lets timers fire; several may run, on several machines."""

from __future__ import annotations

import logging

from engine.actors import Actor
from engine.bus import Bus
from engine.commands import FireTimer
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.rounds import Rounds
from engine.timers.claims import ClaimedTimer, TimerClaims
from engine.tree_by_tree import tree_by_tree

_LOG = logging.getLogger(__name__)

TIMER = Actor(id="system:timer", name="timer", audience=None)
#: Timers claimed at a time; they must be fired well within their lease.
BATCH = 100


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
        if claimed:
            crash_point("timer.after_claim")
        await tree_by_tree(claimed, self._fire)
        return len(claimed)

    async def _fire_batch(self) -> bool:
        return await self.fire_due() == BATCH

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
