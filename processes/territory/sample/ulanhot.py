"""What is known of Ulanhot: its divisions, where some of them lie, and its outline.

Names, codes and positions come from Vonng/adcode (CC BY 4.0) and modood/Administrative-divisions-of-China, dated 2016
to 2024. Rows marked 样例 are made up where those say nothing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

from shapely import MultiPolygon, Polygon

from processes.territory.divisions import Division, DivisionTree
from processes.territory.geojson import read_document
from processes.territory.points import Crs, Point
from processes.territory.shapes import area_of

CITY = "152201000000"


@dataclass(frozen=True, slots=True)
class KnownDivision:
    """A division, and where it lies if that is known."""

    division: Division
    position: Point | None


def known_divisions() -> tuple[KnownDivision, ...]:
    """The rows of the shipped list, in order of code."""
    rows = csv.DictReader(_file("divisions.csv").decode("utf-8-sig").splitlines())
    return tuple(
        KnownDivision(
            Division(row["代码"], row["名称"]),
            Point(float(row["经度"]), float(row["纬度"])) if row["经度"] else None,
        )
        for row in rows
    )


def sample_divisions() -> DivisionTree:
    """The city, its 10 subdistricts, towns and other units, and the communities of the subdistricts."""
    return DivisionTree(known.division for known in known_divisions())


def sample_outline() -> Polygon | MultiPolygon:
    """The outline of the city, simplified to 200 m."""
    (outline,) = read_document(_file("outline.geojson")).features
    return area_of(outline.geometry, crs=Crs.CGCS2000, pointer=outline.pointer)


def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()
