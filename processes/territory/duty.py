"""Duty grids: which inspectors walk which unit grids, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from processes.territory.errors import TerritoryError

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn of duty in local time. One that ends at or before its start ends on the next day."""

    name: str
    start: time
    end: time
    #: User names of the inspectors.
    inspectors: tuple[str, ...]
    #: Days on which it starts, Monday is 0.
    weekdays: frozenset[int] = EVERY_DAY

    def is_on(self, local: datetime) -> bool:
        """Whether the local instant lies in the turn; its end is no longer part of it."""
        return any(self._is_on(local, local - timedelta(days=days)) for days in (0, 1))

    def _is_on(self, local: datetime, day: datetime) -> bool:
        start = datetime.combine(day, self.start, local.tzinfo)
        end = datetime.combine(day, self.end, local.tzinfo)
        if end <= start:
            end += timedelta(days=1)
        return day.weekday() in self.weekdays and start <= local < end


@dataclass(frozen=True, slots=True)
class DutyGrid:
    """Unit grids that one team walks."""

    code: str
    name: str
    unit_grids: frozenset[str]
    shifts: tuple[Shift, ...]


class DutyRoster:
    """The duty grids of a city; each unit grid belongs to at most one (TerritoryError `grid_on_two_duties`)."""

    def __init__(self, duty_grids: Iterable[DutyGrid]) -> None:
        self._duty_grids = tuple(duty_grids)
        self._by_unit_grid: dict[str, DutyGrid] = {}
        for duty_grid in self._duty_grids:
            for unit_grid in sorted(duty_grid.unit_grids):
                other = self._by_unit_grid.setdefault(unit_grid, duty_grid)
                if other is not duty_grid:
                    raise TerritoryError(
                        "grid_on_two_duties",
                        f"单元网格 {unit_grid} 同时属于责任网格 {other.code} 和 {duty_grid.code}",
                        f"unit grid {unit_grid} is in duty grid {other.code} and in {duty_grid.code}",
                        pointer=f"/{duty_grid.code}",
                    )

    def __iter__(self) -> Iterator[DutyGrid]:
        return iter(self._duty_grids)

    def duty_grid_of(self, unit_grid: str) -> DutyGrid | None:
        """The duty grid that a unit grid belongs to, or None."""
        return self._by_unit_grid.get(unit_grid)

    def inspectors_on_duty(self, unit_grid: str, at: datetime, zone: tzinfo) -> tuple[str, ...]:
        """Who is on duty in a unit grid at an aware instant, by the city's zone."""
        duty_grid = self._by_unit_grid.get(unit_grid)
        if duty_grid is None:
            return ()
        local = at.astimezone(zone)
        on_duty = (name for shift in duty_grid.shifts if shift.is_on(local) for name in shift.inspectors)
        return tuple(dict.fromkeys(on_duty))

    def uncovered(self, unit_grids: Iterable[str]) -> tuple[str, ...]:
        """The unit grids that no duty grid covers."""
        return tuple(code for code in unit_grids if code not in self._by_unit_grid)
