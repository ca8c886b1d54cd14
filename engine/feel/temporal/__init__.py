"""Dates, times and durations as FEEL knows them: years beyond 9999, nanoseconds, values without zone."""

from __future__ import annotations

from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.moments import Date, DateTime, Time
from engine.feel.temporal.zones import UTC, Zone

__all__ = ["UTC", "Date", "DateTime", "DayTimeDuration", "Time", "YearMonthDuration", "Zone"]
