"""The rows of the three lists 责任清单: area, boundary and facility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from shapely.geometry.base import BaseGeometry

from processes.responsibility.errors import ResponsibilityError


@dataclass(frozen=True, slots=True)
class AreaRow:
    """In a place, a unit answers for a category."""

    key: str
    #: Code of a unit grid, a community, a street, a county, or of a drawn area.
    place: str
    category: str
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """Where the areas of units meet or overlap, one of them prevails."""

    key: str
    #: An area in CGCS2000 degrees, or a line with a reach.
    shape: BaseGeometry
    category: str
    #: The unit that prevails.
    unit: str
    #: The units that it prevails over, for the record.
    against: tuple[str, ...] = ()
    #: How far from the shape the row holds, in metres.
    reach_metres: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """Who owns, manages and maintains a component, or all of a category in a place."""

    key: str
    category: str
    #: Number of one component; empty for all of the category.
    component: str = ""
    #: Code of a grid or division; empty for everywhere.
    place: str = ""
    #: 权属单位.
    owner: str = ""
    #: 主管部门.
    manager: str = ""
    #: 养护单位.
    maintainer: str = ""
    note: str = ""


Row = TypeVar("Row", AreaRow, BoundaryRow, FacilityRow)


@dataclass(frozen=True)
class RowList(Generic[Row]):
    """A list of rows, in order; a key stands once (ResponsibilityError `duplicate_key`)."""

    rows: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for row in self.rows:
            if row.key in seen:
                raise ResponsibilityError(
                    "duplicate_key", f"行“{row.key}”重复", f"the row {row.key!r} stands twice", pointer=f"/{row.key}"
                )
            seen.add(row.key)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class ResponsibilityLists:
    """The three lists that hold together at one time."""

    area: RowList[AreaRow]
    boundary: RowList[BoundaryRow]
    facility: RowList[FacilityRow]


def rows_naming(lists: ResponsibilityLists, category: str) -> tuple[str, ...]:
    """The keys of the rows that are about a category and no broader one."""
    rows = (*lists.area, *lists.boundary, *lists.facility)
    return tuple(row.key for row in rows if row.category == category)
