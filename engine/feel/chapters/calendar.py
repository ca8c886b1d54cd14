"""The moment of the evaluation, and what the calendar says about a date."""

from __future__ import annotations

from engine.feel.arguments import date
from engine.feel.boundary import from_datetime
from engine.feel.comparison import equal
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, table_function
from engine.feel.numbers import number
from engine.feel.temporal import Date, DateTime, Time
from engine.feel.temporal.civil import days_from_civil, days_in_month
from engine.feel.values import Value

_DATE = Parameter("date", date)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_THURSDAY = 4


def _now(evaluation: Evaluation) -> Value:
    return from_datetime(evaluation.now.astimezone(evaluation.zone))


def _today(evaluation: Evaluation) -> Value:
    return from_datetime(evaluation.now.astimezone(evaluation.zone)).date


def _day_of_year(_evaluation: Evaluation, day: Date) -> Value:
    return number(day.days - days_from_civil(day.year, 1, 1) + 1)


def _day_of_week(_evaluation: Evaluation, day: Date) -> Value:
    return _WEEKDAYS[day.weekday - 1]


def _month_of_year(_evaluation: Evaluation, day: Date) -> Value:
    return _MONTHS[day.month - 1]


def _week_of_year(_evaluation: Evaluation, day: Date) -> Value:
    """A week belongs to the year of its Thursday."""
    thursday = Date.from_days(day.days - day.weekday + _THURSDAY)
    return number((thursday.days - days_from_civil(thursday.year, 1, 1)) // 7 + 1)


def _last_day_of_month(_evaluation: Evaluation, day: Date) -> Value:
    return number(days_in_month(day.year, day.month))


def _is(evaluation: Evaluation, first: Value, second: Value) -> Value:
    """The same value of the same type; moments must agree in their zone too."""
    if isinstance(first, Time | DateTime) and type(first) is type(second):
        return str(first) == str(second)
    return equal(first, second, evaluation) is True


FUNCTIONS = (
    table_function(
        "now",
        (),
        _now,
        help_zh="本次计算的时刻，以本市时区表示",
        help_en="The moment of the evaluation in the zone of the city",
        example="now() = now()",
    ),
    table_function(
        "today",
        (),
        _today,
        help_zh="本次计算的日期，以本市时区为准",
        help_en="The date of the evaluation in the zone of the city",
        example="today() = date(now())",
    ),
    table_function(
        "day of year",
        (_DATE,),
        _day_of_year,
        help_zh="一年中的第几天",
        help_en="The number of the day in its year",
        example='day of year(@"2019-09-17") = 260',
    ),
    table_function(
        "day of week",
        (_DATE,),
        _day_of_week,
        help_zh="星期几（英文名）",
        help_en="The English name of the weekday",
        example='day of week(@"2026-11-22") = "Sunday"',
    ),
    table_function(
        "month of year",
        (_DATE,),
        _month_of_year,
        help_zh="月份（英文名）",
        help_en="The English name of the month",
        example='month of year(@"2026-11-22") = "November"',
    ),
    table_function(
        "week of year",
        (_DATE,),
        _week_of_year,
        help_zh="ISO 8601 的周次",
        help_en="The number of the week by ISO 8601",
        example='week of year(@"2005-01-01") = 53',
    ),
    table_function(
        "last day of month",
        (_DATE,),
        _last_day_of_month,
        help_zh="所在月的天数（规范之外的补充）",
        help_en="The number of days of the month (an addition to the specification)",
        example='last day of month(@"2024-02-01") = 29',
    ),
    table_function(
        "is",
        (Parameter("value1"), Parameter("value2")),
        _is,
        help_zh="是否类型与值都相同；时刻还要时区相同",
        help_en="Whether two values are the same in type and value, moments in their zone too",
        example='not(is(@"23:00:50Z", @"23:00:50+00:00:01"))',
    ),
)
