"""Timers in time: workers claim what is due and hand each to the bus as a command.

    armed row, due → claim (lease) → FireTimer → fired row

Exactly once comes from the tree's version and the row's state, not from the claim: a claim only keeps workers out of
each other's way. No timer is due within a second of its arming (``engine.spiff.limits.SHORTEST_WAIT``), so a worker
that looks more often than that never learns too late of a new one and need not be told.
"""

from engine.timers.claims import LEASE, ClaimedTimer, TimerClaims
from engine.timers.lateness import TimerLateness, timer_lateness
from engine.timers.worker import TIMER, TimerWorker

__all__ = ["LEASE", "TIMER", "ClaimedTimer", "TimerClaims", "TimerLateness", "TimerWorker", "timer_lateness"]
