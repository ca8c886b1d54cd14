"""A made-up unit grid for the built-up area: irregular blocks of about 200 m that share their corners.

Blocks are drawn on a lattice whose corners are moved a little, each always the same way; neighbours share corners,
so there is neither gap nor overlap. A block belongs to the subdistrict whose middle is nearest, and there to the
community whose middle is nearest.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from math import cos, floor, hypot, pi, sin

import shapely
from shapely import Polygon

from processes.territory.codes import Level, street_of
from processes.territory.grids import GridRegister, UnitGrid
from processes.territory.plane import Plane
from processes.territory.sample.ulanhot import KnownDivision, known_divisions, sample_outline

BLOCK_METRES = 200.0
#: How far a corner may move, as part of a block; below a quarter no block can turn inside out.
_LARGEST_MOVE = 0.22
#: How far from a street's middle the communities lie whose place is not known.
_COMMUNITY_RADIUS_METRES = 500.0
#: How far the built-up area reaches beyond the middles of its communities.
_MARGIN_METRES = 700.0
#: 1e-7 degrees is a centimetre.
_DECIMALS = 7

Position = tuple[float, float]
Middles = dict[str, Position]


def sample_grids() -> GridRegister:
    """About eight hundred unit grids in the ten subdistricts, the same every time."""
    known = known_divisions()
    plane = Plane(next(each.position.lon for each in known if each.position))
    streets, communities = _middles(known, plane)
    built_up = shapely.MultiPoint(list(communities.values())).convex_hull.buffer(_MARGIN_METRES)
    outline = sample_outline()
    serials: dict[str, int] = {}
    grids = []
    for column, row in _blocks(built_up):
        block = _block(column, row, plane)
        if outline.contains(block):
            community = _community(((column + 0.5) * BLOCK_METRES, (row + 0.5) * BLOCK_METRES), streets, communities)
            serials[community] = serials.get(community, 0) + 1
            grids.append(UnitGrid(f"{community}{serials[community]:03d}", block))
    return GridRegister(grids)


def _middles(known: tuple[KnownDivision, ...], plane: Plane) -> tuple[Middles, Middles]:
    """The middles of subdistricts and of communities: where these lie, else on a circle around the subdistrict's."""
    streets: Middles = {}
    communities: Middles = {}
    for street in known:
        if street.division.level is not Level.STREET or street.position is None:
            continue
        x, y = streets[street.division.code] = plane.position(street.position)
        members = [each for each in known if each.division.parent == street.division.code]
        for number, member in enumerate(members):
            angle = 2 * pi * number / len(members)
            around = (x + _COMMUNITY_RADIUS_METRES * cos(angle), y + _COMMUNITY_RADIUS_METRES * sin(angle))
            communities[member.division.code] = plane.position(member.position) if member.position else around
    return streets, communities


def _community(middle: Position, streets: Middles, communities: Middles) -> str:
    """The community to which the block around a position belongs."""
    street = _nearest(middle, streets)
    return _nearest(middle, {code: each for code, each in communities.items() if street_of(code) == street})


def _nearest(position: Position, middles: Middles) -> str:
    x, y = position
    return min(middles, key=lambda code: (hypot(middles[code][0] - x, middles[code][1] - y), code))


def _blocks(built_up: Polygon) -> Iterator[tuple[int, int]]:
    """The blocks whose middle is built up, row by row from the north-west."""
    west, south, east, north = (floor(bound / BLOCK_METRES) for bound in built_up.bounds)
    shapely.prepare(built_up)
    for row in range(north, south - 1, -1):
        for column in range(west, east + 1):
            if built_up.contains(shapely.points(((column + 0.5) * BLOCK_METRES, (row + 0.5) * BLOCK_METRES))):
                yield column, row


def _block(column: int, row: int, plane: Plane) -> Polygon:
    corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
    points = (plane.point(*_corner(*corner)) for corner in corners)
    return Polygon([(round(point.lon, _DECIMALS), round(point.lat, _DECIMALS)) for point in points])


def _corner(column: int, row: int) -> Position:
    """A corner of the lattice, moved by an amount that only its own place decides."""
    chance = zlib.crc32(f"{column},{row}".encode())
    east, north = ((part / 0xFFFF * 2 - 1) * _LARGEST_MOVE for part in divmod(chance, 0x10000))
    return (column + east) * BLOCK_METRES, (row + north) * BLOCK_METRES
