"""The boundary list as GeoJSON: areas of overlap, or lines with a reach."""

from __future__ import annotations

from collections.abc import Iterable

from processes.responsibility.checked import MOST_REACH_METRES, checked_boundary_row
from processes.responsibility.errors import ResponsibilityError
from processes.responsibility.references import References
from processes.responsibility.rows import BoundaryRow, RowList
from processes.responsibility.sheets import ListImport
from processes.sheets import Finding, Findings, ImportReport, Severity
from processes.territory import Crs, TerritoryError
from processes.territory.geojson import Feature, read_document, write_document
from processes.territory.shapes import geometry_of, ground_of

_BETWEEN_UNITS = ";"


def read_boundary_list(data: bytes, known: References, *, crs: Crs = Crs.CGCS2000) -> ListImport[BoundaryRow]:
    """The boundary list in a GeoJSON document; features that cannot be read are left out and reported.

    Properties: key, category, unit, against (units, separated by ;), reach_metres (required for a line), note.
    """
    document, findings = read_document(data), Findings()
    rows: dict[str, BoundaryRow] = {}
    for feature in document.features:
        try:
            row = _row(feature, known, document.crs or crs)
            if row.key in rows:
                raise _refused("duplicate_key", f"行“{row.key}”重复", f"the row {row.key!r} stands twice", "/key")
            rows[row.key] = row
        except TerritoryError as error:
            findings.add(_finding(error, feature.pointer))
        except ResponsibilityError as error:
            findings.add(_finding(error, f"{feature.pointer}/properties"))
    report: ImportReport = findings.report(rows_read=len(document.features))
    return ListImport(report, RowList(tuple(rows.values())))


def boundary_list_geojson(rows: Iterable[BoundaryRow]) -> bytes:
    """The boundary list as GeoJSON."""
    features = (
        (
            {
                "key": row.key,
                "category": row.category,
                "unit": row.unit,
                "against": _BETWEEN_UNITS.join(row.against),
                "reach_metres": row.reach_metres,
                "note": row.note,
            },
            geometry_of(row.shape),
        )
        for row in rows
    )
    return write_document(tuple(features), crs=Crs.CGCS2000)


def _row(feature: Feature, known: References, crs: Crs) -> BoundaryRow:
    said = BoundaryRow(
        key=feature.text("key") or f"B{feature.position + 1}",
        shape=ground_of(feature.geometry, crs=crs, pointer="/geometry"),
        category=feature.text("category"),
        unit=feature.text("unit"),
        against=tuple(code.strip() for code in feature.text("against").split(_BETWEEN_UNITS) if code.strip()),
        reach_metres=_reach(feature),
        note=feature.text("note"),
    )
    return checked_boundary_row(said, known)


def _reach(feature: Feature) -> float:
    """The number that is given; one out of all bounds, which is refused, where none can be read."""
    reach = feature.properties.get("reach_metres", 0)
    is_number = isinstance(reach, int | float) and not isinstance(reach, bool)
    return float(reach) if is_number and 0 <= reach <= MOST_REACH_METRES else -1.0


def _refused(code: str, zh: str, en: str, pointer: str) -> ResponsibilityError:
    return ResponsibilityError(code, zh, en, pointer=pointer)


def _finding(error: TerritoryError | ResponsibilityError, place: str) -> Finding:
    pointer = f"{place}{error.pointer}"
    return Finding(error.code, Severity.REFUSED, error.message_zh, error.message_en, pointer=pointer)
