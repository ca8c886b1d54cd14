"""Moves the deadlines of a case: what the verbs (extension, suspension, lifting) do to the clock.

The effects ``extend``, ``pause`` and ``resume`` of procedures come here by themselves (``affect``). Handlers that act
without a procedure call the same functions with the work of their command. A deadline is named by its key, which is the
id of the open activity that declares it, or of the instance for the deadline of a whole process; ``find`` gives the key
of the one that runs under a name.

    timekeeper.extend(work, key, requested=None)   # adds what the city's rule says, or what was requested
    timekeeper.pause(work, key)                    # the clock stands still, its timers wait for no moment
    timekeeper.resume(work, key)

Each records the event and has every timer and open task follow, and does the same to the clocks around: those of the
calls and processes in which the element runs, such as that of the whole case. What the city's settings forbid is
refused in words (``InvalidState``); ``extension_refusal`` and ``pause_refusal`` give the same answer beforehand, for
the button. A return needs no call: a flow that enters again elsewhere hands the clock over, and the next unit's is its
successor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TypeVar

from engine.effects import Effect, EffectKind
from engine.errors import InvalidState, Refusal
from engine.feel import Value, kind_of
from engine.handling import Work
from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines import (
    Deadline,
    DeadlineError,
    DeadlineSettings,
    extend,
    extension_amount,
    extension_refusal,
    pause,
    rebase,
    resume,
    suspension_refusal,
)
from processes.timekeeping.case_deadlines import CaseDeadlines
from processes.timekeeping.events import (
    DeadlineExtended,
    DeadlinePaused,
    DeadlineRederived,
    DeadlineResumed,
)
from processes.timekeeping.moves import CalendarOf, members, moved
from processes.timekeeping.projection import TABLE
from processes.timekeeping.rows import DeadlineRow
from processes.timekeeping.surroundings import around, release

Answer = TypeVar("Answer")
#: Key of the calendar by which a deadline runs that names none.
USUAL_CALENDAR = "standard"


@dataclass(frozen=True, kw_only=True)
class Timekeeper:
    """Keeps the deadlines of cases by the city's calendars and rules."""

    calendar_of: CalendarOf
    #: Asked at each use: the city may change them. Without an answer of its own a city has the usual ones.
    settings: Callable[[], DeadlineSettings] = DeadlineSettings
    usual_calendar: str = USUAL_CALENDAR

    def deadlines_of(self, work: Work) -> CaseDeadlines:
        """The deadlines of a tree as the engine and expressions see them."""
        return CaseDeadlines(work, self.calendar_of, self.settings(), self.usual_calendar, self.affect)

    def affect(self, work: Work, effect: Effect) -> None:
        """Carry out what a procedure does to the deadline of its host. Raises ``InvalidState``."""
        key = effect.host.instance if effect.host.activity is None else effect.host.activity
        match effect.kind:
            case EffectKind.EXTEND:
                asked_at = work.rows("procedure")[effect.instance].started_at
                self.extend(work, key, _number(effect.values.get("amount")), asked_at=asked_at)
            case EffectKind.PAUSE:
                self.pause(work, key)
            case EffectKind.RESUME:
                self.resume(work, key)
            case _:
                raise RuntimeError(f"{effect.kind} is no effect on a deadline")

    def find(self, work: Work, name: str) -> int:
        """Key of the open deadline of a name. Raises ``InvalidState``."""
        for key, row in self.deadlines_of(work).of_name(name):
            if row.clock.is_open:
                return key
        raise _not_open(name)

    def open_deadline(self, work: Work, key: int) -> DeadlineRow:
        """The deadline that runs (or is paused) under a key. Raises ``InvalidState``."""
        row: DeadlineRow | None = work.rows(TABLE).get(key)
        if row is None or not row.clock.is_open:
            raise _not_open(str(key))
        return row

    def extension_refusal(self, work: Work, key: int, *, asked_at: datetime | None = None) -> Refusal | None:
        """Why the deadline may not be extended; ``None`` when it may. What was asked for in time is in time."""
        clock = self.open_deadline(work, key).clock
        return _as_refusal(extension_refusal(clock, self.settings(), at=asked_at or work.now))

    def pause_refusal(self, work: Work, key: int, until: datetime | None = None) -> Refusal | None:
        """Why the clock may not stand still, until the planned moment if there is one; ``None`` when it may."""
        clock = self.open_deadline(work, key).clock
        return _as_refusal(suspension_refusal(clock, self.settings(), at=work.now, until=until))

    def extend(
        self, work: Work, key: int, requested: Decimal | None = None, *, asked_at: datetime | None = None
    ) -> DeadlineRow:
        """Add time, as much as the city's rule says. Raises ``InvalidState`` for what the rules forbid."""
        _refuse(self.extension_refusal(work, key, asked_at=asked_at))
        row = self.open_deadline(work, key)
        amount = _allowed(lambda: extension_amount(row.clock, self.settings(), requested=requested))
        for outer_key, outer in list(around(work, row)):
            if outer.clock.limit.unit == row.clock.limit.unit:
                self._extend(work, outer_key, outer, amount)
        return self._extend(work, key, row, amount)

    def pause(self, work: Work, key: int) -> DeadlineRow:
        """Let the clock stand still. Raises ``InvalidState`` for what the rules forbid."""
        _refuse(self.pause_refusal(work, key))
        row = self.open_deadline(work, key)
        for outer_key, outer in list(around(work, row)):
            if not outer.clock.is_paused:
                self._pause(work, outer_key, outer)
        return self._pause(work, key, row)

    def resume(self, work: Work, key: int) -> DeadlineRow:
        """Let the clock run again. Raises ``InvalidState`` when it is not paused."""
        row = self.open_deadline(work, key)
        resumed = self._derived(row, lambda calendar: resume(row.clock, calendar, at=work.now))
        resumed_row = moved(work, key, DeadlineResumed(**members(key, row, resumed)))
        release(work, self.calendar_of, row)
        return resumed_row

    def rederive(self, work: Work) -> list[str]:
        """Count every open deadline anew under the calendars and settings in force; the names of what moved."""
        names = []
        for key, row in list(work.rows(TABLE).items()):
            if not row.clock.is_open:
                continue
            anew = self._derived(row, partial(rebase, row.clock, warn_share=self.settings().warn_share))
            if anew != row.clock:
                moved(work, key, DeadlineRederived(warn_share=anew.warn_share, **members(key, row, anew)))
            if (anew.warn_at, anew.due_at) != (row.clock.warn_at, row.clock.due_at):
                names.append(row.name)
        return names

    def _extend(self, work: Work, key: int, row: DeadlineRow, amount: Decimal) -> DeadlineRow:
        extended = self._derived(row, lambda calendar: extend(row.clock, calendar, amount=amount, at=work.now))
        return moved(work, key, DeadlineExtended(amount=amount, **members(key, row, extended)))

    def _pause(self, work: Work, key: int, row: DeadlineRow) -> DeadlineRow:
        paused = self._derived(row, lambda calendar: pause(row.clock, calendar, at=work.now))
        return moved(work, key, DeadlinePaused(**members(key, row, paused)))

    def _derived(self, row: DeadlineRow, change: Callable[[CompiledCalendar], Deadline]) -> Deadline:
        return _allowed(lambda: change(self.calendar_of(row.clock.calendar_key)))


def _allowed(derive: Callable[[], Answer]) -> Answer:
    try:
        return derive()
    except (DeadlineError, CalendarError) as error:
        raise InvalidState(error.code, error.message_zh, error.message_en) from error


def _as_refusal(error: DeadlineError | None) -> Refusal | None:
    return None if error is None else InvalidState(error.code, error.message_zh, error.message_en)


def _not_open(name: str) -> InvalidState:
    return InvalidState(
        "deadline_not_open",
        f"案件没有正在计时的时限“{name}”",
        f"Expected the case to have a deadline {name!a} that has not ended, but it has none",
    )


def _number(value: Value) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    raise InvalidState(
        "extension_amount",
        f"延期数量应为数字，得到的却是 {kind_of(value)}",
        f"Expected the amount of an extension to be a number, but it is a {kind_of(value)}",
    )


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise refusal
