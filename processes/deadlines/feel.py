"""Working time for expressions: rows for the table of FEEL functions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Final

from engine.feel import (
    ArgumentRefused,
    Date,
    DateTime,
    DayTimeDuration,
    Evaluation,
    NotConvertible,
    Parameter,
    TableFunction,
    Value,
    from_datetime,
    kind_of,
    table_function,
    to_datetime,
)
from processes.calendars import CalendarError, CompiledCalendar
from processes.deadlines.derivation import due_at
from processes.deadlines.errors import DeadlineError
from processes.deadlines.units import LimitUnit, parse_unit, time_limit

#: Asked at each call, since a calendar may be replaced while compiled expressions live on.
CurrentCalendar = Callable[[], CompiledCalendar]

_NANOSECONDS: Final = 1_000


def working_time_functions(calendar: CurrentCalendar) -> tuple[TableFunction, ...]:
    """``add working time``, ``working time between`` and ``is working day`` over the city's calendar.

    What cannot be counted (an unknown unit, a moment outside the supported years) is null with a warning that
    says why in both languages. A date and time without zone is meant in the evaluation's zone.
    """
    functions = _Functions(calendar)
    return (
        table_function(
            "add working time",
            (Parameter("start", _moment), Parameter("amount", _number), Parameter("unit", _unit)),
            functions.add_working_time,
            help_zh="从 start 起经过 amount 个时限单位后的截止时间，单位如 “工作时”“工作日”“自然日”。",
            help_en="When a limit of so many units, started then, is due; a unit such as work_hour or work_day.",
            example='add working time(@"2026-01-09T16:30:00+08:00", 2, "工作时") = @"2026-01-12T09:30:00+08:00"',
        ),
        table_function(
            "working time between",
            (Parameter("from", _moment), Parameter("to", _moment)),
            functions.working_time_between,
            help_zh="两个时刻之间的工作时间；后者较早时为负。",
            help_en="The working time from one moment to another; negative when the second is the earlier.",
            example='working time between(@"2026-01-05T11:00:00+08:00", @"2026-01-05T15:30:00+08:00") = @"PT2H"',
        ),
        table_function(
            "is working day",
            (Parameter("date", _moment),),
            functions.is_working_day,
            help_zh="该日期是否为工作日，已计入节假日、调休和本地放假。",
            help_en="Whether the date is worked, statutory holidays, make-up days and local days off considered.",
            example='is working day(@"2026-02-14") and not(is working day(@"2026-02-16"))',
        ),
    )


class _Functions:
    """The implementations; what they refuse, they refuse in words."""

    def __init__(self, calendar: CurrentCalendar) -> None:
        self._calendar = calendar

    def add_working_time(
        self, evaluation: Evaluation, start: DateTime | Date, amount: Decimal, unit: LimitUnit
    ) -> Value:
        with _refusals_in_words():
            due = due_at(self._calendar(), to_datetime(start, evaluation.zone), time_limit(amount, unit))
        return from_datetime(due)

    def working_time_between(self, evaluation: Evaluation, begins: DateTime | Date, ends: DateTime | Date) -> Value:
        with _refusals_in_words():
            first, last = to_datetime(begins, evaluation.zone), to_datetime(ends, evaluation.zone)
            worked = self._calendar().work_time_between(first, last)
        return DayTimeDuration(worked // timedelta(microseconds=1) * _NANOSECONDS)

    def is_working_day(self, evaluation: Evaluation, on: DateTime | Date) -> Value:
        with _refusals_in_words():
            moment = to_datetime(on, evaluation.zone)
        calendar = self._calendar()
        # A date without time is that date wherever it is read; only a moment has to be told in the city's zone.
        local_date = moment.date() if isinstance(on, Date) else moment.astimezone(calendar.zone).date()
        return calendar.day(local_date).is_work_day


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except (CalendarError, DeadlineError, NotConvertible) as problem:
        raise ArgumentRefused(problem.message_zh, problem.message_en) from problem


def _moment(value: Value) -> DateTime | Date:
    value = _single(value)
    if isinstance(value, DateTime | Date):
        return value
    raise _unexpected("日期和时间", "date and time", value)


def _number(value: Value) -> Decimal:
    value = _single(value)
    if isinstance(value, Decimal):
        return value
    raise _unexpected("数字", "number", value)


def _unit(value: Value) -> LimitUnit:
    value = _single(value)
    if not isinstance(value, str):
        raise _unexpected("时限单位", "unit of time limits", value)
    with _refusals_in_words():
        return parse_unit(value)


def _single(value: Value) -> Value:
    """A list of one stands for its element, as everywhere in FEEL."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _unexpected(zh: str, en: str, value: Value) -> ArgumentRefused:
    return ArgumentRefused(f"应为{zh}，却是 {kind_of(value)}", f"expected a {en}, but got a {kind_of(value)}")
