"""Draws docs/pictures/territory.svg: the sample city, one proposal, one gap and one contradiction of the lists.

python -m docs.pictures.territory
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import shapely
from shapely import Polygon

from processes.catalogue.sample.reading import sample_catalogue
from processes.responsibility import (
    AreaRow,
    ListReview,
    Proposal,
    Question,
    Responsibility,
    ResponsibilityLists,
    RowList,
)
from processes.responsibility.sample import sample_lists, sample_units
from processes.territory import GridRegister, Locator, Place, Plane, Point, street_of
from processes.territory.drawing import Drawn, LegendEntry, Style, draw_map
from processes.territory.sample import sample_components, sample_divisions, sample_grids

#: One pale colour for each subdistrict.
PALE = ("#dbeafe", "#dcfce7", "#fef3c7", "#fce7f3", "#e0e7ff", "#ccfbf1", "#fee2e2", "#f3e8ff", "#ecfccb", "#ffedd5")
PROPOSED = Style("#2563eb", "#1e3a8a", 2.0)
REPORTED = Style("#ffffff", "#1e3a8a", 2.0)
SILENT = Style("#ef4444", "#b91c1c", 0.6, 0.35)
CONTRADICTED = Style("#7c3aed", "#5b21b6", 1.0, 0.75)
CLAIMED = Style("none", "#6d28d9", 1.6, 1.0, "6 4")
BORDER = Style("none", "#475569", 1.6)

#: In a street without a row for handbills, and two drawn areas that claim the same vendors.
SILENT_STREET, HANDBILLS, VENDORS = "152201010000", "incident-0201", "incident-0406"
REPORT = Point(122.07857, 46.08142)
STORM_GRATE = "component-0104"


def main() -> None:
    """Write the picture."""
    grids, divisions, catalogue = sample_grids(), sample_divisions(), sample_catalogue()
    lists = sample_lists(catalogue, divisions, sample_components(grids))
    flawed, areas = with_flaws(lists)
    place = Locator(grids).place_of(REPORT)
    if place is None:
        raise SystemExit("the report lies outside the sample grid")
    proposal = Responsibility(flawed, areas=areas).propose(Question(STORM_GRATE, place))
    review = ListReview(flawed, grids, areas)
    names = {unit.code: unit.name for unit in sample_units(divisions)}
    drawn = [
        *streets(grids, {street.code: street.name for street in divisions}),
        *(Drawn(gap.shape, SILENT, title=gap.grid) for gap in review.gaps([HANDBILLS])),
        *(Drawn(area, CLAIMED) for area in areas.values()),
        *(Drawn(overlap.shape, CONTRADICTED) for overlap in review.overlaps()),
        Drawn(grids.grid(place.grid).boundary, PROPOSED, title=place.grid),
        Drawn(shapely.Point(REPORT.lon, REPORT.lat), REPORTED),
    ]
    svg = draw_map(
        drawn,
        width=1100,
        title="乌兰浩特样例网格与责任建议  Sample grids of Ulanhot and a proposal",
        captions=captions(place, proposal, names[proposal.unit]),
        legend=LEGEND,
    )
    (Path(__file__).parent / "territory.svg").write_text(svg)


def with_flaws(lists: ResponsibilityLists) -> tuple[ResponsibilityLists, dict[str, Polygon]]:
    """The lists with a row taken out and two areas that claim the same ground."""
    plane = Plane(REPORT.lon)
    x, y = plane.position(Point(122.0985, 46.0800))
    areas = {
        "market": plane.degrees(shapely.box(x - 900, y - 500, x + 300, y + 400)),
        "square": plane.degrees(shapely.box(x - 200, y - 150, x + 1000, y + 750)),
    }
    kept = [row for row in lists.area if (row.place, row.category) != (SILENT_STREET, HANDBILLS)]
    claims = [
        AreaRow("market", "market", VENDORS, "market_regulation"),
        AreaRow("square", "square", VENDORS, "urban_management"),
    ]
    return replace(lists, area=RowList((*kept, *claims))), areas


def streets(grids: GridRegister, names: dict[str, str]) -> Iterator[Drawn]:
    """The unit grids in the colour of their subdistrict, then the borders and names of the subdistricts."""
    codes = sorted({street_of(grid.code) for grid in grids})
    colours = dict(zip(codes, PALE, strict=True))
    for grid in sorted(grids, key=lambda each: each.code):
        yield Drawn(grid.boundary, Style(colours[street_of(grid.code)], "#b6c2cf", 0.6), title=grid.code)
    for code in codes:
        whole = shapely.union_all([grid.boundary for grid in grids if street_of(grid.code) == code])
        yield Drawn(whole, BORDER, text=names[code])


def captions(place: Place, proposal: Proposal, unit: str) -> tuple[str, str]:
    """What is proposed and why, in both languages."""
    return (
        f"雨水箅子，网格 {place.grid} → {unit}：{proposal.chosen.message_zh}",
        f"storm grate in grid {place.grid} → {proposal.unit}: {proposal.chosen.message_en}",
    )


LEGEND = (
    LegendEntry(PROPOSED, "上报所在网格 grid of the report"),
    LegendEntry(SILENT, "清单缺口：无责任单位 gap: no unit"),
    LegendEntry(CONTRADICTED, "清单重叠：两个单位 overlap: two units"),
    LegendEntry(Style(PALE[0], "#b6c2cf", 0.6), "单元网格 unit grid"),
    LegendEntry(BORDER, "街道 subdistrict"),
    LegendEntry(CLAIMED, "责任区 drawn area"),
)

if __name__ == "__main__":
    main()
