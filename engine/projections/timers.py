"""Timers: the moments that elements wait for.

Who has claimed a timer (``lease``) is not in the log: workers count it up in the row alone. Everything else is folded
and can be recomputed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from engine.events import Recorded, TimerArmed, TimerCancelled, TimerFired, TimerMoved
from engine.projection import Rows


class TimerState(StrEnum):
    """Whether a timer is still waited for."""

    ARMED = "armed"
    FIRED = "fired"
    CANCELLED = "cancelled"


class TimerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One timer."""

    instance: int
    #: The event that catches it.
    element: str
    name: str
    #: The activity that a boundary event stands on; empty for an event in the flow.
    attached_to: str
    #: ``None`` while the deadline that it follows stands still or does not run.
    due_at: datetime | None
    state: TimerState
    armed_at: datetime
    #: When it fired or was cancelled.
    ended_at: datetime | None = None
    #: How often it has been claimed; only the last claim counts.
    lease: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is still waited for."""
        return self.state is TimerState.ARMED


class TimerProjection:
    """Folds the arming, firing and cancelling of timers."""

    table = "timer"
    events = (TimerArmed, TimerMoved, TimerFired, TimerCancelled)

    def fold(self, rows: Rows[TimerRow], recorded: Recorded) -> None:
        """Arm or end a timer."""
        match recorded.event:
            case TimerArmed() as armed:
                rows.put(armed.timer, _armed(armed, recorded.at))
            case TimerMoved(timer=timer, due_at=due_at):
                rows.put(timer, replace(rows[timer], due_at=due_at))
            case TimerFired(timer=timer):
                rows.put(timer, replace(rows[timer], state=TimerState.FIRED, ended_at=recorded.at))
            case TimerCancelled(timer=timer):
                rows.put(timer, replace(rows[timer], state=TimerState.CANCELLED, ended_at=recorded.at))


def _armed(armed: TimerArmed, at: datetime) -> TimerRow:
    return TimerRow(
        instance=armed.instance,
        element=armed.element,
        name=armed.name,
        attached_to=armed.attached_to,
        due_at=armed.due_at,
        state=TimerState.ARMED,
        armed_at=at,
    )
