"""The three lists in and out of files; a door of its own, because it loads what reads and writes workbooks."""

from processes.responsibility.boundaries import boundary_list_geojson, read_boundary_list
from processes.responsibility.sheets import (
    ListImport,
    area_list_csv,
    area_list_xlsx,
    facility_list_csv,
    facility_list_xlsx,
    read_area_list,
    read_facility_list,
)

__all__ = [
    "ListImport",
    "area_list_csv",
    "area_list_xlsx",
    "boundary_list_geojson",
    "facility_list_csv",
    "facility_list_xlsx",
    "read_area_list",
    "read_boundary_list",
    "read_facility_list",
]
