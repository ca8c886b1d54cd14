"""Moments, amounts and stretches of time in Chinese and English, for derivations that people read."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from processes.deadlines.units import UNITS, LimitUnit, TimeLimit

_WEEKDAYS_ZH: Final = "一二三四五六日"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str


UNIT_RULES: Final[dict[LimitUnit, Text]] = {
    LimitUnit.MINUTE: Text("连续计时，不分昼夜和节假日", "runs day and night, holidays included"),
    LimitUnit.URGENT_HOUR: Text("连续计时，不分昼夜和节假日", "runs day and night, holidays included"),
    LimitUnit.NATURAL_DAY: Text("每日 24 小时连续计时", "runs 24 hours a day"),
    LimitUnit.WORK_HOUR: Text("只计工作时段内的时间", "only time within working windows counts"),
    LimitUnit.WORK_DAY: Text("到后续工作日工作时段的同一位置", "to the same position in a later work day's windows"),
    LimitUnit.WORK_DAY_FROM_NEXT: Text(
        "当日不计，自次日起算，至最后一个工作日下班",
        "from the day after the start, to the last work day's closing",
    ),
}

#: What an amount is told in; English in the singular.
_MEASURES: Final[dict[LimitUnit, Text]] = {
    LimitUnit.MINUTE: Text("分钟", "minute"),
    LimitUnit.URGENT_HOUR: Text("小时", "hour"),
    LimitUnit.NATURAL_DAY: Text("自然日", "natural day"),
    LimitUnit.WORK_HOUR: Text("工作时", "work hour"),
    LimitUnit.WORK_DAY: Text("工作日", "work day"),
    LimitUnit.WORK_DAY_FROM_NEXT: Text("工作日", "work day"),
}


def moment_text(moment: datetime) -> Text:
    """A moment with its weekday, seconds only where there are any."""
    on, clock = date_text(moment.date()), _clock(moment)
    return Text(f"{on.zh} {clock}", f"{on.en} {clock}")


def date_text(on: date) -> Text:
    """A date with its weekday."""
    weekday = on.weekday()
    return Text(f"{on} 周{_WEEKDAYS_ZH[weekday]}", f"{_WEEKDAYS_EN[weekday]} {on}")


def span_text(begins: datetime, ends: datetime) -> Text:
    """From one moment to another, the date only once where it is the same."""
    first, last = moment_text(begins), moment_text(ends)
    if begins.date() == ends.date():
        clock = _clock(ends)
        return Text(f"{first.zh}–{clock}", f"{first.en}–{clock}")
    return Text(f"{first.zh} 至 {last.zh}", f"{first.en} to {last.en}")


def date_span_text(first: date, last: date) -> Text:
    """From one date to another, or the one date."""
    begins, ends = date_text(first), date_text(last)
    return begins if first == last else Text(f"{begins.zh} 至 {ends.zh}", f"{begins.en} to {ends.en}")


def limit_text(limit: TimeLimit) -> Text:
    """A limit with its unit's full name."""
    entry, number = UNITS[limit.unit], _number(limit.quantity)
    return Text(f"{number} {entry.name_zh}", f"{number} {entry.name_en}")


def amount_text(amount: Fraction, unit: LimitUnit) -> Text:
    """An amount of what the unit counts, to four decimals."""
    measure, number = _MEASURES[unit], _number(amount)
    return Text(f"{number} {measure.zh}", f"{number} {measure.en}{'' if number == '1' else 's'}")


def _number(amount: Fraction) -> str:
    return f"{float(amount):.4f}".rstrip("0").rstrip(".")


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def duration_text(seconds: int) -> Text:
    """A length of time in hours, minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "小时", "h"), (minutes, "分", "min"), (rest, "秒", "s")]
    shown = [part for part in parts if part[0]] or [(0, "分", "min")]
    return Text(" ".join(f"{n} {zh}" for n, zh, _ in shown), " ".join(f"{n} {en}" for n, _, en in shown))
