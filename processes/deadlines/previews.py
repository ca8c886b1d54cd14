"""What a change of the calendar would do to open deadlines, before it is applied."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines.deadline import Deadline
from processes.deadlines.errors import DeadlineError
from processes.deadlines.lamps import is_overdue
from processes.deadlines.transitions import rebase


@dataclass(frozen=True, slots=True)
class Move:
    """An open deadline whose moments would change."""

    before: Deadline
    after: Deadline
    becomes_overdue: bool
    is_rescued: bool


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A deadline that the proposed calendar cannot derive."""

    deadline: Deadline
    problem: CalendarError | DeadlineError


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """The outcome over all deadlines looked at; ended ones and those of other calendars are left out."""

    calendar_version: str
    at: datetime
    examined: int
    moves: tuple[Move, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def newly_overdue(self) -> tuple[Move, ...]:
        """Those in time now that would be overdue."""
        return tuple(move for move in self.moves if move.becomes_overdue)

    @property
    def rescued(self) -> tuple[Move, ...]:
        """Those overdue now that would be in time again."""
        return tuple(move for move in self.moves if move.is_rescued)


def preview(deadlines: Iterable[Deadline], proposed: CompiledCalendar, *, at: datetime) -> Preview:
    """Re-derive every open deadline of this calendar under the proposed version and report what would differ."""
    concerned = [one for one in deadlines if one.is_open and one.calendar_key == proposed.rows.key]
    outcomes = list(_outcomes(concerned, proposed, at))
    return Preview(
        calendar_version=proposed.version,
        at=at,
        examined=len(concerned),
        moves=tuple(outcome for outcome in outcomes if isinstance(outcome, Move)),
        obstacles=tuple(outcome for outcome in outcomes if isinstance(outcome, Obstacle)),
    )


def _outcomes(deadlines: list[Deadline], proposed: CompiledCalendar, at: datetime) -> Iterator[Move | Obstacle]:
    for before in deadlines:
        try:
            after = rebase(before, proposed)
        except (CalendarError, DeadlineError) as problem:
            yield Obstacle(before, problem)
            continue
        if (before.warn_at, before.due_at) != (after.warn_at, after.due_at):
            was_late, is_late = is_overdue(before, at), is_overdue(after, at)
            yield Move(before, after, becomes_overdue=is_late and not was_late, is_rescued=was_late and not is_late)
