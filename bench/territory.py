"""Point to grid, proposals over long lists, nearest components, imports.

python -m bench.territory
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from shapely import Polygon, box

from bench.report import Bar, Report
from processes.catalogue.files import catalogue_csv, catalogue_xlsx, read_catalogue
from processes.catalogue.sample.reading import sample_catalogue
from processes.responsibility import (
    AreaRow,
    BoundaryRow,
    FacilityRow,
    ListReview,
    Question,
    References,
    Responsibility,
    ResponsibilityLists,
    RowList,
)
from processes.responsibility.files import area_list_csv, read_area_list
from processes.territory import Component, ComponentRegister, GridRegister, Locator, Point, UnitGrid
from processes.territory.files import grids_geojson, read_grids
from processes.territory.gcj02 import wgs84_of

Asked = TypeVar("Asked")

SIDE = 100
WEST, SOUTH, STEP = 122.0, 46.0, 0.002
QUESTIONS = 10_000
AREA_ROWS, FACILITY_ROWS, BOUNDARY_ROWS, DRAWN_AREAS = 60_000, 39_000, 1_000, 1_000


def main(report: Report) -> None:
    """Every figure beside its bar."""
    dice = random.Random(20260501)
    grids = city_of_cells(dice)
    locator = built(report, "build the locator over 10,000 grids", lambda: Locator(grids))
    points = [scattered(dice) for _ in range(QUESTIONS)]
    each(report, "point to grid, community, street", locator.place_of, points, bar_microseconds=50)
    each(report, "GCJ-02 back to WGS-84", lambda point: wgs84_of(point.lon, point.lat), points)
    measure_proposals(report, dice, grids, locator, points)
    measure_nearest(report, dice, grids, points)
    measure_files(report, grids)


def measure_proposals(
    report: Report, dice: random.Random, grids: Sequence[UnitGrid], locator: Locator, points: Sequence[Point]
) -> None:
    """Proposals over 100,000 rows, and the review of the lists."""
    subcategories = [entry.key for entry in sample_catalogue().subcategories]
    lists, areas = long_lists(dice, grids, subcategories)
    size = len(lists.area) + len(lists.boundary) + len(lists.facility)
    answers = built(report, f"build {size:,} rows", lambda: Responsibility(lists, areas=areas))
    questions = []
    for point in points:
        place = locator.place_of(point)
        assert place is not None
        component = dice.choice(lists.facility.rows).component if dice.random() < 0.3 else ""
        questions.append(Question(dice.choice(subcategories), place, component))
    each(report, f"proposal over {size:,} rows", answers.propose, questions, bar_microseconds=2000)
    review = built(report, "review: index the lists", lambda: ListReview(lists, grids, areas))
    built(report, "review: gaps, 10,000 grids × 107 sub-categories", lambda: review.gaps(subcategories))
    built(report, "review: overlaps", review.overlaps)


def measure_nearest(report: Report, dice: random.Random, grids: Sequence[UnitGrid], points: Sequence[Point]) -> None:
    """The nearest of 100,000 components."""
    components = [
        Component(f"1522010137{serial:06d}", "", scattered(dice), grids[serial % len(grids)].code)
        for serial in range(100_000)
    ]
    register = built(report, "build a register of 100,000 components", lambda: ComponentRegister(components))
    few = points[:2_000]
    each(report, "nearest component within 50 m", lambda point: register.nearest(point, within_metres=50), few)


def measure_files(report: Report, grids: Sequence[UnitGrid]) -> None:
    """Imports, all checks included."""
    catalogue = sample_catalogue()
    csv, xlsx = catalogue_csv(catalogue), catalogue_xlsx(catalogue)
    built(report, "catalogue of 183 rows from CSV", lambda: read_catalogue(csv))
    built(report, "catalogue of 183 rows from XLSX", lambda: read_catalogue(xlsx))
    codes = [grid.code for grid in grids]
    rows = [AreaRow(str(number), codes[number % len(codes)], "*", "u") for number in range(100_000)]
    sheet = area_list_csv(rows)
    known = References({"u"}, set(codes), {"*"})
    built(report, "area list of 100,000 rows from CSV", lambda: read_area_list(sheet, known))
    document = grids_geojson(grids)
    built(report, "10,000 grids from GeoJSON", lambda: read_grids(document, GridRegister()))


def city_of_cells(dice: random.Random) -> list[UnitGrid]:
    """A lattice of irregular cells in communities of 100, all corners shared."""
    corners = {
        (column, row): (
            WEST + (column + dice.uniform(-0.2, 0.2)) * STEP,
            SOUTH + (row + dice.uniform(-0.2, 0.2)) * STEP,
        )
        for column in range(SIDE + 1)
        for row in range(SIDE + 1)
    }
    return [
        UnitGrid(
            f"152201{row // 10 + 1:03d}{column // 10 + 1:03d}{row % 10 * 10 + column % 10 + 1:03d}",
            Polygon([corners[column + east, row + north] for east, north in ((0, 0), (1, 0), (1, 1), (0, 1))]),
        )
        for column in range(SIDE)
        for row in range(SIDE)
    ]


def long_lists(
    dice: random.Random, grids: Sequence[UnitGrid], subcategories: Sequence[str]
) -> tuple[ResponsibilityLists, dict[str, Polygon]]:
    """100,000 rows over the grids, with drawn areas and boundary zones among them."""
    areas = {f"zone{number}": square(dice) for number in range(DRAWN_AREAS)}
    drawn = [AreaRow(f"d{name}", name, dice.choice(subcategories), dice.choice("abcdef")) for name in areas]
    coded = [
        AreaRow(f"a{number}", dice.choice(grids).code, dice.choice(subcategories), dice.choice("abcdef"))
        for number in range(AREA_ROWS - len(drawn))
    ]
    zones = [BoundaryRow(f"b{number}", square(dice), "incident", "g") for number in range(BOUNDARY_ROWS)]
    facility = [
        FacilityRow(f"f{serial}", "component", f"1522010137{serial:06d}", owner="h") for serial in range(FACILITY_ROWS)
    ]
    return ResponsibilityLists(RowList((*drawn, *coded)), RowList(tuple(zones)), RowList(tuple(facility))), areas


def square(dice: random.Random) -> Polygon:
    """A square of about 300 m somewhere in the city."""
    point = scattered(dice)
    return box(point.lon, point.lat, point.lon + 2 * STEP, point.lat + 1.5 * STEP)


def scattered(dice: random.Random) -> Point:
    """A point well inside the city."""
    return Point(WEST + dice.uniform(0.01, 0.19), SOUTH + dice.uniform(0.01, 0.19))


def each(
    report: Report, name: str, work: Callable[[Asked], object], asked: Sequence[Asked], *, bar_microseconds: float = 0
) -> None:
    """Time every single call."""
    work(asked[0])
    microseconds = []
    for one in asked:
        began = time.perf_counter()
        work(one)
        microseconds.append((time.perf_counter() - began) * 1e6)
    cuts = statistics.quantiles(microseconds, n=100)
    report.add(f"{name}, p50", cuts[49], "µs")
    report.add(f"{name}, p95", cuts[94], "µs", Bar(at_most=bar_microseconds) if bar_microseconds else None)


Built = TypeVar("Built")


def built(report: Report, name: str, work: Callable[[], Built]) -> Built:
    """Time one call."""
    began = time.perf_counter()
    result = work()
    report.add(name, (time.perf_counter() - began) * 1e3, "ms")
    return result


if __name__ == "__main__":
    main(Report())
