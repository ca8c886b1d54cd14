"""Timers that begin processes: armed by publishing, fired by workers, each firing a case of its own.

    publishing → armed row, due → claim (lease) → FireStartTimer → message to the process → case

One commit moves the timer on and takes its message in, so no firing is lost or told twice. From there on it is a
message like any other (``engine/messages``): the commit that begins the case uses it up, and one of which no case can
come waits for people.
"""

from engine.start_timers.arming import StartTimerArming
from engine.start_timers.claims import ClaimedStartTimer, StartTimerClaims
from engine.start_timers.firing import FireStartTimer, FireStartTimerHandler
from engine.start_timers.queries import ArmedStartTimer, armed_start_timers
from engine.start_timers.worker import StartTimerWorker

__all__ = [
    "ArmedStartTimer",
    "ClaimedStartTimer",
    "FireStartTimer",
    "FireStartTimerHandler",
    "StartTimerArming",
    "StartTimerClaims",
    "StartTimerWorker",
    "armed_start_timers",
]
