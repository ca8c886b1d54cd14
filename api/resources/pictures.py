"""Pictures: the grids around a position, with the unit that a proposal names."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from api.lists import Word
from api.positions import Position
from api.routes import Call, Reply, Resource, Route
from engine.errors import NotFound
from processes.registers import Asked, PictureOf, draw_surroundings

SVG_TYPE = "image/svg+xml"


class Picture(Position, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is drawn."""

    #: With one of these, the unit proposed is named.
    subcategory: Word | None = None
    component: Word | None = None
    #: How far around the position.
    metres: Annotated[float, msgspec.Meta(ge=100, le=20_000)] = 1_000
    #: Pixels.
    width: Annotated[int, msgspec.Meta(ge=200, le=2_000)] = 900


async def draw_grids(call: Call[Picture, None]) -> Reply:
    """Answer the grids around a position as SVG."""
    query, platform = call.query, call.platform
    in_force, point = platform.registers.in_force, query.point()
    place = in_force.locator.place_of(point)
    if place is None:
        raise NotFound("outside_grids", "该位置不在任何单元网格内", "The position lies outside all unit grids")
    found = None
    if query.subcategory or query.component:
        found = await platform.asking.ask(Asked(subcategory=query.subcategory, point=point, component=query.component))
    unit = platform.people.register.organisation.units.get(found.proposal.unit) if found else None
    wanted = PictureOf(place=place, metres=query.metres, width=query.width)
    # Many grids take long enough for others to notice.
    svg = await asyncio.to_thread(draw_surroundings, wanted, in_force, found, unit.name if unit else "")
    return Reply(body=svg.encode(), content_type=SVG_TYPE)


RESOURCE = Resource(
    name="pictures",
    title_zh="网格图",
    title_en="Pictures of grids",
    routes=(
        Route(
            method="GET",
            path="/grids/picture",
            handler=draw_grids,
            summary_zh="位置周围的单元网格图（SVG），可附责任单位建议",
            summary_en="The grids around a position (SVG), with a proposal if asked for",
            query=Picture,
            answer_type=SVG_TYPE,
            refusals=("not_found", "invalid"),
        ),
    ),
)
