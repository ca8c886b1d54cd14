"""Duty grids: which inspectors walk which unit grids, and when."""

from __future__ import annotations

from datetime import time

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position
from api.pages import matches, page_of
from api.register_routes import Exchange, exchange_routes
from api.routes import Call, Reply, Resource, Route
from processes.contents import RegisterName
from processes.territory import DutyGrid, Shift

DUTY_GRIDS = Exchange(
    register=RegisterName.DUTY_GRIDS, path="/duty-grids", name="duty_grids", zh="责任网格", en="duty grids"
)


class ShiftShown(msgspec.Struct, frozen=True, kw_only=True):
    """A turn of duty in local time; one that ends at or before its start ends on the next day."""

    name: str
    start: time
    end: time
    #: User names.
    inspectors: tuple[str, ...]
    #: Days on which it starts, Monday is 1.
    weekdays: list[int]


class DutyGridShown(msgspec.Struct, frozen=True, kw_only=True):
    """Unit grids that one team walks."""

    code: str
    name: str
    unit_grids: list[str]
    shifts: list[ShiftShown]


class DutyGridList(List, frozen=True, kw_only=True):
    """Duty grids, by code."""

    #: Number of the version; 0 before the first.
    version: int
    items: list[DutyGridShown]
    count: int


class DutyGridFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which duty grids."""

    #: Code of a unit grid.
    grid: Word | None = None
    #: User name of somebody who walks it.
    inspector: Word | None = None
    #: In the code or the name.
    text: Word | None = None


async def list_duty_grids(call: Call[DutyGridFilter, None]) -> Reply:
    """Answer duty grids with their shifts."""
    in_force, wanted = call.platform.registers.in_force, call.query
    found = (each for each in in_force.duty if _is_wanted(each, wanted))
    page = await page_of(found, lambda each: each.code, position(call), wanted.limit)
    items = [_shown(each) for each in page.items]
    version = in_force.number(RegisterName.DUTY_GRIDS)
    return answered(DutyGridList(items=items, next=next_cursor(call, page), count=page.count, version=version))


def _is_wanted(duty_grid: DutyGrid, wanted: DutyGridFilter) -> bool:
    walkers = {name for shift in duty_grid.shifts for name in shift.inspectors}
    return (
        (wanted.grid is None or wanted.grid in duty_grid.unit_grids)
        and (wanted.inspector is None or wanted.inspector in walkers)
        and matches(wanted.text, duty_grid.code, duty_grid.name)
    )


def _shown(duty_grid: DutyGrid) -> DutyGridShown:
    return DutyGridShown(
        code=duty_grid.code,
        name=duty_grid.name,
        unit_grids=sorted(duty_grid.unit_grids),
        shifts=[_shift(each) for each in duty_grid.shifts],
    )


def _shift(shift: Shift) -> ShiftShown:
    return ShiftShown(
        name=shift.name,
        start=shift.start,
        end=shift.end,
        inspectors=shift.inspectors,
        weekdays=[day + 1 for day in sorted(shift.weekdays)],
    )


RESOURCE = Resource(
    name="duty-grids",
    title_zh="责任网格与排班",
    title_en="Duty grids",
    routes=(
        Route(
            method="GET",
            path="/duty-grids",
            handler=list_duty_grids,
            summary_zh="责任网格及其班次",
            summary_en="Duty grids with their shifts",
            query=DutyGridFilter,
            answer=DutyGridList,
        ),
        *exchange_routes(DUTY_GRIDS),
    ),
)
