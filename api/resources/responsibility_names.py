"""What the codes in rows of the responsibility lists are called: a unit by its code where nothing is known of it."""

from __future__ import annotations

from api.ports import Platform
from processes.responsibility import AreaRow, BoundaryRow, FacilityRow


def area_names(platform: Platform, row: AreaRow) -> dict[str, str]:
    """Of a row of the area list."""
    return {
        "unit_name": _unit(platform, row.unit),
        "place_name": _place(platform, row.place),
        "category_name": _category(platform, row.category),
    }


def boundary_names(platform: Platform, row: BoundaryRow) -> dict[str, str]:
    """Of a row of the boundary list."""
    return {"unit_name": _unit(platform, row.unit), "category_name": _category(platform, row.category)}


def facility_names(platform: Platform, row: FacilityRow) -> dict[str, str]:
    """Of a row of the facility list."""
    return {
        "owner_name": _unit(platform, row.owner),
        "manager_name": _unit(platform, row.manager),
        "maintainer_name": _unit(platform, row.maintainer),
        "place_name": _place(platform, row.place) if row.place else "",
        "category_name": _category(platform, row.category),
    }


def _unit(platform: Platform, code: str) -> str:
    unit = platform.people.register.organisation.units.get(code)
    return unit.name if unit else code


def _place(platform: Platform, code: str) -> str:
    return platform.registers.in_force.divisions.name_of(code)


def _category(platform: Platform, selector: str) -> str:
    return platform.registers.in_force.catalogue.name_of(selector)
