"""What other settings would do to open deadlines, before they are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines.deadline import Deadline
from processes.deadlines.errors import DeadlineError
from processes.deadlines.lamps import Lamp, lamp
from processes.deadlines.permits import extension_refusal, suspension_refusal
from processes.deadlines.previews import Obstacle
from processes.deadlines.settings import DeadlineSettings
from processes.deadlines.transitions import rebase


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a deadline stands under some settings: its lamp at the moment, and what may be done with it."""

    deadline: Deadline
    lamp: Lamp
    may_extend: bool
    may_suspend: bool


@dataclass(frozen=True, slots=True)
class SettingsMove:
    """An open deadline that would stand otherwise."""

    before: Standing
    after: Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsPreview:
    """The outcome over all open deadlines looked at."""

    at: datetime
    examined: int
    moves: tuple[SettingsMove, ...]
    obstacles: tuple[Obstacle, ...]

    def gained(self, holds: Callable[[Standing], bool]) -> int:
        """Of how many something would hold that does not hold now."""
        return sum(holds(move.after) and not holds(move.before) for move in self.moves)

    def lost(self, holds: Callable[[Standing], bool]) -> int:
        """Of how many something would no longer hold."""
        return sum(holds(move.before) and not holds(move.after) for move in self.moves)


def preview_settings(
    deadlines: Iterable[Deadline],
    calendar_of: Callable[[str], CompiledCalendar],
    *,
    current: DeadlineSettings,
    proposed: DeadlineSettings,
    at: datetime,
) -> SettingsPreview:
    """Look at every open deadline under both settings and report which would stand otherwise."""
    open_ones = [one for one in deadlines if one.is_open]
    moves: list[SettingsMove] = []
    obstacles: list[Obstacle] = []
    for deadline in open_ones:
        try:
            warned_anew = rebase(deadline, calendar_of(deadline.calendar_key), warn_share=proposed.warn_share)
        except (CalendarError, DeadlineError) as problem:
            obstacles.append(Obstacle(deadline, problem))
            continue
        moves += _moves(_standing(deadline, current, at), _standing(warned_anew, proposed, at))
    return SettingsPreview(at=at, examined=len(open_ones), moves=tuple(moves), obstacles=tuple(obstacles))


def _standing(deadline: Deadline, settings: DeadlineSettings, at: datetime) -> Standing:
    return Standing(
        deadline=deadline,
        lamp=lamp(deadline, at),
        may_extend=extension_refusal(deadline, settings, at=at) is None,
        may_suspend=suspension_refusal(deadline, settings, at=at) is None,
    )


def _moves(before: Standing, after: Standing) -> Iterator[SettingsMove]:
    def told(standing: Standing) -> tuple[object, ...]:
        return standing.deadline.warn_at, standing.may_extend, standing.may_suspend

    if told(before) != told(after):
        yield SettingsMove(before, after)
