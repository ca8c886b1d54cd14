"""Unit grids and divisions: where a point lies, and the grids one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position, shown_items
from api.pages import matches, page_of
from api.parameters import etag, not_found
from api.places import PlaceShown, place_shown
from api.positions import Position
from api.register_routes import Exchange, exchange_routes
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.errors import NotFound
from processes.contents import RegisterName
from processes.registers import InForce
from processes.territory import GridState, Level, Plane, UnitGrid, community_of, street_of
from processes.territory.shapes import geometry_of

GRIDS = Exchange(register=RegisterName.GRIDS, path="/grids", name="grids", zh="单元网格", en="unit grids")
DIVISIONS = Exchange(
    register=RegisterName.DIVISIONS, path="/divisions", name="divisions", zh="行政区划", en="divisions"
)


class GridShown(msgspec.Struct, frozen=True, kw_only=True):
    """A unit grid without its boundary."""

    code: str
    state: GridState
    since: date | None
    voided_on: date | None
    replaced_by: tuple[str, ...]
    community: str
    community_name: str
    street: str
    street_name: str


class GridDetail(GridShown, frozen=True, kw_only=True):
    """A unit grid."""

    square_metres: float
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class GridList(List, frozen=True, kw_only=True):
    """Unit grids, by code."""

    #: Number of the version; 0 before the first.
    version: int
    items: list[GridShown]
    count: int


class GridFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which unit grids."""

    #: Codes of 12 digits.
    community: Word | None = None
    street: Word | None = None
    state: GridState | None = None
    #: In the code.
    text: Word | None = None


class DivisionShown(msgspec.Struct, frozen=True, kw_only=True):
    """An administrative division."""

    code: str
    name: str
    level: Level
    parent: str


class DivisionList(List, frozen=True, kw_only=True):
    """Divisions, by code."""

    version: int
    items: list[DivisionShown]
    count: int


class DivisionFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which divisions."""

    level: Level | None = None
    parent: Word | None = None
    #: In the code or the name.
    text: Word | None = None


class LookUp(Position, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The position to look up."""


async def list_grids(call: Call[GridFilter, None]) -> Reply:
    """Answer unit grids."""
    in_force, wanted = call.platform.registers.in_force, call.query
    found = (grid for grid in in_force.grids if _is_wanted(grid, wanted))
    page = await page_of(found, lambda grid: grid.code, position(call), wanted.limit)
    version = in_force.number(RegisterName.GRIDS)
    items = [shown(grid, GridShown, **_names(grid, in_force)) for grid in page.items]
    body = GridList(items=items, next=next_cursor(call, page), count=page.count, version=version)
    return answered(body, headers={"etag": etag(version)})


async def get_grid(call: Call[Nothing, None]) -> Reply:
    """Answer a unit grid with its boundary."""
    in_force, code = call.platform.registers.in_force, call.path["grid"]
    if code not in in_force.grids:
        raise not_found()
    grid = in_force.grids.grid(code)
    area = round(Plane.around(grid.boundary).area(grid.boundary), 1)
    names = _names(grid, in_force)
    return answered(shown(grid, GridDetail, **names, square_metres=area, geometry=geometry_of(grid.boundary)))


async def look_up_point(call: Call[LookUp, None]) -> Reply:
    """Answer the grid, community and street of a point."""
    in_force = call.platform.registers.in_force
    place = in_force.locator.place_of(call.query.point())
    if place is None:
        raise NotFound("outside_grids", "该位置不在任何单元网格内", "The position lies outside all unit grids")
    return answered(place_shown(place, in_force))


async def list_divisions(call: Call[DivisionFilter, None]) -> Reply:
    """Answer divisions."""
    in_force, wanted = call.platform.registers.in_force, call.query
    found = (
        each
        for each in in_force.divisions
        if wanted.level in (None, each.level)
        and wanted.parent in (None, each.parent)
        and matches(wanted.text, each.code, each.name)
    )
    page = await page_of(found, lambda each: each.code, position(call), wanted.limit)
    version = in_force.number(RegisterName.DIVISIONS)
    items = shown_items(page.items, DivisionShown)
    return answered(DivisionList(items=items, next=next_cursor(call, page), count=page.count, version=version))


def _is_wanted(grid: UnitGrid, wanted: GridFilter) -> bool:
    return (
        wanted.community in (None, community_of(grid.code))
        and wanted.street in (None, street_of(grid.code))
        and wanted.state in (None, grid.state)
        and matches(wanted.text, grid.code)
    )


def _names(grid: UnitGrid, in_force: InForce) -> dict[str, str]:
    community, street = community_of(grid.code), street_of(grid.code)
    return {
        "community": community,
        "community_name": in_force.divisions.name_of(community),
        "street": street,
        "street_name": in_force.divisions.name_of(street),
    }


RESOURCE = Resource(
    name="grids",
    title_zh="单元网格与行政区划",
    title_en="Unit grids and divisions",
    routes=(
        Route(
            method="GET",
            path="/grids",
            handler=list_grids,
            summary_zh="单元网格列表",
            summary_en="Unit grids",
            query=GridFilter,
            answer=GridList,
        ),
        Route(
            method="GET",
            path="/grids/at",
            handler=look_up_point,
            summary_zh="位置所在的单元网格、社区、街道",
            summary_en="The grid, community and street of a point",
            query=LookUp,
            answer=PlaceShown,
            refusals=("not_found",),
        ),
        *exchange_routes(GRIDS),
        Route(
            method="GET",
            path="/grids/{grid}",
            handler=get_grid,
            summary_zh="单元网格及其边界",
            summary_en="A unit grid with its boundary",
            answer=GridDetail,
        ),
        Route(
            method="GET",
            path="/divisions",
            handler=list_divisions,
            summary_zh="行政区划列表",
            summary_en="Divisions",
            query=DivisionFilter,
            answer=DivisionList,
        ),
        *exchange_routes(DIVISIONS),
    ),
)
