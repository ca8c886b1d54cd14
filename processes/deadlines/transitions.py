"""What can happen to a deadline: each function returns a new one, derived anew from its facts."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from processes.calendars import CompiledCalendar, from_seconds, to_seconds
from processes.deadlines.deadline import DEFAULT_WARN_SHARE, Deadline, Ending, Extension, Subject
from processes.deadlines.derivation import Pause, Run, due_at_of, elapsed, share_reached_at
from processes.deadlines.errors import DeadlineError
from processes.deadlines.units import TimeLimit, exactly

_STORED_PARTS: Final = 1_000_000
_STORED_FRACTION: Final = Decimal("0.000001")


def start(
    calendar: CompiledCalendar,
    subject: Subject,
    *,
    limit: TimeLimit,
    at: datetime,
    warn_share: Decimal = DEFAULT_WARN_SHARE,
) -> Deadline:
    """A clock that begins to run at the moment, cut to the second."""
    if not Decimal(0) < warn_share <= Decimal(1):
        raise DeadlineError(
            "warn_share",
            "/warn_share",
            message_zh=f"预警比例 {warn_share} 应大于 0 且不超过 1。",
            message_en=f"Expected a warning share above 0 and up to 1, but got {warn_share}.",
        )
    started_at = _whole_second(calendar, at)
    run = Run(started_at, limit)
    return Deadline(
        subject=subject,
        limit=limit,
        started_at=started_at,
        warn_share=warn_share,
        calendar_key=calendar.rows.key,
        calendar_version=calendar.version,
        warn_at=share_reached_at(calendar, run, exactly(warn_share)),
        due_at=due_at_of(calendar, run),
    )


def pause(deadline: Deadline, calendar: CompiledCalendar, *, at: datetime) -> Deadline:
    """The clock stops; a due time not yet reached is unknown until it runs again."""
    _require_open(deadline)
    if deadline.is_paused:
        raise _wrong_state("already_paused", "时钟已暂停", "its clock is already paused")
    pauses = (*deadline.pauses, Pause(_whole_second(calendar, at)))
    return _derived(replace(deadline, pauses=pauses), calendar)


def resume(deadline: Deadline, calendar: CompiledCalendar, *, at: datetime) -> Deadline:
    """The clock runs again with what was left of the limit."""
    _require_open(deadline)
    if not deadline.is_paused:
        raise _wrong_state("not_paused", "时钟未暂停", "its clock is not paused")
    ended = replace(deadline.pauses[-1], ends=_whole_second(calendar, at))
    return _derived(replace(deadline, pauses=(*deadline.pauses[:-1], ended)), calendar)


def extend(deadline: Deadline, calendar: CompiledCalendar, *, amount: Decimal, at: datetime) -> Deadline:
    """The limit grows by so many of its own units. Whether a city allows it is asked of ``extension_refusal``."""
    _require_open(deadline)
    extension = Extension(TimeLimit(amount, deadline.limit.unit).amount, _whole_second(calendar, at))
    return _derived(replace(deadline, extensions=(*deadline.extensions, extension)), calendar)


def meet(deadline: Deadline, calendar: CompiledCalendar, *, at: datetime) -> Deadline:
    """The unit is done; in time when this is not after ``due_at``."""
    return end(deadline, calendar, ending=Ending.MET, at=at)


def cancel(deadline: Deadline, calendar: CompiledCalendar, *, at: datetime) -> Deadline:
    """Nobody waits any longer: the case was voided or took another way."""
    return end(deadline, calendar, ending=Ending.CANCELLED, at=at)


def end(deadline: Deadline, calendar: CompiledCalendar, *, ending: Ending, at: datetime) -> Deadline:
    """The clock comes to its end and keeps the time used as a fact."""
    _require_open(deadline)
    ended_at = _whole_second(calendar, at)
    if ended_at < deadline.started_at:
        raise _wrong_state("end_before_start", "结束早于起算", "it would end before it began")
    used = rounded(elapsed(calendar, deadline.run, ended_at))
    return replace(deadline, ended_at=ended_at, ending=ending, used=used)


def rebase(deadline: Deadline, calendar: CompiledCalendar, *, warn_share: Decimal | None = None) -> Deadline:
    """The same facts under another version of the calendar, and another share to warn at if one is given; an ended
    deadline keeps what it was judged by.
    """
    if not deadline.is_open:
        return deadline
    return _derived(replace(deadline, warn_share=warn_share or deadline.warn_share), calendar)


def rounded(amount: Fraction) -> Decimal:
    """The amount as it is stored: six decimals, cut off."""
    parts = abs(amount.numerator) * _STORED_PARTS // amount.denominator
    return Decimal(parts if amount >= 0 else -parts) * _STORED_FRACTION


def _derived(deadline: Deadline, calendar: CompiledCalendar) -> Deadline:
    if calendar.rows.key != deadline.calendar_key:
        raise _wrong_state(
            "other_calendar",
            f"时限按日历 {deadline.calendar_key} 计算，不能改用 {calendar.rows.key}",
            f"it runs on calendar {deadline.calendar_key}, not on {calendar.rows.key}",
        )
    run = deadline.run
    return replace(
        deadline,
        calendar_version=calendar.version,
        warn_at=share_reached_at(calendar, run, exactly(deadline.warn_share)),
        due_at=due_at_of(calendar, run),
    )


def _whole_second(calendar: CompiledCalendar, at: datetime) -> datetime:
    return from_seconds(to_seconds(at, "/at"), calendar.zone)


def _require_open(deadline: Deadline) -> None:
    if not deadline.is_open:
        raise _wrong_state("already_ended", f"时限已结束（{deadline.ending}）", f"it has ended ({deadline.ending})")


def _wrong_state(code: str, problem_zh: str, problem_en: str) -> DeadlineError:
    return DeadlineError(
        code,
        "/deadline",
        message_zh=f"不能这样改变时限：{problem_zh}。",
        message_en=f"The deadline cannot be changed so: {problem_en}.",
    )
