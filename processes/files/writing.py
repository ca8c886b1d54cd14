"""Writes the content of a register as a file: which register in which formats is one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from processes.catalogue.files import catalogue_csv, catalogue_xlsx
from processes.contents import RegisterName, catalogue_of, rows_of
from processes.files.messages import FileFormat, WriteFile, Written
from processes.responsibility import AreaRow, BoundaryRow, FacilityRow
from processes.responsibility.files import (
    area_list_csv,
    area_list_xlsx,
    boundary_list_geojson,
    facility_list_csv,
    facility_list_xlsx,
)
from processes.territory import Area, Camera, Component, Crs, Division, DutyGrid, UnitGrid
from processes.territory.files import (
    areas_geojson,
    cameras_csv,
    components_csv,
    divisions_csv,
    duty_grids_csv,
    grids_geojson,
)

Writer = Callable[[Sequence[str], Crs], bytes]


def write_file(request: WriteFile) -> Written:
    """The file. A register in a format that it has not is a ``KeyError``: whoever asks has looked before."""
    writer = _WRITERS[request.register, request.format]
    return Written(content=writer(request.lines, request.crs))


_WRITERS: Mapping[tuple[RegisterName, FileFormat], Writer] = {
    (RegisterName.CATALOGUE, FileFormat.CSV): lambda lines, _: catalogue_csv(catalogue_of(lines)),
    (RegisterName.CATALOGUE, FileFormat.XLSX): lambda lines, _: catalogue_xlsx(catalogue_of(lines)),
    (RegisterName.AREA_LIST, FileFormat.CSV): lambda lines, _: area_list_csv(rows_of(lines, AreaRow)),
    (RegisterName.AREA_LIST, FileFormat.XLSX): lambda lines, _: area_list_xlsx(rows_of(lines, AreaRow)),
    (RegisterName.FACILITY_LIST, FileFormat.CSV): lambda lines, _: facility_list_csv(rows_of(lines, FacilityRow)),
    (RegisterName.FACILITY_LIST, FileFormat.XLSX): lambda lines, _: facility_list_xlsx(rows_of(lines, FacilityRow)),
    (RegisterName.BOUNDARY_LIST, FileFormat.GEOJSON): lambda lines, _: boundary_list_geojson(
        rows_of(lines, BoundaryRow)
    ),
    (RegisterName.DIVISIONS, FileFormat.CSV): lambda lines, _: divisions_csv(rows_of(lines, Division)),
    (RegisterName.GRIDS, FileFormat.GEOJSON): lambda lines, crs: grids_geojson(rows_of(lines, UnitGrid), crs=crs),
    (RegisterName.DUTY_GRIDS, FileFormat.CSV): lambda lines, _: duty_grids_csv(rows_of(lines, DutyGrid)),
    (RegisterName.EVALUATION_GRIDS, FileFormat.GEOJSON): lambda lines, crs: areas_geojson(
        rows_of(lines, Area), crs=crs
    ),
    (RegisterName.DRAWN_AREAS, FileFormat.GEOJSON): lambda lines, crs: areas_geojson(rows_of(lines, Area), crs=crs),
    (RegisterName.COMPONENTS, FileFormat.CSV): lambda lines, _: components_csv(rows_of(lines, Component)),
    (RegisterName.CAMERAS, FileFormat.CSV): lambda lines, _: cameras_csv(rows_of(lines, Camera)),
}
