"""Rows of the lists held against what is known; the same for files and for a row that somebody types."""

from __future__ import annotations

from dataclasses import replace

from processes.responsibility.errors import ResponsibilityError
from processes.responsibility.references import References
from processes.responsibility.rows import AreaRow, BoundaryRow, FacilityRow
from processes.territory.codes import checked_component_code

MOST_REACH_METRES = 1000.0
_KEEPERS = ("owner", "manager", "maintainer")


def checked_area_row(row: AreaRow, known: References) -> AreaRow:
    """The row with its category as a selector, or ResponsibilityError with the field that names an unknown thing."""
    return replace(row, place=known.place(row.place), category=known.category(row.category), unit=known.unit(row.unit))


def checked_boundary_row(row: BoundaryRow, known: References) -> BoundaryRow:
    """The same of a boundary row; a line needs a reach (`no_reach`), and none is endless (`bad_reach`)."""
    if not 0 <= row.reach_metres <= MOST_REACH_METRES:
        raise ResponsibilityError(
            "bad_reach",
            f"范围应在 0 到 {MOST_REACH_METRES:.0f} 米之间",
            f"the reach must be between 0 and {MOST_REACH_METRES:.0f} metres",
            pointer="/reach_metres",
        )
    if not row.shape.area and not row.reach_metres:
        raise ResponsibilityError(
            "no_reach", "边界线须写明范围（米）", "a line needs its reach in metres", pointer="/reach_metres"
        )
    return replace(
        row,
        category=known.category(row.category),
        unit=known.unit(row.unit),
        against=tuple(known.unit(code, field="against") for code in row.against),
    )


def checked_facility_row(row: FacilityRow, known: References) -> FacilityRow:
    """The same of a facility row, which names at least one unit (`no_unit`)."""
    keepers = {name: code for name in _KEEPERS if (code := getattr(row, name))}
    if not keepers:
        raise ResponsibilityError("no_unit", "本行没有任何单位", "the row names no unit", pointer="/owner")
    for name, code in keepers.items():
        known.unit(code, field=name)
    return replace(
        row,
        category=known.category(row.category),
        component=checked_component_code(row.component, pointer="/component") if row.component else "",
        place=known.place(row.place) if row.place else "",
    )
