"""Unit grids and components changed one by one. Neither is ever taken out: a grid is void, a component is removed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec

from api.positions import Position
from api.resources.components import COMPONENTS
from api.resources.grids import GRIDS
from api.routes import Call, Resource
from api.row_editing import EditOptions, RowRoutes, row_routes
from engine.errors import Invalid
from processes.contents import Lines, coded_lines, lines_of, rows_of, with_coded_line
from processes.registers import Change
from processes.territory import Component, ComponentState, GridRegister, GridState, Locator, UnitGrid, placed, restored

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=200)]
Note = Annotated[str, msgspec.Meta(max_length=2_000)]


class GridValidityBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether a unit grid is in use. A grid that is in use again has the ground that it had."""

    state: GridState
    #: First day out of use; today when it is left out. Of a void grid.
    voided_on: date | None = None
    #: Codes of the grids that take its place. Of a void grid.
    replaced_by: Annotated[list[Text], msgspec.Meta(max_length=50)] = []


class ComponentBody(Position, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A component as a whole; the unit grid follows from the position."""

    name: Name
    state: ComponentState = ComponentState.INTACT
    owner: Text = ""
    manager: Text = ""
    maintainer: Text = ""
    recorded_on: date | None = None
    #: Today when it is left out.
    changed_on: date | None = None
    source: Text = ""
    note: Note = ""


async def put_validity(call: Call[EditOptions, GridValidityBody]) -> Change:
    """Take a grid out of use, or into use again."""
    code, body = call.path["grid"], call.body
    if body.state is GridState.VALID:
        _refuse_end(body)
    voided_on = body.voided_on or await _today(call)

    def change(lines: Lines) -> Lines:
        register = GridRegister(rows_of(lines, UnitGrid))
        if body.state is GridState.VALID:
            return coded_lines(restored(register, code))
        return coded_lines(register.with_void(code, voided_on, replaced_by=tuple(body.replaced_by)))

    return change


def _refuse_end(body: GridValidityBody) -> None:
    """Raises ``Invalid`` for what only a void grid has."""
    given = {"voided_on": body.voided_on, "replaced_by": body.replaced_by}
    for member in (name for name, value in given.items() if value):
        raise Invalid(
            "of_void_grids",
            f"有效的单元网格没有 {member}",
            f"Expected no {member}, because the unit grid is to be in use",
            pointer=f"/{member}",
        )


async def put_component(call: Call[EditOptions, ComponentBody]) -> Change:
    """Record a component, or what has become of it."""
    code, body, locator = call.path["component"], call.body, call.platform.registers.in_force.locator
    changed_on = body.changed_on or await _today(call)

    def change(lines: Lines) -> Lines:
        return with_coded_line(lines, *lines_of((_component(code, body, changed_on, locator),)))

    return change


def _component(code: str, body: ComponentBody, changed_on: date, locator: Locator) -> Component:
    place = placed(body.point(), locator)
    return Component(
        code=code,
        name=body.name,
        point=place.point,
        grid=place.grid,
        state=body.state,
        owner=body.owner,
        manager=body.manager,
        maintainer=body.maintainer,
        recorded_on=body.recorded_on,
        changed_on=changed_on,
        source=body.source,
        note=body.note,
    )


async def _today(call: Call[EditOptions, Any]) -> date:
    present = await call.platform.evaluation()
    return present.now.astimezone(present.zone).date()


RESOURCE = Resource(
    name="territory-editing",
    title_zh="单元网格与部件的逐个修改",
    title_en="Changes of unit grids and components by hand",
    routes=(
        *row_routes(
            RowRoutes(
                register=lambda _: GRIDS.register,
                like=GRIDS.register,
                path="/grids/{grid}/validity",
                name="grid_validity",
                zh="单元网格的有效性",
                en="The validity of a unit grid",
                body=GridValidityBody,
                put=put_validity,
                remove=None,
            )
        ),
        *row_routes(
            RowRoutes(
                register=lambda _: COMPONENTS.register,
                like=COMPONENTS.register,
                path="/components/{component}",
                name="component",
                zh="部件",
                en="A component",
                body=ComponentBody,
                put=put_component,
                remove=None,
            )
        ),
    ),
)
