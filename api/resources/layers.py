"""Layers of areas over the city: evaluation grids, and the areas drawn for the responsibility lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position
from api.pages import matches, page_of
from api.parameters import etag
from api.positions import Position
from api.register_routes import Exchange, exchange_routes
from api.routes import Call, Reply, Resource, Route, named
from processes.contents import RegisterName
from processes.registers import InForce
from processes.territory import Area, Layer
from processes.territory.shapes import geometry_of

EVALUATION_GRIDS = Exchange(
    register=RegisterName.EVALUATION_GRIDS,
    path="/evaluation-grids",
    name="evaluation_grids",
    zh="评价网格",
    en="evaluation grids",
)
DRAWN_AREAS = Exchange(
    register=RegisterName.DRAWN_AREAS, path="/drawn-areas", name="drawn_areas", zh="责任区", en="drawn areas"
)


class AreaShown(msgspec.Struct, frozen=True, kw_only=True):
    """A named area."""

    code: str
    name: str
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class AreaList(List, frozen=True, kw_only=True):
    """Areas of one layer, by code."""

    #: Number of the version; 0 before the first.
    version: int
    items: list[AreaShown]
    count: int


class AreaFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which areas."""

    #: In the code or the name.
    text: Word | None = None


class AreasAt(msgspec.Struct, frozen=True, kw_only=True):
    """The areas that hold a point, by code."""

    items: list[AreaShown]


def _listing(exchange: Exchange, layer_of: Callable[[InForce], Layer]) -> tuple[Route, ...]:
    async def list_areas(call: Call[AreaFilter, None]) -> Reply:
        in_force, wanted = call.platform.registers.in_force, call.query
        found = (each for each in layer_of(in_force) if matches(wanted.text, each.code, each.name))
        page = await page_of(found, lambda each: each.code, position(call), wanted.limit)
        version = in_force.number(exchange.register)
        items = [_shown(each) for each in page.items]
        body = AreaList(items=items, next=next_cursor(call, page), count=page.count, version=version)
        return answered(body, headers={"etag": etag(version)})

    async def list_areas_at(call: Call[Position, None]) -> Reply:
        found = layer_of(call.platform.registers.in_force).areas_at(call.query.point())
        return answered(AreasAt(items=[_shown(each) for each in found]))

    return (
        Route(
            method="GET",
            path=exchange.path,
            handler=named(list_areas, f"list_{exchange.name}"),
            summary_zh=f"{exchange.zh}列表",
            summary_en=f"List of {exchange.en}",
            query=AreaFilter,
            answer=AreaList,
        ),
        Route(
            method="GET",
            path=f"{exchange.path}/at",
            handler=named(list_areas_at, f"list_{exchange.name}_at"),
            summary_zh=f"某一位置所在的{exchange.zh}",
            summary_en=f"The {exchange.en} that hold a position",
            query=Position,
            answer=AreasAt,
        ),
        *exchange_routes(exchange),
    )


def _shown(area: Area) -> AreaShown:
    return AreaShown(code=area.code, name=area.name, geometry=geometry_of(area.boundary))


RESOURCE = Resource(
    name="layers",
    title_zh="评价网格与责任区",
    title_en="Evaluation grids and drawn areas",
    routes=(
        *_listing(EVALUATION_GRIDS, lambda in_force: in_force.evaluation),
        *_listing(DRAWN_AREAS, lambda in_force: in_force.drawn),
    ),
)
