"""Import and export of areas and unit grids as GeoJSON, with findings feature by feature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shapely import Polygon

from processes.sheets import Finding, Findings, ImportReport, Severity, SheetError, cleaned
from processes.territory.areas import AreaIndex
from processes.territory.codes import checked_grid_code
from processes.territory.errors import TerritoryError
from processes.territory.geojson import Document, Feature, read_document, write_document
from processes.territory.grids import GridRegister, GridState, UnitGrid
from processes.territory.layers import Area
from processes.territory.overlaps import share_ground
from processes.territory.points import Crs
from processes.territory.shapes import area_of, geometry_of

CODE_NAMES = ("code", "BGCODE", "BGID", "DYWGCODE", "网格编码", "编码")
NAME_NAMES = ("name", "BGNAME", "名称")


@dataclass(frozen=True, slots=True)
class AreaImport:
    """The areas of a document that could be read."""

    report: ImportReport
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class GridImport:
    """What a document would add to the register. Nothing has been changed yet."""

    report: ImportReport
    grids: tuple[UnitGrid, ...]
    #: The register with the grids added.
    register: GridRegister


def read_areas(data: bytes, *, crs: Crs = Crs.CGCS2000) -> AreaImport:
    """The areas of a GeoJSON document; `crs` holds where the document names no system.

    Features that cannot be read are left out and reported; TerritoryError when the document as a whole is refused.
    """
    document, findings = read_document(data), Findings()
    areas: dict[str, Area] = {}
    for feature in document.features:
        try:
            area = _area(feature, document.crs or crs)
            if area.code in areas:
                raise _duplicate(area.code)
            areas[area.code] = area
        except TerritoryError as error:
            findings.add(_refusal(error, feature))
    return AreaImport(_report(document, findings), tuple(areas.values()))


def read_grids(data: bytes, register: GridRegister, *, crs: Crs = Crs.CGCS2000) -> GridImport:
    """The unit grids of a GeoJSON document, as an addition to a register.

    Refused feature by feature: what `read_areas` refuses, codes that are no grid codes or were used before, several
    parts, and ground that a valid grid or an earlier feature covers already. Void grids may lie anywhere.
    """
    document, findings = read_document(data), Findings()
    candidates: dict[str, tuple[Feature, UnitGrid]] = {}
    for feature in document.features:
        try:
            grid = _grid(feature, register, document.crs or crs)
            if grid.code in candidates:
                raise _duplicate(grid.code)
            candidates[grid.code] = (feature, grid)
        except TerritoryError as error:
            findings.add(_refusal(error, feature))
    grids = tuple(_without_overlaps(tuple(candidates.values()), register, findings))
    return GridImport(_report(document, findings), grids, register.with_grids(grids))


def _without_overlaps(
    candidates: Sequence[tuple[Feature, UnitGrid]], register: GridRegister, findings: Findings
) -> Iterator[UnitGrid]:
    """The candidates that lie on free ground; of two that overlap the earlier one."""
    in_use = AreaIndex((grid.boundary, grid) for grid in register.valid())
    coming = AreaIndex((grid.boundary, grid) for _, grid in candidates)
    taken: set[str] = set()
    for feature, grid in candidates:
        if grid.state is GridState.VOID:
            yield grid
            continue
        earlier = (each for each in coming.crossing(grid.boundary) if each.code in taken)
        other = next((each for each in (*in_use.crossing(grid.boundary), *earlier) if share_ground(each, grid)), None)
        if other is None:
            taken.add(grid.code)
            yield grid
        else:
            findings.add(_refusal(_overlapping(grid, other), feature))


def areas_geojson(areas: Iterable[Area], *, crs: Crs = Crs.CGCS2000) -> bytes:
    """The areas as GeoJSON, in another system if asked for."""
    features = [({"code": area.code, "name": area.name}, geometry_of(area.boundary, crs=crs)) for area in areas]
    return write_document(features, crs=crs)


def grids_geojson(grids: Iterable[UnitGrid], *, crs: Crs = Crs.CGCS2000) -> bytes:
    """The unit grids as GeoJSON, in another system if asked for."""
    return write_document([(_properties(grid), geometry_of(grid.boundary, crs=crs)) for grid in grids], crs=crs)


def _area(feature: Feature, crs: Crs) -> Area:
    code = _text(feature, CODE_NAMES)
    if not code:
        raise TerritoryError("no_code", "要素没有编码", "the feature has no code", pointer="/properties/code")
    boundary = area_of(feature.geometry, crs=crs, pointer="/geometry")
    return Area(code, _text(feature, NAME_NAMES), boundary)


def _grid(feature: Feature, register: GridRegister, crs: Crs) -> UnitGrid:
    area = _area(feature, crs)
    if not isinstance(area.boundary, Polygon):
        raise TerritoryError(
            "several_parts", "单元网格应为一个多边形", "a unit grid is one polygon", pointer="/geometry/type"
        )
    register.require_free(checked_grid_code(area.code, pointer="/properties/code"), pointer="/properties/code")
    return UnitGrid(
        area.code,
        area.boundary,
        _state(feature),
        since=_day(feature, "since"),
        voided_on=_day(feature, "voided_on"),
        replaced_by=tuple(_text(feature, ("replaced_by",)).split()),
    )


def _properties(grid: UnitGrid) -> dict[str, str]:
    """What `_grid` reads again."""
    return {
        "code": grid.code,
        "state": str(grid.state),
        "since": grid.since.isoformat() if grid.since else "",
        "voided_on": grid.voided_on.isoformat() if grid.voided_on else "",
        "replaced_by": " ".join(grid.replaced_by),
    }


def _state(feature: Feature) -> GridState:
    text = _text(feature, ("state",)) or GridState.VALID
    if text not in tuple(GridState):
        zh, en = f"网格状态“{text[:20]}”应为 valid 或 void", f"the state {text[:20]!r} must be valid or void"
        raise TerritoryError("unknown_state", zh, en, pointer="/properties/state")
    return GridState(text)


def _day(feature: Feature, name: str) -> date | None:
    text = _text(feature, (name,))
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        zh, en = f"“{text[:20]}”不是日期", f"{text[:20]!r} is no day"
        raise TerritoryError("not_a_day", zh, en, pointer=f"/properties/{name}") from None


def _text(feature: Feature, names: tuple[str, ...]) -> str:
    try:
        return cleaned(feature.text(*names))
    except SheetError as error:
        raise TerritoryError(error.code, error.message_zh, error.message_en, pointer="/properties") from None


def _duplicate(code: str) -> TerritoryError:
    zh, en = f"编码 {code} 在文件中重复", f"the code {code} stands twice in the document"
    return TerritoryError("duplicate_code", zh, en, pointer="/properties/code")


def _overlapping(grid: UnitGrid, other: UnitGrid) -> TerritoryError:
    zh, en = f"单元网格 {grid.code} 与 {other.code} 重叠", f"unit grid {grid.code} overlaps {other.code}"
    return TerritoryError("grids_overlap", zh, en, pointer="/geometry")


def _refusal(error: TerritoryError, feature: Feature) -> Finding:
    """The refusal of a feature; inside it an error's pointer starts at the feature."""
    pointer = f"{feature.pointer}{error.pointer}"
    return Finding(error.code, Severity.REFUSED, error.message_zh, error.message_en, pointer=pointer)


def _report(document: Document, findings: Findings) -> ImportReport:
    return findings.report(rows_read=len(document.features))
