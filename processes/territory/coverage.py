"""Do areas cover a city once and only once? Gaps and overlaps come with their shape, so that they can be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from processes.territory.areas import AreaIndex
from processes.territory.layers import Area
from processes.territory.plane import Plane

#: Smaller pieces are noise of digitising, not gaps or overlaps.
SLIVER_SQUARE_METRES = 1.0


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece that no area covers."""

    shape: BaseGeometry
    square_metres: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """A piece that two areas cover."""

    first: str
    second: str
    shape: BaseGeometry
    square_metres: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is wrong with a layer of areas that should tile the ground."""

    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every point is covered once."""
        return not self.gaps and not self.overlaps


def coverage_of(areas: Sequence[Area], *, outline: BaseGeometry | None = None) -> Coverage:
    """Gaps and overlaps of areas, largest first.

    A gap is what the outline holds and no area covers; without an outline, what the areas enclose.
    """
    if not areas and outline is None:
        return Coverage((), ())
    whole = shapely.union_all([area.boundary for area in areas])
    plane = Plane.around(whole if outline is None else outline)
    return Coverage(_gaps(whole, _filled(whole) if outline is None else outline, plane), _overlaps(areas, plane))


def _gaps(whole: BaseGeometry, outline: BaseGeometry, plane: Plane) -> tuple[Gap, ...]:
    missing = outline.difference(whole)
    gaps = (Gap(piece, plane.area(piece)) for piece in shapely.get_parts(missing))
    return tuple(sorted((gap for gap in gaps if gap.square_metres > SLIVER_SQUARE_METRES), key=_by_size))


def _overlaps(areas: Sequence[Area], plane: Plane) -> tuple[Overlap, ...]:
    shared = AreaIndex((area.boundary, area.code) for area in areas).overlapping()
    overlaps = (Overlap(first, second, shape, plane.area(shape)) for first, second, shape in shared)
    return tuple(sorted((each for each in overlaps if each.square_metres > SLIVER_SQUARE_METRES), key=_by_size))


def _by_size(piece: Gap | Overlap) -> tuple[float, str]:
    return (-piece.square_metres, piece.shape.wkt)


def _filled(whole: BaseGeometry) -> BaseGeometry:
    """The shape with its holes closed."""
    parts: Iterable[BaseGeometry] = shapely.get_parts(whole)
    return shapely.union_all([shapely.Polygon(part.exterior) for part in parts if isinstance(part, shapely.Polygon)])
