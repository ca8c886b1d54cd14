"""Reads a file as the next content of a register: one reader for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from processes.catalogue import differences_between
from processes.catalogue.files import merged, read_catalogue
from processes.contents import (
    Lines,
    RegisterName,
    catalogue_lines,
    catalogue_of,
    coded_lines,
    count_changes,
    lines_of,
    rows_of,
)
from processes.files.messages import Candidate, FileFinding, FileReport, Known, Mode, ReadFile
from processes.responsibility import AreaRow, BoundaryRow, FacilityRow, References, references_to
from processes.responsibility.files import read_area_list, read_boundary_list, read_facility_list
from processes.sheets import ImportReport
from processes.territory import (
    Area,
    Camera,
    Component,
    Division,
    DivisionTree,
    DutyGrid,
    DutyRoster,
    GridRegister,
    Locator,
    UnitGrid,
)
from processes.territory.files import (
    read_areas,
    read_cameras,
    read_components,
    read_divisions,
    read_duty_grids,
    read_grids,
)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Keyed = TypeVar("Keyed", bound=_Keyed)
Coded = TypeVar("Coded", bound=_Coded)


def read_file(request: ReadFile) -> Candidate:
    """What the file would make of its register. Raises the refusals of the readers."""
    return _READERS[request.register](request)


def _catalogue(request: ReadFile) -> Candidate:
    earlier = tuple(catalogue_of(lines) for lines in request.known.versions)
    imported = read_catalogue(request.content, earlier)
    current = earlier[-1] if earlier else None
    is_part = request.mode is Mode.MERGE and current is not None
    whole = merged(current, imported.catalogue) if is_part and current else imported.catalogue
    before = catalogue_lines(current) if current else ()
    after = catalogue_lines(whole)
    return Candidate(
        lines=after,
        report=_told(imported.report),
        changes=count_changes(before, after),
        differences=differences_between(current, whole),
    )


def _area_list(request: ReadFile) -> Candidate:
    imported = read_area_list(request.content, _references(request.known))
    return _candidate(request, imported.report, lines_of(_by_key(_kept(request, AreaRow), imported.rows)))


def _boundary_list(request: ReadFile) -> Candidate:
    imported = read_boundary_list(request.content, _references(request.known), crs=request.crs)
    return _candidate(request, imported.report, lines_of(_by_key(_kept(request, BoundaryRow), imported.rows)))


def _facility_list(request: ReadFile) -> Candidate:
    imported = read_facility_list(request.content, _references(request.known))
    return _candidate(request, imported.report, lines_of(_by_key(_kept(request, FacilityRow), imported.rows)))


def _divisions(request: ReadFile) -> Candidate:
    imported = read_divisions(request.content)
    divisions = _by_code(_kept(request, Division), imported.items)
    return _candidate(request, imported.report, coded_lines(DivisionTree(divisions)))


def _grids(request: ReadFile) -> Candidate:
    """Grids are added whatever the mode: a code that was given is never taken away."""
    register = GridRegister(rows_of(request.known.lines(RegisterName.GRIDS), UnitGrid))
    imported = read_grids(request.content, register, crs=request.crs)
    return _candidate(request, imported.report, coded_lines(imported.register))


def _duty_grids(request: ReadFile) -> Candidate:
    """A roster as a whole: what stays and what is read must not have a unit grid in common."""
    unit_grids = {grid.code for grid in rows_of(request.known.lines(RegisterName.GRIDS), UnitGrid)}
    imported = read_duty_grids(request.content, unit_grids)
    roster = DutyRoster(_by_code(_kept(request, DutyGrid), imported.items))
    return _candidate(request, imported.report, coded_lines(roster))


def _areas(request: ReadFile) -> Candidate:
    imported = read_areas(request.content, crs=request.crs)
    return _candidate(request, imported.report, coded_lines(_by_code(_kept(request, Area), imported.areas)))


def _components(request: ReadFile) -> Candidate:
    imported = read_components(request.content, _locator(request.known), crs=request.crs)
    return _candidate(request, imported.report, coded_lines(_by_code(_kept(request, Component), imported.items)))


def _cameras(request: ReadFile) -> Candidate:
    imported = read_cameras(request.content, _locator(request.known), crs=request.crs)
    return _candidate(request, imported.report, coded_lines(_by_code(_kept(request, Camera), imported.items)))


_READERS: Mapping[RegisterName, Callable[[ReadFile], Candidate]] = {
    RegisterName.CATALOGUE: _catalogue,
    RegisterName.AREA_LIST: _area_list,
    RegisterName.BOUNDARY_LIST: _boundary_list,
    RegisterName.FACILITY_LIST: _facility_list,
    RegisterName.DIVISIONS: _divisions,
    RegisterName.GRIDS: _grids,
    RegisterName.DUTY_GRIDS: _duty_grids,
    RegisterName.EVALUATION_GRIDS: _areas,
    RegisterName.DRAWN_AREAS: _areas,
    RegisterName.COMPONENTS: _components,
    RegisterName.CAMERAS: _cameras,
}

Row = TypeVar("Row")


def _kept(request: ReadFile, sort: type[Row]) -> tuple[Row, ...]:
    """The rows that stay beside those of the file."""
    return rows_of(request.known.lines(request.register), sort) if request.mode is Mode.MERGE else ()


def _by_key(kept: Iterable[Keyed], read: Iterable[Keyed]) -> list[Keyed]:
    """The rows in the order in which they were first given; a row of the file goes before one of its key."""
    return list({row.key: row for row in (*kept, *read)}.values())


def _by_code(kept: Iterable[Coded], read: Iterable[Coded]) -> list[Coded]:
    return list({row.code: row for row in (*kept, *read)}.values())


def _candidate(request: ReadFile, report: ImportReport, after: Lines) -> Candidate:
    before = request.known.lines(request.register)
    return Candidate(lines=after, report=_told(report), changes=count_changes(before, after))


def _told(report: ImportReport) -> FileReport:
    findings = tuple(
        FileFinding(
            code=each.code,
            severity=each.severity.value,
            message_zh=each.message_zh,
            message_en=each.message_en,
            row=each.row,
            column=each.column,
            pointer=each.pointer,
        )
        for each in report.findings
    )
    return FileReport(
        rows_read=report.rows_read,
        rows_refused=report.rows_refused,
        finding_count=report.finding_count,
        findings=findings,
    )


def _references(known: Known) -> References:
    return references_to(
        units=set(known.units),
        catalogue=catalogue_of(known.lines(RegisterName.CATALOGUE)),
        divisions=DivisionTree(rows_of(known.lines(RegisterName.DIVISIONS), Division)),
        grids=rows_of(known.lines(RegisterName.GRIDS), UnitGrid),
        areas=rows_of(known.lines(RegisterName.DRAWN_AREAS), Area),
    )


def _locator(known: Known) -> Locator:
    return Locator(rows_of(known.lines(RegisterName.GRIDS), UnitGrid))
