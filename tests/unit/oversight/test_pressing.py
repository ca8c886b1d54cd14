"""What presses most: time left against weight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from processes.oversight.pressing import pressure_order

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


def order(hours: float, priority: int) -> timedelta:
    return pressure_order(NOW + timedelta(hours=hours), priority, NOW)


def test_less_time_left_presses_more() -> None:
    assert order(1, 50) < order(2, 50)


def test_heavier_work_presses_more_before_its_time_and_after() -> None:
    assert order(2, 90) < order(2, 50)
    assert order(-2, 90) < order(-2, 50)


def test_what_is_late_presses_more_than_what_is_not() -> None:
    assert order(-0.1, 1) < order(0.1, 100)


def test_heavy_work_may_come_before_what_is_due_sooner() -> None:
    assert order(3, 100) < order(2, 50)
