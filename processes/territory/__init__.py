"""Where things are: divisions, unit grids, duty grids, layers, components and cameras.

Positions are stored in CGCS2000. Everything here is pure: no database, no clock.
"""

from .codes import Level, community_of, county_of, division_at, level_of, street_of
from .divisions import Division, DivisionTree
from .errors import TerritoryError
from .grids import GridRegister, GridState, UnitGrid
from .locate import Locator, Place
from .points import Crs, Point

__all__ = [
    "Crs",
    "Division",
    "DivisionTree",
    "GridRegister",
    "GridState",
    "Level",
    "Locator",
    "Place",
    "Point",
    "TerritoryError",
    "UnitGrid",
    "community_of",
    "county_of",
    "division_at",
    "level_of",
    "street_of",
]
