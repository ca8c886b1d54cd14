"""Whether two unit grids claim the same ground."""

from __future__ import annotations

from processes.territory.coverage import SLIVER_SQUARE_METRES
from processes.territory.grids import UnitGrid
from processes.territory.plane import Plane


def share_ground(one: UnitGrid, other: UnitGrid) -> bool:
    """Whether they have more in common than what digitising leaves between neighbours."""
    shared = one.boundary.intersection(other.boundary)
    return shared.area > 0 and Plane.around(shared).area(shared) > SLIVER_SQUARE_METRES
