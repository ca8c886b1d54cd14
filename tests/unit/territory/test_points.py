"""Points, the GCJ-02 offset and codes."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from processes.territory import Crs, Level, Point, TerritoryError, UnitGrid, level_of, street_of
from processes.territory.codes import checked_component_code, checked_division_code, checked_grid_code
from processes.territory.gcj02 import gcj02_of, wgs84_of
from processes.territory.plane import Plane

longitudes_of_china = st.floats(min_value=73.5, max_value=135.0)
latitudes_of_china = st.floats(min_value=18.0, max_value=53.5)


def test_the_offset_agrees_with_a_published_pair() -> None:
    """Tian'anmen, the pair that open conversion tools print."""
    lon, lat = gcj02_of(116.404, 39.915)
    assert lon == pytest.approx(116.41024449916938, abs=1e-9)
    assert lat == pytest.approx(39.91640428150164, abs=1e-9)


@given(longitudes_of_china, latitudes_of_china)
def test_the_way_back_ends_where_it_began(lon: float, lat: float) -> None:
    back_lon, back_lat = wgs84_of(*gcj02_of(lon, lat))
    assert back_lon == pytest.approx(lon, abs=1e-9)
    assert back_lat == pytest.approx(lat, abs=1e-9)


@given(longitudes_of_china, latitudes_of_china)
def test_the_offset_is_between_nothing_and_a_kilometre(lon: float, lat: float) -> None:
    plane = Plane(lon)
    here = plane.position(Point(lon, lat))
    there = plane.position(Point(*gcj02_of(lon, lat)))
    assert abs(complex(*here) - complex(*there)) < 1200


def test_outside_china_nothing_is_shifted() -> None:
    assert gcj02_of(2.35, 48.85) == (2.35, 48.85)
    assert wgs84_of(2.35, 48.85) == (2.35, 48.85)


def test_a_point_keeps_its_system_and_converts_both_ways() -> None:
    shown = Point(122.093123, 46.072731, Crs.GCJ02)
    stored = shown.to(Crs.CGCS2000)
    assert stored.crs is Crs.CGCS2000
    assert stored.lon < shown.lon
    assert stored.to(Crs.WGS84) == Point(stored.lon, stored.lat, Crs.WGS84)
    back = stored.to(Crs.GCJ02)
    assert (back.lon, back.lat) == pytest.approx((shown.lon, shown.lat), abs=1e-9)
    assert shown.to(Crs.GCJ02) is shown


@pytest.mark.parametrize(
    ("lon", "lat", "field"), [(nan, 46.0, "/lon"), (122.0, inf, "/lat"), (1e300, 46.0, "/lon"), (122.0, 90.1, "/lat")]
)
def test_what_is_no_coordinate_is_refused_by_field(lon: float, lat: float, field: str) -> None:
    with pytest.raises(TerritoryError) as refused:
        Point(lon, lat)
    assert refused.value.code == "bad_coordinate"
    assert refused.value.pointer == field
    assert "坐标" in refused.value.message_zh


def test_a_code_tells_its_level() -> None:
    assert level_of("150000000000") is Level.PROVINCE
    assert level_of("152200000000") is Level.PREFECTURE
    assert level_of("152201000000") is Level.COUNTY
    assert level_of("152201006000") is Level.STREET
    assert level_of("152201006003") is Level.COMMUNITY
    assert street_of("152201006003017") == "152201006000"


@pytest.mark.parametrize("code", ["", "15220100600301", "1522010060030170", "15220100600301x", "152201006003000"])
def test_a_grid_code_is_a_community_and_a_serial(code: str) -> None:
    with pytest.raises(TerritoryError, match="unit grid code"):
        checked_grid_code(code)


def test_a_grid_belongs_to_a_community_and_not_to_a_street() -> None:
    with pytest.raises(TerritoryError):
        checked_grid_code("152201006000001")


@pytest.mark.parametrize("digits", ["１５２２０１００６００３", "152201006003\n"])
def test_only_plain_digits_make_a_code(digits: str) -> None:
    with pytest.raises(TerritoryError):
        checked_division_code(digits)


def test_a_component_code_has_sixteen_digits() -> None:
    assert checked_component_code("1522010137000042") == "1522010137000042"
    with pytest.raises(TerritoryError):
        checked_component_code("152201013700042")


def test_a_grid_checks_its_own_code() -> None:
    with pytest.raises(TerritoryError):
        UnitGrid("1", box(0, 0, 1, 1))


def test_the_plane_measures_in_metres() -> None:
    plane = Plane(122.07)
    assert plane.meridian == 123
    west, east = plane.position(Point(122.06, 46.07)), plane.position(Point(122.07, 46.07))
    # One hundredth of a degree of longitude at 46.07° N: 111.32 km * cos(46.07°) / 100, flattening aside.
    assert east[0] - west[0] == pytest.approx(774, abs=3)
    again = plane.point(*west)
    assert (again.lon, again.lat) == pytest.approx((122.06, 46.07), abs=1e-9)
