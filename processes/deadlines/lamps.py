"""Lamps and lateness: derived from a deadline and a moment, never stored."""

from datetime import datetime
from enum import StrEnum

from processes.deadlines.deadline import Deadline


class Lamp(StrEnum):
    """What a list shows beside a deadline."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


def lamp(deadline: Deadline, at: datetime) -> Lamp:
    """Grey while paused; red after ``due_at``, yellow from ``warn_at``, else green; its end fixes the colour."""
    if deadline.is_open and deadline.is_paused:
        return Lamp.GREY
    if is_overdue(deadline, at):
        return Lamp.RED
    return Lamp.YELLOW if _has_come(deadline.warn_at, _judged_at(deadline, at)) else Lamp.GREEN


def is_overdue(deadline: Deadline, at: datetime) -> bool:
    """Whether the due time has passed at the moment, or had passed when the clock ended; on the second is in time."""
    return deadline.due_at is not None and _judged_at(deadline, at) > deadline.due_at


def _judged_at(deadline: Deadline, at: datetime) -> datetime:
    return at if deadline.ended_at is None else min(at, deadline.ended_at)


def _has_come(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and at >= moment
