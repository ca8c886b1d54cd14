"""What is known of Ulanhot: its divisions, where some of them lie, and its outline.

Names, codes and positions come from Vonng/adcode (CC BY 4.0) and modood/Administrative-divisions-of-China, dated 2016
to 2024. Rows marked 样例 are made up where those say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from shapely import MultiPolygon, Polygon

from processes.catalogue.sheets import Column, open_table
from processes.territory.divisions import Division, DivisionTree
from processes.territory.exchange import read_areas
from processes.territory.points import Point

CITY = "152201000000"

_COLUMNS = (
    Column("code", "代码", True),
    Column("name", "名称", True),
    Column("lon", "经度"),
    Column("lat", "纬度"),
    Column("name_source", "名称来源"),
    Column("position_source", "位置来源"),
)


@dataclass(frozen=True, slots=True)
class KnownDivision:
    """A division, and where it lies if that is known."""

    division: Division
    position: Point | None


def known_divisions() -> tuple[KnownDivision, ...]:
    """The rows of the shipped list, in order of code."""
    rows = open_table(_file("divisions.csv"), _COLUMNS).rows
    return tuple(
        KnownDivision(
            Division(row.required("code"), row.required("name")),
            Point(float(row.text("lon")), float(row.text("lat"))) if row.text("lon") else None,
        )
        for row in rows
    )


def sample_divisions() -> DivisionTree:
    """The city, its 10 subdistricts, towns and other units, and the communities of the subdistricts."""
    return DivisionTree(known.division for known in known_divisions())


def sample_outline() -> Polygon | MultiPolygon:
    """The outline of the city, simplified to 200 m."""
    (outline,) = read_areas(_file("outline.geojson")).areas
    return outline.boundary


def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()
