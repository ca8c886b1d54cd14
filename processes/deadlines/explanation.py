"""The derivation of a deadline, line by line, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from processes.calendars import CompiledCalendar, WorkDayRule, to_seconds
from processes.deadlines.counting import counting_of, is_continuous
from processes.deadlines.deadline import Deadline
from processes.deadlines.derivation import remaining
from processes.deadlines.itemising import Item, itemised
from processes.deadlines.units import LimitUnit
from processes.deadlines.wording import (
    UNIT_RULES,
    Text,
    amount_text,
    date_span_text,
    duration_text,
    limit_text,
    moment_text,
    span_text,
)


class LineKind(StrEnum):
    """What a line of a derivation tells."""

    LIMIT = "limit"
    START = "start"
    ORIGIN = "origin"
    EXTENDED = "extended"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    WARNING = "warning"
    DUE = "due"
    STANDING = "standing"
    PROVISIONAL = "provisional"
    OTHER_VERSION = "other_version"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One step of the derivation. ``counted`` is the amount in the limit's unit that this step adds."""

    kind: LineKind
    begins: datetime | None = None
    ends: datetime | None = None
    counted: Fraction = Fraction(0)
    message_zh: str
    message_en: str


_OTHER_VERSION = Line(
    kind=LineKind.OTHER_VERSION,
    message_zh="截止时间是按日历以前的版本得出的，以下按现行版本列出，可能不一致。",
    message_en="The due time was derived under an earlier version of the calendar; the lines below follow this one and "
    "may differ.",
)


def explain(deadline: Deadline, calendar: CompiledCalendar) -> tuple[Line, ...]:
    """How ``due_at`` follows from the facts, or what is left when the clock stands still.

    Under another version of the calendar than the deadline was derived under, a line says that the two may differ.
    """
    return (
        *_facts(deadline, calendar),
        *(_item_line(item, deadline.limit.unit) for item in itemised(deadline, calendar)),
        *_outcome(deadline, calendar),
    )


def is_provisional(deadline: Deadline, calendar: CompiledCalendar) -> bool:
    """Whether the due time rests on a year whose holidays are not announced."""
    if deadline.due_at is None or is_continuous(deadline.limit.unit):
        return False
    return calendar.is_provisional(deadline.started_at, deadline.due_at)


def _facts(deadline: Deadline, calendar: CompiledCalendar) -> Iterator[Line]:
    yield _limit_line(deadline, calendar)
    if deadline.calendar_version != calendar.version:
        yield _OTHER_VERSION
    started = moment_text(deadline.started_at)
    yield Line(
        kind=LineKind.START,
        begins=deadline.started_at,
        message_zh=f"起算：{started.zh}。",
        message_en=f"Started: {started.en}.",
    )
    yield from _origin_line(deadline, calendar)
    for extension in deadline.extensions:
        granted, added = moment_text(extension.granted_at), amount_text(Fraction(extension.amount), deadline.limit.unit)
        yield Line(
            kind=LineKind.EXTENDED,
            begins=extension.granted_at,
            message_zh=f"{granted.zh} 批准延期，增加 {added.zh}。",
            message_en=f"Extended on {granted.en} by {added.en}.",
        )


def _limit_line(deadline: Deadline, calendar: CompiledCalendar) -> Line:
    unit, rows = deadline.limit.unit, calendar.rows
    amount, rule = limit_text(deadline.limit), UNIT_RULES[unit]
    if unit is LimitUnit.WORK_DAY and rows.work_day_rule is WorkDayRule.FIXED_HOURS:
        hours = rows.work_day_hours
        rule = Text(f"每个工作日按 {hours} 个工作小时计", f"a work day counts as {hours} work hours")
    return Line(
        kind=LineKind.LIMIT,
        message_zh=f"时限 {amount.zh}：{rule.zh}；日历“{rows.name_zh}”。",
        message_en=f"Limit of {amount.en}: {rule.en}; calendar “{rows.name_en}”.",
    )


def _origin_line(deadline: Deadline, calendar: CompiledCalendar) -> Iterator[Line]:
    started = to_seconds(deadline.started_at)
    unit = deadline.limit.unit
    origin = counting_of(calendar, unit).origin(started)
    if unit in (LimitUnit.WORK_HOUR, LimitUnit.WORK_DAY) and calendar.worked_between(started, started + 1) == 0:
        origin = calendar.when_work_goes_on(started)
    if origin != started:
        counts_from = moment_text(calendar.moment(origin))
        yield Line(
            kind=LineKind.ORIGIN,
            begins=calendar.moment(origin),
            message_zh=f"自 {counts_from.zh} 上班起计时。",
            message_en=f"Counting begins with the opening on {counts_from.en}.",
        )


def _item_line(item: Item, unit: LimitUnit) -> Line:
    if item.is_pause:
        span = span_text(item.begins, item.ends)
        told = Text(f"{span.zh} 暂停，不计。", f"{span.en}, paused: not counted.")
        return _line(LineKind.PAUSED, item, told)
    if not item.counted:
        return _line(LineKind.SKIPPED, item, _skipped_text(item))
    return _line(LineKind.COUNTED, item, _counted_text(item, unit))


def _skipped_text(item: Item) -> Text:
    dates = date_span_text(item.begins.date(), item.ends.date())
    return Text(f"{dates.zh} {item.name_zh}，不计。", f"{dates.en}, {item.name_en}: not counted.")


def _counted_text(item: Item, unit: LimitUnit) -> Text:
    span, length = span_text(item.begins, item.ends), duration_text(item.seconds)
    amount, total = amount_text(item.counted, unit), amount_text(item.running_total, unit)
    return Text(
        f"{span.zh} 计 {length.zh}，合 {amount.zh}，累计 {total.zh}。",
        f"{span.en}: {length.en} counted, {amount.en}; {total.en} so far.",
    )


def _line(kind: LineKind, item: Item, text: Text) -> Line:
    return Line(
        kind=kind, begins=item.begins, ends=item.ends, counted=item.counted, message_zh=text.zh, message_en=text.en
    )


def _outcome(deadline: Deadline, calendar: CompiledCalendar) -> Iterator[Line]:
    if deadline.warn_at is not None:
        share = f"{float(deadline.warn_share * 100):g} %"
        yield _moment_line(LineKind.WARNING, deadline.warn_at, Text(f"预警（{share}）", f"Warning at {share}"))
    if deadline.due_at is not None:
        yield _moment_line(LineKind.DUE, deadline.due_at, Text("截止", "Due"))
        yield from _provisional_line(deadline, calendar)
    elif deadline.is_paused:
        yield _standing_line(deadline, calendar)
    if deadline.ended_at is not None and deadline.used is not None:
        ended, used = moment_text(deadline.ended_at), amount_text(Fraction(deadline.used), deadline.limit.unit)
        yield Line(
            kind=LineKind.ENDED,
            begins=deadline.ended_at,
            message_zh=f"{ended.zh} 结束计时，已用 {used.zh}。",
            message_en=f"Ended on {ended.en} after {used.en}.",
        )


def _provisional_line(deadline: Deadline, calendar: CompiledCalendar) -> Iterator[Line]:
    if is_provisional(deadline, calendar):
        yield Line(
            kind=LineKind.PROVISIONAL,
            message_zh="暂定：涉及尚未公布节假日安排的年份，公布后重新计算。",
            message_en="Provisional: it touches a year whose holidays are not announced; derived again once they are.",
        )


def _standing_line(deadline: Deadline, calendar: CompiledCalendar) -> Line:
    since = deadline.pauses[-1].begins
    told = moment_text(since)
    left = amount_text(remaining(calendar, deadline.run, since), deadline.limit.unit)
    return Line(
        kind=LineKind.STANDING,
        begins=since,
        message_zh=f"自 {told.zh} 起暂停，尚余 {left.zh}，恢复后确定截止时间。",
        message_en=f"The clock has stood still since {told.en} with {left.en} left; resuming it sets the due time.",
    )


def _moment_line(kind: LineKind, moment: datetime, label: Text) -> Line:
    told = moment_text(moment)
    return Line(kind=kind, begins=moment, message_zh=f"{label.zh}：{told.zh}。", message_en=f"{label.en}: {told.en}.")
