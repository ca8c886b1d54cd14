"""Sample responsibility lists for the sample catalogue and territory. They bind nobody."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from processes.catalogue import Catalogue, SubCategory
from processes.responsibility.register import facility_rows
from processes.responsibility.rows import AreaRow, FacilityRow, ResponsibilityLists, RowList
from processes.territory import Component, Division, DivisionTree, Level

#: In the order of ``SampleUnit``.
_COLUMNS = ("单位代码", "单位名称", "英文名称", "单位类型", "主管部门")


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit that the sample lists name."""

    code: str
    name: str
    name_en: str
    #: The sort of unit that the sample catalogue calls it; empty for none.
    unit_type: str
    #: Code of the department in charge of it; empty when it is one itself.
    manager: str


def sample_units(divisions: DivisionTree) -> tuple[SampleUnit, ...]:
    """Departments and companies, and each subdistrict under its division code."""
    text = resources.files(__name__).joinpath("units.csv").read_text("utf-8-sig")
    named = (SampleUnit(*(row[column] for column in _COLUMNS)) for row in csv.DictReader(text.splitlines()))
    streets = (SampleUnit(each.code, f"{each.name}办事处", "", "", "") for each in _streets(divisions))
    return (*named, *streets)


def sample_lists(catalogue: Catalogue, divisions: DivisionTree, components: Iterable[Component]) -> ResponsibilityLists:
    """Lists that leave no gap: each category goes to the first sort of unit that the catalogue names."""
    units = {unit.unit_type: unit for unit in sample_units(divisions) if unit.unit_type}
    (city,) = divisions.at_level(Level.COUNTY)
    area = (
        row for entry in catalogue.subcategories for row in _area_rows(entry, units, city=city, divisions=divisions)
    )
    facility = (*facility_rows(components), *_facility_rows(catalogue, units))
    return ResponsibilityLists(RowList(tuple(area)), RowList(), RowList(facility))


def _area_rows(
    entry: SubCategory, units: dict[str, SampleUnit], *, city: Division, divisions: DivisionTree
) -> Iterator[AreaRow]:
    """One row for the whole city, or one for each subdistrict where those answer or nobody else is known."""
    unit = units.get(entry.unit_types[0]) if entry.unit_types else None
    if unit is not None:
        yield AreaRow(f"{city.code}/{entry.key}", city.code, entry.key, unit.code, "样例")
        return
    for street in _streets(divisions):
        yield AreaRow(f"{street.code}/{entry.key}", street.code, entry.key, street.code, "样例")


def _facility_rows(catalogue: Catalogue, units: dict[str, SampleUnit]) -> Iterator[FacilityRow]:
    """One row for each sort of component whose first sort of unit is known."""
    for entry in catalogue.subcategories:
        unit = units.get(entry.unit_types[0]) if entry.kind == "component" and entry.unit_types else None
        if unit is not None:
            yield FacilityRow(entry.key, entry.key, owner=unit.code, manager=unit.manager, maintainer=unit.code)


def _streets(divisions: DivisionTree) -> tuple[Division, ...]:
    return divisions.at_level(Level.STREET)
