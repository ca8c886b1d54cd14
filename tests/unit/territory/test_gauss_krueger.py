"""The projection agrees with a surveyors' library, and leads back to where it came from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from processes.territory.gauss_krueger import degrees_of, plane_of

#: EPSG numbers of 3-degree zones by central meridian, over geographic CGCS2000 (EPSG 4490).
ZONES = {75: 4534, 123: 4550, 135: 4554}


@pytest.mark.parametrize("meridian", ZONES)
def test_positions_are_those_of_the_official_zones_to_a_hundredth_of_a_millimetre(meridian: int) -> None:
    dice = np.random.default_rng(meridian)
    lons, lats = meridian + dice.uniform(-3, 3, 2_000), dice.uniform(3, 54, 2_000)
    official = Transformer.from_crs(4490, ZONES[meridian], always_xy=True).transform(lons, lats)
    assert np.abs(np.array(plane_of(meridian, lons, lats)) - official).max() < 1e-5


@given(st.floats(-6, 6), st.floats(-85, 85))
def test_there_and_back_is_the_same_place(from_meridian: float, lat: float) -> None:
    lon = 123 + from_meridian
    back = degrees_of(123, *plane_of(123, lon, lat))
    assert (float(back[0]), float(back[1])) == pytest.approx((lon, lat), abs=1e-9)


@pytest.mark.parametrize("lat", [-90.0, 90.0])
def test_the_poles_have_a_position_too(lat: float) -> None:
    east, north = plane_of(123, 122.0, lat)
    assert np.isfinite([east, north]).all()
