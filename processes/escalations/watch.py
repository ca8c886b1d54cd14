"""Lets deadlines warn whose moment has come.

Which are left is in the rows themselves, so the work goes on where it stopped, whoever does it: one that has warned is
not found again, and of two watches that let the same one warn the second finds that it did.
"""

from __future__ import annotations

import logging

from engine.actors import Actor
from engine.bus import Bus
from engine.crash import crash_point
from engine.errors import Refusal, Unavailable
from engine.rounds import Rounds
from engine.tree_by_tree import tree_by_tree
from processes.escalations.claims import ClaimedWarning, WarningClaims
from processes.escalations.commands import WarnOfDeadline

_LOG = logging.getLogger(__name__)

WATCH = Actor(id="system:deadline", name="deadline", audience=None)
#: Deadlines claimed at a time; they must have warned well within their lease.
BATCH = 100


class DeadlineWatch:
    """Runs until it is stopped; several may run, on several machines."""

    def __init__(self, bus: Bus, claims: WarningClaims) -> None:
        self._bus = bus
        self._claims = claims
        self._rounds = Rounds("warning", self._warn_batch, claims.next_due)

    def start(self) -> None:
        """Start; returns at once."""
        self._rounds.start()

    async def stop(self) -> None:
        """Let warn what was claimed and stop; safe to call twice."""
        await self._rounds.stop()

    async def warn_due(self) -> int:
        """Claim what is to warn and let it, up to one batch; how many were claimed. Raises ``Unavailable``."""
        claimed = await self._claims.claim(BATCH)
        if claimed:
            crash_point("warning.after_claim")
        await tree_by_tree(claimed, self._warn)
        return len(claimed)

    async def _warn_batch(self) -> bool:
        return await self.warn_due() == BATCH

    async def _warn(self, warning: ClaimedWarning) -> None:
        try:
            await self._bus.handle(WarnOfDeadline(actor=WATCH, tree=warning.tree, deadline=warning.deadline))
        except Unavailable:
            # Claimed again when the lease is over.
            return
        except Refusal as refusal:
            # One case that cannot put up its ladder must not keep the others waiting.
            place = {"tree": warning.tree, "deadline": warning.deadline}
            _LOG.warning("warning_refused", extra={**place, "code": refusal.code})
        except Exception:
            _LOG.exception("warning_failed", extra={"tree": warning.tree, "deadline": warning.deadline})
        crash_point("warning.after_warning")
