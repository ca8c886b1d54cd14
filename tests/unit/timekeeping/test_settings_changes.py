"""Settings of the city that changed: open deadlines warn at another moment, and verbs are judged by them at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import InvalidState
from processes.deadlines import DeadlineSettings
from tests.unit.timekeeping.keeping import KeptCase, at
from tests.unit.timekeeping.test_a_case import CASE, key_of


class _City:
    """A city that may think better of its settings."""

    settings = DeadlineSettings()


def dispatched(city: _City) -> KeptCase:
    case = KeptCase(CASE, "2026-07-01 10:00", settings=lambda: city.settings)
    case.complete("dispatch", "2026-07-01 10:00")
    return case


def test_open_deadlines_warn_at_the_new_share_and_their_timers_with_them() -> None:
    city = _City()
    case = dispatched(city)
    city.settings = DeadlineSettings(warn_share=Decimal("0.5"))
    assert case.act(case.timekeeper.rederive, "2026-07-01 11:00") == ["disposal"]
    clock = case.running("disposal").clock
    # Half of two work days from Wed 10:00 is Thu 10:00; the limit stays.
    assert (clock.warn_at, clock.due_at, clock.warn_share) == (
        at("2026-07-02 10:00"),
        at("2026-07-03 10:00"),
        Decimal("0.5"),
    )
    assert case.timer("warned").due_at == clock.warn_at
    assert case.act(case.timekeeper.rederive) == []


def test_what_is_allowed_is_judged_by_the_settings_in_force_when_it_is_asked() -> None:
    city = _City()
    case = dispatched(city)
    key = key_of(case)
    city.settings = DeadlineSettings(most_extensions=0)
    with pytest.raises(InvalidState) as refused:
        case.act(lambda work: case.timekeeper.extend(work, key))
    assert refused.value.code == "extensions_used_up"
    city.settings = DeadlineSettings(most_extensions=1)
    case.act(lambda work: case.timekeeper.extend(work, key))
    # Two days more than Fri 10:00.
    assert case.running("disposal").clock.due_at == at("2026-07-07 10:00")
