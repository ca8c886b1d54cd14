"""Firing a timer that was claimed."""

from __future__ import annotations

from typing import Any

from engine.commands import FireTimer
from engine.handlers.progress import progress
from engine.handling import Work
from engine.projections import TimerRow


def fire_timer(command: FireTimer, work: Work) -> dict[str, Any]:
    """Let it fire when the claim still holds and its moment has come; whether it did is in the answer."""
    row: TimerRow | None = work.rows("timer").get(command.timer)
    holds = row is not None and row.is_open and row.lease == command.lease
    fired = holds and work.fire(command.timer)
    return {"case": command.tree, "timer": command.timer, "fired": fired, **progress(work)}
