"""A run cut into the items of its derivation: what counted on which day, what was skipped, where it paused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import accumulate, groupby
from typing import Final

from processes.calendars import CompiledCalendar, to_seconds
from processes.deadlines.counting import Counting, counting_of, is_continuous
from processes.deadlines.deadline import Deadline
from processes.deadlines.derivation import stretches

#: Longer derivations keep so many items at each end and put the middle together.
_KEPT_AT_EACH_END: Final = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One step: an amount counted, a run of days off, or a pause."""

    begins: datetime
    ends: datetime
    counted: Fraction = Fraction(0)
    #: Seconds that count, for those who think in hours.
    seconds: int = 0
    #: What was counted up to the end of this step.
    running_total: Fraction = Fraction(0)
    is_pause: bool = False
    #: For a step that counts nothing: why.
    name_zh: str = ""
    name_en: str = ""


def itemised(deadline: Deadline, calendar: CompiledCalendar) -> list[Item]:
    """The steps from the start to the due time, or to the pause that the clock stands in."""
    items = _condensed(sorted([*_running(deadline, calendar), *_pauses(deadline)], key=lambda item: item.begins))
    totals = accumulate(item.counted for item in items)
    return [replace(item, running_total=total) for item, total in zip(items, totals, strict=True)]


def _pauses(deadline: Deadline) -> Iterator[Item]:
    for pause in deadline.pauses:
        if pause.ends is not None and (deadline.due_at is None or pause.begins < deadline.due_at):
            yield Item(begins=pause.begins, ends=pause.ends, is_pause=True)


def _running(deadline: Deadline, calendar: CompiledCalendar) -> Iterator[Item]:
    unit = deadline.limit.unit
    counting = counting_of(calendar, unit)
    itemise = _whole_stretch if is_continuous(unit) else _by_date
    due = None if deadline.due_at is None else to_seconds(deadline.due_at)
    for stretch in stretches(counting, deadline.run):
        ends = [moment for moment in (stretch.ends, due) if moment is not None]
        if stretch.begins < min(ends):
            yield from itemise(calendar, counting, stretch.begins, min(ends))


def _whole_stretch(calendar: CompiledCalendar, counting: Counting, begins: int, ends: int) -> Iterator[Item]:
    yield Item(
        begins=calendar.moment(begins),
        ends=calendar.moment(ends),
        counted=counting.between(begins, ends),
        seconds=ends - begins,
    )


def _by_date(calendar: CompiledCalendar, counting: Counting, begins: int, ends: int) -> Iterator[Item]:
    dates = _dates(calendar.moment(begins).date(), calendar.moment(ends).date())
    spans = ((max(begins, _midnight(calendar, on)), min(ends, _midnight(calendar, on, 1))) for on in dates)
    items = (item for span in spans if (item := _of_date(calendar, counting, *span)) is not None)
    for _, group in groupby(items, key=lambda item: item.name_zh or item.begins):
        alike = list(group)
        yield replace(alike[0], ends=alike[-1].ends)


def _of_date(calendar: CompiledCalendar, counting: Counting, begins: int, ends: int) -> Item | None:
    seconds = calendar.worked_between(begins, ends)
    day = calendar.day(calendar.moment(begins).date())
    if seconds:
        opening, closing = calendar.when_work_goes_on(begins), min(ends, calendar.closing_of_day(begins))
        return Item(
            begins=calendar.moment(opening),
            ends=calendar.moment(closing),
            counted=counting.between(begins, ends),
            seconds=seconds,
        )
    if day.is_work_day or begins >= ends:
        return None
    moment = calendar.moment(begins)
    return Item(begins=moment, ends=moment, name_zh=day.name_zh, name_en=day.name_en)


def _condensed(items: list[Item]) -> list[Item]:
    if len(items) <= 2 * _KEPT_AT_EACH_END + 1:
        return items
    middle = items[_KEPT_AT_EACH_END:-_KEPT_AT_EACH_END]
    together = Item(
        begins=middle[0].begins,
        ends=middle[-1].ends,
        counted=sum((item.counted for item in middle), start=Fraction(0)),
        seconds=sum(item.seconds for item in middle),
    )
    return [*items[:_KEPT_AT_EACH_END], together, *items[-_KEPT_AT_EACH_END:]]


def _dates(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _midnight(calendar: CompiledCalendar, on: date, days_later: int = 0) -> int:
    return to_seconds(datetime.combine(on + timedelta(days=days_later), time(), tzinfo=calendar.zone))
