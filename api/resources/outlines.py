"""Outlines: the boundaries of unit grids all at once, as maps draw them without any tiles from outside."""

from __future__ import annotations

from typing import Any

import msgspec

from api.answers import answered
from api.lists import Word
from api.parameters import etag
from api.routes import Call, Reply, Resource, Route
from processes.contents import RegisterName
from processes.registers import InForce
from processes.territory import UnitGrid, community_of, street_of

#: A map is drawn to a tenth of a metre, not to the last bit.
_DECIMALS = 6


class GridOutline(msgspec.Struct, frozen=True, kw_only=True):
    """A unit grid as a map draws it."""

    code: str
    community: str
    community_name: str
    street_name: str
    #: Outer boundaries: corners as degrees in CGCS2000, longitude first.
    rings: list[list[tuple[float, float]]]


class GridOutlines(msgspec.Struct, frozen=True, kw_only=True):
    """Unit grids in force, by code."""

    #: Of the register; 0 before the first.
    version: int
    items: list[GridOutline]


class OutlinesAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which division; of all without one."""

    street: Word | None = None
    community: Word | None = None


async def list_outlines(call: Call[OutlinesAsked, None]) -> Reply:
    """Answer the outlines of the unit grids."""
    in_force, wanted = call.platform.registers.in_force, call.query
    version = in_force.number(RegisterName.GRIDS)
    items = [
        _outline(grid, in_force)
        for grid in sorted(in_force.grids, key=lambda grid: grid.code)
        if wanted.community in (None, community_of(grid.code)) and wanted.street in (None, street_of(grid.code))
    ]
    return answered(GridOutlines(version=version, items=items), headers={"etag": etag(version)})


def _outline(grid: UnitGrid, in_force: InForce) -> GridOutline:
    community = community_of(grid.code)
    parts: list[Any] = getattr(grid.boundary, "geoms", [grid.boundary])
    rings = [[(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in part.exterior.coords] for part in parts]
    return GridOutline(
        code=grid.code,
        community=community,
        community_name=in_force.divisions.name_of(community),
        street_name=in_force.divisions.name_of(street_of(grid.code)),
        rings=rings,
    )


RESOURCE = Resource(
    name="outlines",
    title_zh="单元网格轮廓",
    title_en="Outlines of unit grids",
    routes=(
        Route(
            method="GET",
            path="/grids/outlines",
            handler=list_outlines,
            summary_zh="全部单元网格的轮廓，供不连外网的地图使用",
            summary_en="The boundaries of the unit grids, for maps without anything from outside",
            query=OutlinesAsked,
            answer=GridOutlines,
        ),
    ),
)
