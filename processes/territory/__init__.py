"""Where things are: divisions, unit grids, duty grids, layers, components and cameras.

Positions are stored in CGCS2000. Everything here is pure: no database, no clock.
"""

from .areas import AreaIndex
from .cameras import Camera, CameraRegister
from .codes import Level, community_of, county_of, division_at, level_of, street_of
from .components import Component, ComponentRegister, ComponentState
from .coverage import Coverage, Gap, Overlap, coverage
from .divisions import Division, DivisionTree
from .duty import DutyGrid, DutyRoster, Shift
from .errors import TerritoryError
from .exchange import AreaImport, GridImport, areas_geojson, grids_geojson, read_areas, read_grids
from .grids import GridRegister, GridState, UnitGrid
from .layers import Area, Layer
from .locate import Locator, Place
from .nearest import Near, PointIndex
from .plane import Plane
from .points import Crs, Point

__all__ = [
    "Area",
    "AreaImport",
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
    "GridImport",
    "GridRegister",
    "GridState",
    "Layer",
    "Level",
    "Locator",
    "Near",
    "Overlap",
    "Place",
    "Plane",
    "Point",
    "PointIndex",
    "Shift",
    "TerritoryError",
    "UnitGrid",
    "areas_geojson",
    "community_of",
    "county_of",
    "coverage",
    "division_at",
    "grids_geojson",
    "level_of",
    "read_areas",
    "read_grids",
    "street_of",
]
