"""What presses most: time left set against how much the work weighs; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

#: The priority that weighs one.
_USUAL = 50
_LEAST_WEIGHT = 0.2


def weight_of(priority: int) -> float:
    """How much work of a priority weighs: 1 for the usual one."""
    return max(_LEAST_WEIGHT, priority / _USUAL)


def pressure_order(due_at: datetime, priority: int, now: datetime) -> timedelta:
    """Sorts what presses more before what presses less: heavier work has less time left, and is later when late."""
    left, weight = due_at - now, weight_of(priority)
    return left / weight if left > timedelta(0) else left * weight
