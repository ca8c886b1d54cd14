"""Limits and units: what is accepted, under which names, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.calendars import CalendarError, compile_calendar, sample_calendars
from processes.deadlines import UNITS, DeadlineError, LimitUnit, TimeLimit, due_at, parse_unit, time_limit
from tests.unit.deadlines.paper import moment

HUGE = 10**5000
STANDARD = compile_calendar(sample_calendars()["standard"])


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("minute", LimitUnit.MINUTE),
        ("分钟", LimitUnit.MINUTE),
        ("紧急工作时", LimitUnit.URGENT_HOUR),
        ("自然日", LimitUnit.NATURAL_DAY),
        ("紧急工作日", LimitUnit.NATURAL_DAY),
        ("工作时", LimitUnit.WORK_HOUR),
        (" 工作日 ", LimitUnit.WORK_DAY),
        ("工作日·次日起算", LimitUnit.WORK_DAY_FROM_NEXT),
    ],
)
def test_a_unit_is_known_by_its_code_and_its_names(word: str, unit: LimitUnit) -> None:
    assert parse_unit(word) is unit


def test_every_unit_has_names_in_both_languages() -> None:
    assert set(UNITS) == set(LimitUnit)
    assert all(entry.name_zh and entry.name_en for entry in UNITS.values())


@pytest.mark.parametrize(
    ("amount", "unit", "code"),
    [
        (0, "work_hour", "amount_not_positive"),
        (-1, "work_hour", "amount_not_positive"),
        (Decimal("NaN"), "work_hour", "amount_not_finite"),
        (Decimal("sNaN"), "work_hour", "amount_not_finite"),
        (Decimal("Infinity"), "work_day", "amount_not_finite"),
        (Decimal("1E+999999"), "work_day", "amount_too_large"),
        (Decimal("1E-999999"), "work_day", "amount_too_fine"),
        (Decimal("0.0000001"), "minute", "amount_too_fine"),
        (2501, "work_day", "amount_too_large"),
        (HUGE, "minute", "amount_too_large"),
        (-(HUGE), "minute", "amount_not_positive"),
        (Decimal("1.5"), "work_day_from_next", "amount_not_whole"),
        (True, "work_hour", "amount_type"),
        (1.5, "work_hour", "amount_type"),
        ("2", "work_hour", "amount_type"),
        (1, "fortnight", "unknown_unit"),
        (1, "", "unknown_unit"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_an_amount_that_cannot_be_counted_is_refused(amount: object, unit: str, code: str) -> None:
    with pytest.raises(DeadlineError) as refused:
        time_limit(amount, unit)  # type: ignore[arg-type]  # wrong types are what is tried
    assert refused.value.code == code
    assert refused.value.pointer in ("/limit/amount", "/limit/unit")
    assert refused.value.message_zh
    assert refused.value.message_en


@given(st.decimals(allow_nan=True, allow_infinity=True), st.sampled_from(LimitUnit))
def test_any_decimal_is_a_limit_or_refused(amount: Decimal, unit: LimitUnit) -> None:
    try:
        limit = TimeLimit(amount, unit)
    except DeadlineError:
        return
    assert 0 < limit.quantity <= UNITS[unit].longest


def test_the_longest_limit_of_each_unit_still_has_a_due_time() -> None:
    for unit, entry in UNITS.items():
        limit = TimeLimit(Decimal(entry.longest), unit)
        assert due_at(STANDARD, moment("2026-01-05 10:00"), limit).year >= 2035


def test_a_limit_that_runs_past_the_last_year_is_refused() -> None:
    for unit in LimitUnit:
        with pytest.raises(CalendarError) as refused:
            due_at(STANDARD, moment("2100-06-01 10:00"), TimeLimit(Decimal(UNITS[unit].longest), unit))
        assert refused.value.code == "beyond_horizon"


def test_a_trailing_zero_is_not_too_fine() -> None:
    assert TimeLimit(Decimal("1.50000000000"), LimitUnit.WORK_DAY).quantity == Fraction(3, 2)
