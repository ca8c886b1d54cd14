"""The responsibility lists changed row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from api.geometry import with_floats
from api.register_routes import Exchange
from api.resources.responsibilities import AREA, BOUNDARY, FACILITY
from api.routes import Call, Resource, Route
from api.row_editing import EditOptions, RowRoutes, row_routes
from processes.contents import line_of_key, lines_of, with_line, without_line
from processes.registers import Change
from processes.responsibility import (
    AreaRow,
    BoundaryRow,
    FacilityRow,
    References,
    ResponsibilityError,
    checked_area_row,
    checked_boundary_row,
    checked_facility_row,
    references_to,
)
from processes.territory import Crs
from processes.territory.shapes import ground_of

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
MaybeCode = Annotated[str, msgspec.Meta(max_length=64)]
Note = Annotated[str, msgspec.Meta(max_length=2_000)]


class AreaRowBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In a place, a unit answers for a category."""

    #: Code of a unit grid, a division or a drawn area.
    place: Code
    #: ``component-0104``, ``component-01``, ``incident`` or ``*``; Chinese words such as ``部件0104`` will do.
    category: Code
    unit: Code
    note: Note = ""

    def row(self, key: str, known: References) -> AreaRow:
        """The row under its key. Raises ``ResponsibilityError`` with the field that names an unknown thing."""
        return checked_area_row(AreaRow(key, self.place, self.category, self.unit, self.note.strip()), known)


class BoundaryRowBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where areas meet or overlap, a unit prevails."""

    category: Code
    unit: Code
    against: Annotated[list[Code], msgspec.Meta(max_length=50)] = []
    #: How far from the geometry the row holds; a line needs one.
    reach_metres: Annotated[float, msgspec.Meta(ge=0, le=1_000)] = 0.0
    note: Note = ""
    #: GeoJSON: Polygon, MultiPolygon or LineString.
    geometry: dict[str, Any]
    crs: Crs = Crs.CGCS2000

    def row(self, key: str, known: References) -> BoundaryRow:
        """The row under its key. Raises the errors of the city with the place that is wrong."""
        said = BoundaryRow(
            key=key,
            shape=ground_of(with_floats(self.geometry), crs=self.crs, pointer="/geometry"),
            category=self.category,
            unit=self.unit,
            against=tuple(self.against),
            reach_metres=float(self.reach_metres),
            note=self.note.strip(),
        )
        return checked_boundary_row(said, known)


class FacilityRowBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who owns, manages and maintains a component, or all of a category in a place; at least one unit."""

    category: Code
    #: Number of one component; empty for all of the category.
    component: MaybeCode = ""
    #: Code of a grid or division; empty for everywhere.
    place: MaybeCode = ""
    owner: MaybeCode = ""
    manager: MaybeCode = ""
    maintainer: MaybeCode = ""
    note: Note = ""

    def row(self, key: str, known: References) -> FacilityRow:
        """The row under its key. Raises ``ResponsibilityError`` with the field that names an unknown thing."""
        return checked_facility_row(FacilityRow(key, **msgspec.structs.asdict(self)), known)


async def _put(call: Call[EditOptions, Any]) -> Change:
    key, body, known = call.path["row"], call.body, _known(call)
    return lambda lines: with_line(lines, *lines_of((body.row(key, known()),)))


async def _remove(call: Call[EditOptions, None]) -> Change:
    key: str = call.path["row"]

    def change(lines: tuple[str, ...]) -> tuple[str, ...]:
        if line_of_key(lines, key) is None:
            raise ResponsibilityError("unknown_key", f"清单中没有行“{key}”", f"the list has no row {key!r}")
        return without_line(lines, key)

    return change


def _known(call: Call[Any, Any]) -> Callable[[], References]:
    """What rows may name; many codes, hence put together where the change is worked out."""
    in_force = call.platform.registers.in_force
    units = call.platform.people.register.organisation.units
    return lambda: references_to(
        units=units,
        catalogue=in_force.catalogue,
        divisions=in_force.divisions,
        grids=in_force.grids,
        areas=in_force.drawn,
    )


def _routes(exchange: Exchange, body: type[msgspec.Struct]) -> tuple[Route, ...]:
    return row_routes(
        RowRoutes(
            register=lambda _: exchange.register,
            like=exchange.register,
            path=f"{exchange.path}/{{row}}",
            name=f"{exchange.name}_row",
            zh=f"{exchange.zh}的一行",
            en=f"A row of {exchange.en}",
            body=body,
            put=_put,
            remove=_remove,
        )
    )


RESOURCE = Resource(
    name="responsibility-editing",
    title_zh="责任清单的逐行修改",
    title_en="Changes of the responsibility lists by hand",
    routes=(
        *_routes(AREA, AreaRowBody),
        *_routes(BOUNDARY, BoundaryRowBody),
        *_routes(FACILITY, FacilityRowBody),
    ),
)
