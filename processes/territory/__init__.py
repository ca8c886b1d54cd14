"""Where things are: divisions, unit grids, duty grids, layers, components and cameras.

Positions are stored in CGCS2000. Everything here is pure: no database, no clock.
"""

from processes.territory.areas import AreaIndex
from processes.territory.cameras import Camera, CameraRegister
from processes.territory.codes import Level, community_of, county_of, division_at, level_of, street_of
from processes.territory.components import Component, ComponentRegister, ComponentState
from processes.territory.coverage import Coverage, Gap, Overlap, coverage_of
from processes.territory.divisions import Division, DivisionTree
from processes.territory.duty import DutyGrid, DutyRoster, Shift
from processes.territory.errors import TerritoryError
from processes.territory.feel import PlaceOf, place_functions
from processes.territory.grids import GridRegister, GridState, UnitGrid
from processes.territory.layers import Area, Layer, drawn_layer, evaluation_layer
from processes.territory.locate import Locator, Place, placed
from processes.territory.nearest import Near, PointIndex
from processes.territory.plane import Plane
from processes.territory.points import Crs, Point
from processes.territory.restoring import restored

__all__ = [
    "Area",
    "AreaIndex",
    "Camera",
    "CameraRegister",
    "Component",
    "ComponentRegister",
    "ComponentState",
    "Coverage",
    "Crs",
    "Division",
    "DivisionTree",
    "DutyGrid",
    "DutyRoster",
    "Gap",
    "GridRegister",
    "GridState",
    "Layer",
    "Level",
    "Locator",
    "Near",
    "Overlap",
    "Place",
    "PlaceOf",
    "Plane",
    "Point",
    "PointIndex",
    "Shift",
    "TerritoryError",
    "UnitGrid",
    "community_of",
    "county_of",
    "coverage_of",
    "division_at",
    "drawn_layer",
    "evaluation_layer",
    "level_of",
    "place_functions",
    "placed",
    "restored",
    "street_of",
]
