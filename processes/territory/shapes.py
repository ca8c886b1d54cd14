"""Geometries of GeoJSON to shapes in CGCS2000 and back. Every coordinate is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from processes.territory.errors import TerritoryError
from processes.territory.points import Crs, Point

#: Of one ring or line.
MOST_POSITIONS = 200_000
#: A closed ring repeats its first position, so a triangle has four.
_FEWEST_POSITIONS_IN_RING = 4
_FEWEST_POSITIONS_IN_LINE = 2
#: 1e-8 degrees is a millimetre.
_DECIMALS = 8

Positions = list[tuple[float, float]]


def area_of(geometry: object, *, crs: Crs, pointer: str) -> Polygon | MultiPolygon:
    """The area that a Polygon or MultiPolygon geometry in some system describes.

    TerritoryError `malformed_geometry`, `bad_coordinate` or `invalid_ring`, with the pointer to the place.
    """
    kind, coordinates = _members(geometry, pointer)
    if kind not in ("Polygon", "MultiPolygon"):
        raise _malformed(
            f"应为 Polygon 或 MultiPolygon，而不是 {kind}", f"expected an area, not {kind}", f"{pointer}/type"
        )
    place = f"{pointer}/coordinates"
    if kind == "Polygon":
        return _valid(_polygon(coordinates, crs, place), place)
    parts = [_polygon(part, crs, f"{place}/{position}") for position, part in enumerate(_array(coordinates, place))]
    return _valid(MultiPolygon(parts), place)


def ground_of(geometry: object, *, crs: Crs, pointer: str) -> BaseGeometry:
    """The area or line that a geometry in some system describes, refused as by `area_of`."""
    kind, coordinates = _members(geometry, pointer)
    if kind != "LineString":
        return area_of(geometry, crs=crs, pointer=pointer)
    place = f"{pointer}/coordinates"
    line = LineString(_positions(coordinates, crs, place, fewest=_FEWEST_POSITIONS_IN_LINE))
    if line.length == 0:
        raise _malformed("线的长度为零", "the line has no length", place)
    return line


def point_of(geometry: object, *, crs: Crs, pointer: str) -> Point:
    """The point that a Point geometry describes, in the system that it came in."""
    kind, coordinates = _members(geometry, pointer)
    if kind != "Point":
        raise _malformed(f"应为 Point，而不是 {kind}", f"expected a Point, not {kind}", f"{pointer}/type")
    lon, lat = _position(coordinates, f"{pointer}/coordinates")
    return _placed(lon, lat, crs, f"{pointer}/coordinates")


def geometry_of(shape: BaseGeometry, *, crs: Crs = Crs.CGCS2000) -> dict[str, Any]:
    """The GeoJSON geometry of a CGCS2000 shape, in another system if asked for; outer rings run anticlockwise."""
    shown = shape if crs is not Crs.GCJ02 else shapely.transform(shape, _each(_to(crs)), interleaved=False)
    rounded = shapely.transform(shapely.orient_polygons(shown), lambda degrees: degrees.round(_DECIMALS))
    mapping: dict[str, Any] = shapely.geometry.mapping(rounded)
    return mapping


def _to(crs: Crs) -> Callable[[float, float], tuple[float, float]]:
    def convert(lon: float, lat: float) -> tuple[float, float]:
        point = Point(lon, lat).to(crs)
        return point.lon, point.lat

    return convert


def _each(convert: Callable[[float, float], tuple[float, float]]) -> Callable[..., Any]:
    """A conversion of one position as shapely wants it: over columns of longitudes and latitudes."""

    def over_columns(lons: Any, lats: Any) -> tuple[list[float], list[float]]:
        pairs = [convert(lon, lat) for lon, lat in zip(lons.tolist(), lats.tolist(), strict=True)]
        return [lon for lon, _ in pairs], [lat for _, lat in pairs]

    return over_columns


def _members(geometry: object, pointer: str) -> tuple[str, object]:
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise _malformed("缺少几何对象", "expected a geometry", pointer)
    return geometry["type"][:40], geometry.get("coordinates")


def _polygon(rings: object, crs: Crs, pointer: str) -> Polygon:
    read = [_ring(ring, crs, f"{pointer}/{position}") for position, ring in enumerate(_array(rings, pointer))]
    if not read:
        raise _malformed("多边形没有环", "the polygon has no ring", pointer)
    return Polygon(read[0], read[1:])


def _ring(ring: object, crs: Crs, pointer: str) -> Positions:
    positions = _positions(ring, crs, pointer, fewest=_FEWEST_POSITIONS_IN_RING)
    if positions[0] != positions[-1]:
        raise _invalid_ring("环未闭合：首尾点不同", "the ring is not closed: its ends differ", pointer)
    return positions


def _positions(value: object, crs: Crs, pointer: str, *, fewest: int) -> Positions:
    degrees = [_position(each, f"{pointer}/{number}") for number, each in enumerate(_array(value, pointer))]
    if not fewest <= len(degrees) <= MOST_POSITIONS:
        raise _invalid_ring(
            f"应有 {fewest} 到 {MOST_POSITIONS} 个点", f"expected {fewest} to {MOST_POSITIONS} positions", pointer
        )
    return [_stored(lon, lat, crs, f"{pointer}/{number}") for number, (lon, lat) in enumerate(degrees)]


def _position(position: object, pointer: str) -> tuple[float, float]:
    numbers = _array(position, pointer)
    if len(numbers) not in (2, 3) or not all(_is_number(number) for number in numbers):
        raise _malformed("坐标应为 [经度, 纬度]", "a position must be [longitude, latitude]", pointer)
    try:
        return float(numbers[0]), float(numbers[1])
    except OverflowError:
        raise _malformed("坐标数值过大", "the coordinate is too large a number", pointer) from None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _placed(lon: float, lat: float, crs: Crs, pointer: str) -> Point:
    try:
        return Point(lon, lat, crs)
    except TerritoryError as error:
        raise TerritoryError(error.code, error.message_zh, error.message_en, pointer=pointer) from None


def _stored(lon: float, lat: float, crs: Crs, pointer: str) -> tuple[float, float]:
    point = _placed(lon, lat, crs, pointer).to(Crs.CGCS2000)
    return point.lon, point.lat


def _array(value: object, pointer: str) -> list[Any]:
    if not isinstance(value, list):
        raise _malformed("坐标嵌套层次不对，应为数组", "wrong nesting of coordinates: expected an array", pointer)
    return value


def _valid(shape: Polygon | MultiPolygon, pointer: str) -> Polygon | MultiPolygon:
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        raise _invalid_ring(f"多边形无效：{reason}", f"the polygon is not valid: {reason}", pointer)
    if shape.area == 0:
        raise _invalid_ring("多边形面积为零", "the polygon has no area", pointer)
    return shape


def _invalid_ring(zh: str, en: str, pointer: str) -> TerritoryError:
    return TerritoryError("invalid_ring", zh, en, pointer=pointer)


def _malformed(zh: str, en: str, pointer: str) -> TerritoryError:
    return TerritoryError("malformed_geometry", zh, en, pointer=pointer)
