"""A grid that was voided by mistake comes into use again, if nobody has taken its ground meanwhile."""

from __future__ import annotations

from processes.territory.areas import AreaIndex
from processes.territory.errors import TerritoryError
from processes.territory.grids import GridRegister
from processes.territory.overlaps import share_ground


def restored(register: GridRegister, code: str) -> GridRegister:
    """The register with the void grid in use again; TerritoryError `overlaps` when another lies on its ground."""
    with_it = register.with_valid(code)
    grid = with_it.grid(code)
    in_use = AreaIndex((each.boundary, each) for each in register.valid())
    for other in in_use.crossing(grid.boundary):
        if share_ground(grid, other):
            raise TerritoryError(
                "overlaps",
                f"单元网格 {code} 的范围已归有效网格 {other.code}",
                f"the ground of {code} belongs to the grid {other.code} now",
                pointer="/state",
            )
    return with_it
