"""A picture of the grids around a place, with the unit proposed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shapely

from processes.registers.asking import Answered
from processes.registers.live import InForce
from processes.territory import Place, Plane, Point, UnitGrid, street_of
from processes.territory.drawing import Drawn, LegendEntry, Style, draw_map

#: Pale colours that streets take in turn.
_PALE = ("#dbeafe", "#dcfce7", "#fef3c7", "#fce7f3", "#e0e7ff", "#ccfbf1", "#fee2e2", "#f3e8ff", "#ecfccb", "#ffedd5")
_PROPOSED = Style("#2563eb", "#1e3a8a", 2.0, 0.6)
_ASKED = Style("#ffffff", "#1e3a8a", 2.0)
#: More grids than anyone can tell apart are not drawn.
MOST_GRIDS = 2_000


@dataclass(frozen=True, kw_only=True)
class PictureOf:
    """What is drawn: the surroundings of a place, so far around it."""

    place: Place
    metres: float
    #: Pixels.
    width: int


def draw_surroundings(wanted: PictureOf, in_force: InForce, answered: Answered | None, unit_name: str) -> str:
    """The grids in use around a place as SVG, coloured by street; with what was answered, if anything was asked."""
    grids = _around(wanted, in_force.grids.valid())
    streets = list(dict.fromkeys(street_of(grid.code) for grid in grids))
    styles = {street: Style(_PALE[turn % len(_PALE)], "#94a3b8", 0.6) for turn, street in enumerate(streets)}
    names = {street: in_force.divisions.name_of(street) for street in streets}
    return draw_map(
        [*_drawn(grids, styles, names), *_marked(wanted.place, in_force, answered)],
        width=wanted.width,
        title=f"{in_force.divisions.name_of(wanted.place.street)} {wanted.place.grid}",
        captions=_captions(answered, unit_name),
        legend=[
            *(LegendEntry(styles[street], names[street]) for street in streets),
            LegendEntry(_PROPOSED, "所在单元网格 / the unit grid"),
            LegendEntry(_ASKED, "位置 / the position"),
        ],
    )


def _around(wanted: PictureOf, grids: Iterable[UnitGrid]) -> list[UnitGrid]:
    plane = Plane(wanted.place.point.lon)
    x, y = plane.position(wanted.place.point)
    corners = (plane.point(x + side * wanted.metres, y + side * wanted.metres) for side in (-1, 1))
    (west, south), (east, north) = ((corner.lon, corner.lat) for corner in corners)
    window = shapely.box(west, south, east, north)
    found = [grid for grid in grids if grid.boundary.intersects(window)]
    return sorted(found, key=lambda grid: street_of(grid.code))[:MOST_GRIDS]


def _drawn(grids: Iterable[UnitGrid], styles: dict[str, Style], names: dict[str, str]) -> Iterator[Drawn]:
    for grid in grids:
        street = street_of(grid.code)
        yield Drawn(grid.boundary, styles[street], title=f"{grid.code} {names[street]}")


def _marked(place: Place, in_force: InForce, answered: Answered | None) -> Iterator[Drawn]:
    title = answered.proposal.unit if answered else place.grid
    yield Drawn(in_force.grids.grid(place.grid).boundary, _PROPOSED, title=title)
    yield Drawn(_shape(place.point), _ASKED)


def _shape(point: Point) -> shapely.Point:
    return shapely.Point(point.lon, point.lat)


def _captions(answered: Answered | None, unit_name: str) -> list[str]:
    if answered is None:
        return []
    chosen = answered.proposal.chosen
    return [
        f"{answered.subcategory} → {unit_name or chosen.unit}",
        f"{chosen.message_zh} / {chosen.message_en}",
    ]
