"""Units of time limits and the limits counted in them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from processes.deadlines.errors import DeadlineError


class LimitUnit(StrEnum):
    """How the time of a limit is counted; the values are what rows and APIs carry."""

    MINUTE = "minute"
    URGENT_HOUR = "urgent_hour"
    NATURAL_DAY = "natural_day"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    WORK_DAY_FROM_NEXT = "work_day_from_next"


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit's names and the longest limit it may carry (ten years)."""

    name_zh: str
    name_en: str
    longest: int
    #: Other words for it in the tables that cities publish.
    aliases: tuple[str, ...] = ()


UNITS: Final[dict[LimitUnit, UnitEntry]] = {
    LimitUnit.MINUTE: UnitEntry("分钟", "minutes", 5_256_000),
    LimitUnit.URGENT_HOUR: UnitEntry("紧急工作时", "urgent hours", 87_600, ("小时",)),
    LimitUnit.NATURAL_DAY: UnitEntry("自然日", "natural days", 3_650, ("紧急工作日",)),
    LimitUnit.WORK_HOUR: UnitEntry("工作时", "work hours", 20_000),
    LimitUnit.WORK_DAY: UnitEntry("工作日", "work days", 2_500),
    LimitUnit.WORK_DAY_FROM_NEXT: UnitEntry("工作日·次日起算", "work days from the next day", 2_500),
}

#: A finer share of a unit has no meaning to the second and would only cost time.
_MOST_DECIMALS: Final = 6

_UNIT_OF_WORD: Final = {
    word: unit for unit, entry in UNITS.items() for word in (unit.value, entry.name_zh, *entry.aliases)
}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many units of time: above zero, at most ten years, whole where days are counted from the next one."""

    amount: Decimal
    unit: LimitUnit

    def __post_init__(self) -> None:
        """Refuse an amount that cannot be counted."""
        problem = _amount_problem(self.amount, self.unit)
        if problem is not None:
            code, message_zh, message_en = problem
            raise DeadlineError(
                code,
                "/limit/amount",
                message_zh=f"时限 {_shown(self.amount)} 不可用：{message_zh}。",
                message_en=f"Limit {_shown(self.amount)} cannot be used: {message_en}.",
            )

    @property
    def quantity(self) -> Fraction:
        """The amount as an exact fraction."""
        return exactly(self.amount)

    def plus(self, amount: Decimal) -> "TimeLimit":
        """This limit with so many units more."""
        return TimeLimit(self.amount + amount, self.unit)


@lru_cache(maxsize=1024)
def exactly(amount: Decimal) -> Fraction:
    """The amount as a fraction; the few amounts of a city's limits and shares are asked for again and again."""
    return Fraction(amount)


def time_limit(amount: int | Decimal, unit: LimitUnit | str) -> TimeLimit:
    """A limit from raw values; the unit by its code or its Chinese name."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise DeadlineError(
            "amount_type",
            "/limit/amount",
            message_zh="时限数量应为数字。",
            message_en="Expected a limit's amount as an integer or decimal number.",
        )
    if isinstance(amount, int) and abs(amount) > 10**9:
        amount = 10**9 if amount > 0 else -(10**9)
    return TimeLimit(Decimal(amount), parse_unit(unit))


def parse_unit(word: str) -> LimitUnit:
    """The unit that a code or a Chinese name means."""
    unit = _UNIT_OF_WORD.get(word.strip())
    if unit is None:
        names = "、".join(entry.name_zh for entry in UNITS.values())
        raise DeadlineError(
            "unknown_unit",
            "/limit/unit",
            message_zh=f"时限单位 {word[:40]!r} 未知，应为：{names}。",
            message_en=f"Unit {word[:40]!r} is unknown; expected one of {', '.join(LimitUnit)}.",
        )
    return unit


def _amount_problem(amount: Decimal, unit: LimitUnit) -> tuple[str, str, str] | None:
    longest = UNITS[unit].longest
    if not amount.is_finite():
        return "amount_not_finite", "必须是有限的数", "it must be a finite number"
    if amount <= 0:
        return "amount_not_positive", "必须大于零", "it must be above zero"
    if amount > longest:
        return "amount_too_large", f"最多 {longest}", f"at most {longest} fit this unit"
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS and amount != round(amount, _MOST_DECIMALS):
        return "amount_too_fine", f"最多 {_MOST_DECIMALS} 位小数", f"at most {_MOST_DECIMALS} decimals are allowed"
    if unit is LimitUnit.WORK_DAY_FROM_NEXT and amount % 1:
        return "amount_not_whole", "次日起算的工作日必须是整数", "days counted from the next one must be whole"
    return None


def _shown(amount: Decimal) -> str:
    return f"{amount:.12g}"
