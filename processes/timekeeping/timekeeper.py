"""Moves the deadlines of a case: what the verbs (extension, suspension, return) do to the clock.

Handlers call these with the work of their command, after their own rules have allowed it. Each finds the open deadline
by its name, records the event, and has every timer and open task follow:

    timekeeper.extend(work, "disposal", requested=None)   # adds what the city's rule says, or what was requested
    timekeeper.pause(work, "disposal", until=planned)     # the clock stands still, its timers wait for no moment
    timekeeper.resume(work, "disposal")
    timekeeper.hand_over(work, "disposal")                # returned: before the activity is cancelled and entered anew

What the city's settings forbid is refused in words (``InvalidState``). ``extension_refusal`` and ``pause_refusal`` give
the same answer beforehand, for the button. The clock of the next unit begins by itself when the diagram enters an
element that declares the deadline; after ``hand_over`` it counts as the successor of the returned one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from engine.errors import InvalidState, Refusal
from engine.handling import Work
from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines import (
    Deadline,
    DeadlineError,
    DeadlineSettings,
    Ending,
    end,
    extend,
    extension_amount,
    extension_refusal,
    pause,
    rebase,
    resume,
    suspension_refusal,
)
from processes.timekeeping.case_deadlines import CalendarOf, CaseDeadlines, ended
from processes.timekeeping.events import (
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineRederived,
    DeadlineResumed,
)
from processes.timekeeping.projection import TABLE
from processes.timekeeping.rows import DeadlineRow

Answer = TypeVar("Answer")
#: Key of the calendar by which a deadline runs that names none.
USUAL_CALENDAR = "standard"


@dataclass(frozen=True, kw_only=True)
class Timekeeper:
    """Keeps the deadlines of cases by the city's calendars and rules."""

    calendar_of: CalendarOf
    settings: DeadlineSettings = field(default_factory=DeadlineSettings)
    usual_calendar: str = USUAL_CALENDAR

    def deadlines_of(self, work: Work) -> CaseDeadlines:
        """The deadlines of a tree as the engine and expressions see them."""
        return CaseDeadlines(work, self.calendar_of, self.settings, self.usual_calendar)

    def find(self, work: Work, name: str) -> tuple[int, DeadlineRow]:
        """Key and row of the open deadline of a name. Raises ``InvalidState``."""
        for key, row in self.deadlines_of(work).of_name(name):
            if row.clock.is_open:
                return key, row
        raise InvalidState(
            "deadline_not_open",
            f"案件没有正在计时的时限“{name}”",
            f"Expected the case to have a deadline {name!a} that has not ended, but it has none",
        )

    def extension_refusal(self, work: Work, name: str) -> Refusal | None:
        """Why the deadline may not be extended now; ``None`` when it may."""
        return _as_refusal(extension_refusal(self.find(work, name)[1].clock, self.settings, at=work.now))

    def pause_refusal(self, work: Work, name: str, until: datetime) -> Refusal | None:
        """Why the clock may not stand still until the planned moment; ``None`` when it may."""
        clock = self.find(work, name)[1].clock
        return _as_refusal(suspension_refusal(clock, self.settings, at=work.now, until=until))

    def extend(self, work: Work, name: str, requested: Decimal | None = None) -> DeadlineRow:
        """Add time, as much as the city's rule says. Raises ``InvalidState`` for what the rules forbid."""
        _refuse(self.extension_refusal(work, name))
        key, row = self.find(work, name)
        amount = _allowed(lambda: extension_amount(row.clock, self.settings, requested=requested))
        extended = self._derived(row, lambda calendar: extend(row.clock, calendar, amount=amount, at=work.now))
        return _moved(work, key, DeadlineExtended(amount=amount, **_members(key, row, extended)))

    def pause(self, work: Work, name: str, until: datetime) -> DeadlineRow:
        """Let the clock stand still; ``until`` is when it is planned to run again. Raises ``InvalidState``."""
        _refuse(self.pause_refusal(work, name, until))
        key, row = self.find(work, name)
        paused = self._derived(row, lambda calendar: pause(row.clock, calendar, at=work.now))
        return _moved(work, key, DeadlinePaused(**_members(key, row, paused)))

    def resume(self, work: Work, name: str) -> DeadlineRow:
        """Let the clock run again. Raises ``InvalidState`` when it is not paused."""
        key, row = self.find(work, name)
        resumed = self._derived(row, lambda calendar: resume(row.clock, calendar, at=work.now))
        return _moved(work, key, DeadlineResumed(**_members(key, row, resumed)))

    def hand_over(self, work: Work, name: str) -> DeadlineRow:
        """End the clock because the unit has returned the case; its used time stays a fact. Raises ``InvalidState``."""
        key, row = self.find(work, name)
        returned = self._derived(row, lambda calendar: end(row.clock, calendar, ending=Ending.RETURNED, at=work.now))
        work.record(ended(key, row, returned))
        work.deadline_moved(name)
        return _row(work, key)

    def rederive(self, work: Work) -> list[str]:
        """Count every open deadline anew under the calendars in force; the names of those whose moments moved."""
        moved = []
        for key, row in list(work.rows(TABLE).items()):
            if not row.clock.is_open:
                continue
            anew = self._derived(row, partial(rebase, row.clock))
            if anew != row.clock:
                _moved(work, key, DeadlineRederived(**_members(key, row, anew)))
            if (anew.warn_at, anew.due_at) != (row.clock.warn_at, row.clock.due_at):
                moved.append(row.name)
        return moved

    def _derived(self, row: DeadlineRow, change: Callable[[CompiledCalendar], Deadline]) -> Deadline:
        return _allowed(lambda: change(self.calendar_of(row.clock.calendar_key)))


def _members(key: int, row: DeadlineRow, clock: Deadline) -> dict[str, Any]:
    return {
        "deadline": key,
        "instance": row.instance,
        "element": row.element,
        "name": row.name,
        "calendar_version": clock.calendar_version,
        "warn_at": clock.warn_at,
        "due_at": clock.due_at,
    }


def _moved(work: Work, key: int, event: DeadlineMoved) -> DeadlineRow:
    work.record(event)
    work.deadline_moved(event.name)
    return _row(work, key)


def _row(work: Work, key: int) -> DeadlineRow:
    row: DeadlineRow = work.rows(TABLE)[key]
    return row


def _allowed(derive: Callable[[], Answer]) -> Answer:
    try:
        return derive()
    except (DeadlineError, CalendarError) as error:
        raise InvalidState(error.code, error.message_zh, error.message_en) from error


def _as_refusal(error: DeadlineError | None) -> Refusal | None:
    return None if error is None else InvalidState(error.code, error.message_zh, error.message_en)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise refusal
