"""The deadlines of one case for one command: begun and ended by the engine, read by expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from msgspec.structs import replace

from engine.deadlines import NO_MOMENTS, DeadlineAsked, Escalation, Moments, Outcome
from engine.effects import Effect
from engine.errors import Invalid
from engine.feel import Value, from_datetime, kind_of
from engine.handling import Work
from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines import (
    Deadline,
    DeadlineError,
    DeadlineSettings,
    Ending,
    Subject,
    end,
    is_overdue,
    start,
    succeed,
)
from processes.timekeeping.events import DeadlineEnded, DeadlineStarted, EscalationRaised
from processes.timekeeping.limits import read_limit
from processes.timekeeping.moves import CalendarOf
from processes.timekeeping.projection import TABLE
from processes.timekeeping.rows import DeadlineRow
from processes.timekeeping.surroundings import release

Answer = TypeVar("Answer")
#: What the city calls the ways in which an element comes to its end.
ENDINGS: Mapping[Outcome, Ending] = {
    Outcome.MET: Ending.MET,
    Outcome.HANDED_OVER: Ending.RETURNED,
    Outcome.LEFT: Ending.CANCELLED,
}
#: Members of what ``deadline("…")`` answers in expressions.
MEMBERS = (
    "name", "stage", "unit", "amount", "time unit", "started at", "warn at", "due at", "ended at", "is open",
    "is paused", "is overdue", "is met", "attempt", "extensions", "pauses", "used",
)  # fmt: skip


class CaseDeadlines:
    """Implements ``engine.deadlines.Deadlines`` over the rows of one tree."""

    def __init__(
        self,
        work: Work,
        calendar_of: CalendarOf,
        settings: DeadlineSettings,
        usual_calendar: str,
        affect: Callable[[Work, Effect], None],
    ) -> None:
        self._work = work
        self._affect = affect
        self._calendar_of = calendar_of
        self._settings = settings
        self._usual_calendar = usual_calendar

    def start(self, asked: DeadlineAsked) -> None:
        """Let a clock begin to run, as the city's rules say after another of its name."""
        key = asked.calendar or self._usual_calendar
        clock = usable(lambda: self._clock(asked, self._calendar_of(key)))
        self._work.record(_started(asked, clock))

    def end(self, key: int, outcome: Outcome) -> str | None:
        """Stop the clock that runs under the key."""
        row: DeadlineRow | None = self._work.rows(TABLE).get(key)
        if row is None or not row.clock.is_open:
            return None
        calendar = self._calendar_of(row.clock.calendar_key)
        stopped = usable(lambda: end(row.clock, calendar, ending=ENDINGS[outcome], at=self._work.now))
        self._work.record(ended(key, row, stopped))
        if row.clock.is_paused:
            release(self._work, self._calendar_of, row)
        return row.name

    def affect(self, effect: Effect) -> None:
        """Carry out what a procedure does to the deadline of its host."""
        self._affect(self._work, effect)

    def is_open(self, key: int) -> bool:
        """Whether a clock runs (or stands still) under the key."""
        row = self._work.rows(TABLE).get(key)
        return row is not None and row.clock.is_open

    def is_running(self, name: str) -> bool:
        """Whether some clock of the name has not ended."""
        return any(row.clock.is_open for _, row in self.of_name(name))

    def moments(self, key: int) -> Moments:
        """When the deadline under the key warns and is due."""
        row = self._work.rows(TABLE).get(key)
        if row is None or row.clock.is_paused:
            return NO_MOMENTS
        return Moments(row.clock.warn_at, row.clock.due_at)

    def has_warned(self, key: int) -> bool:
        """Whether the clock under the key runs and has warned of the moment at which it is due now."""
        row: DeadlineRow | None = self._work.rows(TABLE).get(key)
        return row is not None and row.clock.is_open and row.has_warned

    def value_of(self, key: int) -> Value:
        """What expressions see of the clock under the key; ``None`` without one."""
        row: DeadlineRow | None = self._work.rows(TABLE).get(key)
        return None if row is None else _value(row, self._work.now)

    def escalate(self, escalation: Escalation) -> None:
        """Record that somebody was told how far a clock has come, as it stands now."""
        row: DeadlineRow | None = self._work.rows(TABLE).get(escalation.deadline)
        if row is not None:
            self._work.record(_raised(escalation, row))

    def of_name(self, name: str) -> Iterator[tuple[int, DeadlineRow]]:
        """Every deadline of a name that commands still look at."""
        return ((key, row) for key, row in self._work.rows(TABLE).items() if row.name == name)

    def value(self, name: str) -> Value:
        """What expressions see: the deadline of the name that began last; ``None`` when none ever did."""
        latest = next((row for _, row in self.of_name(name) if row.is_latest), None)
        return None if latest is None else _value(latest, self._work.now)

    def _clock(self, asked: DeadlineAsked, calendar: CompiledCalendar) -> Deadline:
        subject = Subject(
            deadline_id=f"{self._work.tree}.{asked.key}",
            case_id=str(self._work.tree),
            stage=asked.stage,
            unit_id=_unit(asked),
        )
        limit, now = read_limit(asked.limit), self._work.now
        former = next((row.clock for _, row in self.of_name(asked.name) if row.is_latest), None)
        if former is None or former.is_open or former.ending is Ending.CANCELLED:
            clock = start(calendar, subject, limit=limit, at=now, warn_share=self._settings.warn_share)
            return clock if former is None else replace(clock, attempt=former.attempt)
        return succeed(former, calendar, self._settings, subject=subject, limit=limit, at=now)


def ended(key: int, row: DeadlineRow, clock: Deadline) -> DeadlineEnded:
    """The event of a clock that has come to its end."""
    if clock.ending is None or clock.used is None:
        raise RuntimeError(f"the clock of deadline {key} goes on, but was to be ended")
    return DeadlineEnded(
        deadline=key,
        instance=row.instance,
        element=row.element,
        name=row.name,
        ending=clock.ending,
        used=clock.used,
    )


def _raised(escalation: Escalation, row: DeadlineRow) -> EscalationRaised:
    clock = row.clock
    return EscalationRaised(
        escalation=escalation.task,
        instance=escalation.instance,
        element=escalation.element,
        title=escalation.name,
        level=escalation.level,
        groups=list(escalation.groups),
        deadline=escalation.deadline,
        name=row.name,
        stage=clock.subject.stage,
        unit=clock.subject.unit_id,
        warn_at=_told(clock.warn_at),
        due_at=_told(clock.due_at),
    )


def _told(moment: datetime | None) -> datetime | None:
    """The same text in the log wherever the row was kept meanwhile."""
    return None if moment is None else moment.astimezone(UTC)


def usable(derive: Callable[[], Answer]) -> Answer:
    """What calendars and limits come to. Raises ``Invalid`` in their words."""
    try:
        return derive()
    except (DeadlineError, CalendarError) as error:
        raise Invalid(error.code, error.message_zh, error.message_en, pointer=error.pointer or None) from error


def _unit(asked: DeadlineAsked) -> str:
    if asked.unit is None or isinstance(asked.unit, str):
        return asked.unit or ""
    raise DeadlineError(
        "unit_form",
        "/unit",
        message_zh=f"时限“{asked.name}”的责任单位应为单位代码，得到的却是 {kind_of(asked.unit)}",
        message_en=f"Expected the code of a unit for the deadline {asked.name!a}, but got a {kind_of(asked.unit)}",
    )


def _started(asked: DeadlineAsked, clock: Deadline) -> DeadlineStarted:
    return DeadlineStarted(
        deadline=asked.key,
        instance=asked.instance,
        element=asked.element,
        name=asked.name,
        calendar_version=clock.calendar_version,
        warn_at=clock.warn_at,
        due_at=clock.due_at,
        stage=asked.stage,
        unit=clock.subject.unit_id,
        amount=clock.limit.amount,
        time_unit=clock.limit.unit,
        warn_share=clock.warn_share,
        calendar=clock.calendar_key,
        cause=clock.cause,
        attempt=clock.attempt,
    )


def _value(row: DeadlineRow, now: datetime) -> dict[str, Value]:
    clock = row.clock
    values: tuple[Any, ...] = (
        row.name, clock.subject.stage, clock.subject.unit_id or None, clock.limit.amount, clock.limit.unit.value,
        _moment(clock.started_at), _moment(clock.warn_at), _moment(clock.due_at), _moment(clock.ended_at),
        clock.is_open, clock.is_paused, is_overdue(clock, now), clock.ending is Ending.MET, Decimal(clock.attempt),
        Decimal(len(clock.extensions)), Decimal(len(clock.pauses)), clock.used,
    )  # fmt: skip
    return dict(zip(MEMBERS, values, strict=True))


def _moment(moment: datetime | None) -> Value:
    return None if moment is None else from_datetime(moment)
