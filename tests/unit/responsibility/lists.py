"""A small city for the tests: a row of square grids in two subdistricts, and rows to put on them."""

from __future__ import annotations

from collections.abc import Iterable

from shapely import box

from processes.responsibility import (
    AreaRow,
    BoundaryRow,
    FacilityRow,
    Order,
    Question,
    References,
    Responsibility,
    ResponsibilityLists,
    RowList,
    standard_order,
)
from processes.territory import Locator, Point, UnitGrid

WEST_COMMUNITY, EAST_COMMUNITY = "152201006003", "152201007001"
WEST_STREET, EAST_STREET = "152201006000", "152201007000"
CITY = "152201000000"
#: Four squares of 0.01°: the first two in the western street, the others in the eastern.
GRIDS = tuple(
    UnitGrid(f"{community}{serial:03d}", box(west, 46.0, west + 0.01, 46.01))
    for community, serial, west in (
        (WEST_COMMUNITY, 1, 122.0),
        (WEST_COMMUNITY, 2, 122.01),
        (EAST_COMMUNITY, 1, 122.02),
        (EAST_COMMUNITY, 2, 122.03),
    )
)
GRATE, LAMP, WASTE, SNOW = "component-0104", "component-0137", "incident-0110", "incident-0507"
CATEGORIES = {"*", "component", "incident", "component-01", "incident-01", "incident-05", GRATE, LAMP, WASTE, SNOW}
KNOWN = References(
    units={"water", "light", "clean", "west", "east", "parks"},
    places={CITY, WEST_STREET, EAST_STREET, WEST_COMMUNITY, "park", *(grid.code for grid in GRIDS)},
    categories=CATEGORIES,
)


def lists(
    *, area: Iterable[AreaRow] = (), boundary: Iterable[BoundaryRow] = (), facility: Iterable[FacilityRow] = ()
) -> ResponsibilityLists:
    """The three lists from rows."""
    return ResponsibilityLists(RowList(tuple(area)), RowList(tuple(boundary)), RowList(tuple(facility)))


def question(subcategory: str, *, lon: float = 122.005, lat: float = 46.005, component: str = "") -> Question:
    """A question about a point of the small city."""
    place = Locator(GRIDS).place_of(Point(lon, lat))
    assert place is not None
    return Question(subcategory, place, component)


def unit_for(
    answers: Responsibility,
    subcategory: str,
    *,
    lon: float = 122.005,
    component: str = "",
    order: Order = standard_order,
) -> str:
    """The unit proposed for a point in the middle of a grid."""
    return answers.propose(question(subcategory, lon=lon, component=component), order=order).unit
