"""Grids, areas, components, cameras in and out of files; a door of its own, because it loads what reads workbooks."""

from processes.territory.division_sheets import divisions_csv, read_divisions
from processes.territory.duty_sheets import duty_grids_csv, read_duty_grids
from processes.territory.exchange import AreaImport, GridImport, areas_geojson, grids_geojson, read_areas, read_grids
from processes.territory.point_sheets import SheetImport, cameras_csv, components_csv, read_cameras, read_components

__all__ = [
    "AreaImport",
    "GridImport",
    "SheetImport",
    "areas_geojson",
    "cameras_csv",
    "components_csv",
    "divisions_csv",
    "duty_grids_csv",
    "grids_geojson",
    "read_areas",
    "read_cameras",
    "read_components",
    "read_divisions",
    "read_duty_grids",
    "read_grids",
]
