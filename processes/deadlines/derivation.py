"""From facts to moments: when a limit is used up, and how much of it has passed, pauses left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

import msgspec

from processes.calendars import CompiledCalendar, to_seconds
from processes.deadlines.counting import Counting, counting_of
from processes.deadlines.errors import DeadlineError
from processes.deadlines.units import LimitUnit, TimeLimit


class Pause(msgspec.Struct, frozen=True):
    """A time in which the clock stands still; ``ends`` is None while it lasts."""

    begins: datetime
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The facts a due time follows from: the whole limit, the start and the pauses in their order."""

    started_at: datetime
    limit: TimeLimit
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        """Refuse pauses that overlap, end before they begin, or begin before the clock."""
        moments = [self.started_at]
        for pause in self.pauses:
            moments += [pause.begins, pause.ends or pause.begins]
        is_open_early = any(pause.ends is None for pause in self.pauses[:-1])
        if is_open_early or any(later < earlier for earlier, later in pairwise(moments)):
            raise DeadlineError(
                "pause_order",
                "/pauses",
                message_zh="暂停须在起算之后，先后有序且互不重叠。",
                message_en="Expected pauses after the start, in order and without overlap.",
            )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the clock runs, in seconds; ``ends`` is None for the one under way."""

    begins: int
    ends: int | None


def due_at(calendar: CompiledCalendar, started_at: datetime, limit: TimeLimit) -> datetime:
    """When a clock started then, and never paused, reaches its limit; told in the city's zone."""
    counting = counting_of(calendar, limit.unit)
    begins = to_seconds(started_at, "/started_at")
    reached = counting.after(counting.origin(begins), limit.quantity, counting.side(begins))
    return calendar.moment(counting.settled(reached))


def due_at_of(calendar: CompiledCalendar, run: Run) -> datetime | None:
    """When the run reaches its limit; None while it is paused short of it."""
    counting = counting_of(calendar, run.limit.unit)
    reached = _reached(counting, run, run.limit.quantity)
    return None if reached is None else calendar.moment(counting.settled(reached))


def share_reached_at(calendar: CompiledCalendar, run: Run, share: Fraction) -> datetime | None:
    """When so large a share of the limit has passed; None while the run is paused short of it."""
    reached = _reached(counting_of(calendar, run.limit.unit), run, run.limit.quantity * share)
    return None if reached is None else calendar.moment(reached)


def elapsed(calendar: CompiledCalendar, run: Run, at: datetime) -> Fraction:
    """How much of the limit's unit has passed by the moment, pauses left out; it goes on beyond the limit."""
    counting = counting_of(calendar, run.limit.unit)
    until = to_seconds(at, "/at")
    begun = (stretch for stretch in stretches(counting, run) if stretch.begins < until)
    return sum((counting.between(one.begins, min(until, one.ends or until)) for one in begun), start=Fraction(0))


def remaining(calendar: CompiledCalendar, run: Run, at: datetime) -> Fraction:
    """How much of the limit is left at the moment, in its unit; below zero once it is used up."""
    return run.limit.quantity - elapsed(calendar, run, at)


def elapsed_between(calendar: CompiledCalendar, begins: datetime, ends: datetime, unit: LimitUnit) -> Fraction:
    """How much of the unit passes from ``begins`` to ``ends`` for a clock that is never paused."""
    counting = counting_of(calendar, unit)
    origin, until = counting.origin(to_seconds(begins, "/begins")), to_seconds(ends, "/ends")
    return counting.between(origin, until) if origin < until else Fraction(0)


def stretches(counting: Counting, run: Run) -> Iterator[Stretch]:
    """The times in which the run's clock counts, in order; none is left open while it is paused."""
    begins = counting.origin(to_seconds(run.started_at, "/started_at"))
    for pause in run.pauses:
        pause_begins = to_seconds(pause.begins, "/pauses")
        if begins < pause_begins:
            yield Stretch(begins, pause_begins)
        if pause.ends is None:
            return
        begins = max(begins, to_seconds(pause.ends, "/pauses"))
    yield Stretch(begins, None)


def _reached(counting: Counting, run: Run, amount: Fraction) -> int | None:
    side = counting.side(to_seconds(run.started_at, "/started_at"))
    for stretch in stretches(counting, run):
        reached = counting.after(stretch.begins, amount, side)
        if stretch.ends is None or reached <= stretch.ends:
            return reached
        amount -= counting.between(stretch.begins, stretch.ends)
    return None
