"""Whether the unit grids in use tile the ground: what they leave out, and what two of them claim."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Resource, Route
from processes.access import Permission
from processes.territory import Area, Coverage, Gap, Overlap, UnitGrid, coverage_of
from processes.territory.shapes import geometry_of

MOST_DRAWN = 200


class GroundGap(msgspec.Struct, frozen=True, kw_only=True):
    """Ground that the grids enclose and none covers."""

    square_metres: float
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class GroundOverlap(msgspec.Struct, frozen=True, kw_only=True):
    """Ground that two grids cover."""

    first: str
    second: str
    square_metres: float
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class GridReview(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the grids in use, the largest first; at most 200 of each are drawn."""

    grids: int
    gap_count: int
    overlap_count: int
    gaps: list[GroundGap]
    overlaps: list[GroundOverlap]


async def review_grids(call: Call[Nothing, None]) -> Reply:
    """Answer gaps and overlaps of the grids in use."""
    grids = call.platform.registers.in_force.grids.valid()
    # Thousands of shapes take long enough for others to notice.
    found = await asyncio.to_thread(_reviewed, grids)
    return answered(
        GridReview(
            grids=len(grids),
            gap_count=len(found.gaps),
            overlap_count=len(found.overlaps),
            gaps=[_gap(each) for each in found.gaps[:MOST_DRAWN]],
            overlaps=[_overlap(each) for each in found.overlaps[:MOST_DRAWN]],
        )
    )


def _reviewed(grids: tuple[UnitGrid, ...]) -> Coverage:
    return coverage_of([Area(grid.code, "", grid.boundary) for grid in grids])


def _gap(gap: Gap) -> GroundGap:
    return GroundGap(square_metres=round(gap.square_metres, 1), geometry=geometry_of(gap.shape))


def _overlap(overlap: Overlap) -> GroundOverlap:
    return GroundOverlap(
        first=overlap.first,
        second=overlap.second,
        square_metres=round(overlap.square_metres, 1),
        geometry=geometry_of(overlap.shape),
    )


RESOURCE = Resource(
    name="grid-review",
    title_zh="单元网格的空白与重叠",
    title_en="Gaps and overlaps of unit grids",
    routes=(
        Route(
            method="GET",
            path="/grids/review",
            handler=review_grids,
            summary_zh="有效单元网格的空白与重叠",
            summary_en="Gaps and overlaps of the unit grids in use",
            answer=GridReview,
            permission=Permission.TERRITORY_MANAGE,
        ),
    ),
)
