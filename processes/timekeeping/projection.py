"""Folds what happens to deadlines into their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.event import Event
from engine.events import Recorded
from engine.projection import Rows
from processes.deadlines import Deadline, Ending, Extension, LimitUnit, Pause, StartCause, Subject, TimeLimit
from processes.timekeeping.events import (
    DeadlineEnded,
    DeadlineEvent,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineRederived,
    DeadlineResumed,
    DeadlineStarted,
    DeadlineWarned,
)
from processes.timekeeping.rows import DeadlineRow

TABLE = "deadline"


class DeadlineProjection:
    """The deadlines of a tree."""

    table = TABLE
    events = (DeadlineEvent,)

    def fold(self, rows: Rows[DeadlineRow], recorded: Recorded) -> None:
        """Begin a deadline, or change what the event speaks of."""
        match recorded.event:
            case DeadlineStarted() as started:
                _outdate(rows, started.name)
                rows.put(started.deadline, _started(started, recorded))
            case DeadlineWarned(deadline=key):
                rows.put(key, replace(rows[key], has_warned=True))
            case DeadlineMoved(deadline=key) as moved:
                rows.put(key, _moved(rows[key], moved, _second(recorded.at)))
            case DeadlineEnded(deadline=key) as ended:
                clock = replace(rows[key].clock, **_ended(ended, _second(recorded.at)))
                rows.put(key, replace(rows[key], clock=clock))


def _moved(row: DeadlineRow, event: DeadlineMoved, at: datetime) -> DeadlineRow:
    """What it has warned of holds as long as it runs and its moments stay where they are."""
    clock = replace(row.clock, **_CHANGES[type(event)](row.clock, event, at), **_derived(event))
    stays = (clock.warn_at, clock.due_at) == (row.clock.warn_at, row.clock.due_at) and not clock.is_paused
    return replace(row, clock=clock, has_warned=row.has_warned and stays)


def _outdate(rows: Rows[DeadlineRow], name: str) -> None:
    for key in [key for key in rows if rows[key].name == name and rows[key].is_latest]:
        rows.put(key, replace(rows[key], is_latest=False))


def _started(event: DeadlineStarted, recorded: Recorded) -> DeadlineRow:
    clock = Deadline(
        subject=Subject(
            deadline_id=f"{recorded.tree}.{event.deadline}",
            case_id=str(recorded.tree),
            stage=event.stage,
            unit_id=event.unit,
        ),
        limit=TimeLimit(event.amount, LimitUnit(event.time_unit)),
        started_at=_second(recorded.at),
        warn_share=event.warn_share,
        calendar_key=event.calendar,
        cause=StartCause(event.cause),
        attempt=event.attempt,
        **_derived(event),
    )
    return DeadlineRow(instance=event.instance, element=event.element, name=event.name, clock=clock)


def _derived(event: DeadlineMoved) -> dict[str, Any]:
    return {"calendar_version": event.calendar_version, "warn_at": event.warn_at, "due_at": event.due_at}


def _extended(clock: Deadline, event: DeadlineExtended, at: datetime) -> dict[str, Any]:
    return {"extensions": (*clock.extensions, Extension(event.amount, at))}


def _paused(clock: Deadline, _: DeadlinePaused, at: datetime) -> dict[str, Any]:
    return {"pauses": (*clock.pauses, Pause(at))}


def _resumed(clock: Deadline, _: DeadlineResumed, at: datetime) -> dict[str, Any]:
    return {"pauses": (*clock.pauses[:-1], replace(clock.pauses[-1], ends=at))}


def _rederived(_clock: Deadline, event: DeadlineRederived, _at: datetime) -> dict[str, Any]:
    return {"warn_share": event.warn_share}


def _ended(event: DeadlineEnded, at: datetime) -> dict[str, Any]:
    return {"ended_at": at, "ending": Ending(event.ending), "used": event.used}


#: What a move changes of a clock, beside the moments it was derived to.
_CHANGES: Mapping[type[Event], Callable[[Deadline, Any, datetime], dict[str, Any]]] = {
    DeadlineExtended: _extended,
    DeadlinePaused: _paused,
    DeadlineResumed: _resumed,
    DeadlineRederived: _rederived,
}


def _second(at: datetime) -> datetime:
    """Clocks count whole seconds."""
    return at.replace(microsecond=0)
