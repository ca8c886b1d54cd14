"""The transverse Mercator projection of Gauss and Krüger over the ellipsoid of CGCS2000, for many positions at once.

Krüger's series in the third flattening, to its fourth power: true to less than a tenth of a millimetre within ten
degrees of the central meridian.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Metres.
FALSE_EASTING = 500_000.0

#: The poles themselves lie at infinity on the sphere's map.
_ALMOST_AT_THE_POLE = 1 - 1e-12
_HALF_AXIS = 6378137.0
_FLATTENING = 1 / 298.257222101
_N = _FLATTENING / (2 - _FLATTENING)
_ECCENTRICITY = 2 * _N**0.5 / (1 + _N)
_RECTIFYING_RADIUS = _HALF_AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)

_TO_PLANE = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
_TO_SPHERE = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_TO_LATITUDE = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)

Columns = tuple[NDArray[np.float64], NDArray[np.float64]]


def plane_of(meridian: float, lons: ArrayLike, lats: ArrayLike) -> Columns:
    """East and north in metres, with the false easting, of degrees around a central meridian."""
    latitude = np.radians(np.asarray(lats, dtype=float))
    longitude = np.radians(np.asarray(lons, dtype=float) - meridian)
    sine = np.clip(np.sin(latitude), -_ALMOST_AT_THE_POLE, _ALMOST_AT_THE_POLE)
    # Tangent of the latitude on the sphere onto which the ellipsoid maps true to angles.
    tangent = np.sinh(np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine))
    north = np.arctan2(tangent, np.cos(longitude))
    east = np.arcsinh(np.sin(longitude) / np.hypot(tangent, np.cos(longitude)))
    whole = _with_series(north + 1j * east, _TO_PLANE, 1.0)
    return FALSE_EASTING + _RECTIFYING_RADIUS * whole.imag, _RECTIFYING_RADIUS * whole.real


def degrees_of(meridian: float, easts: ArrayLike, norths: ArrayLike) -> Columns:
    """Longitudes and latitudes of positions in metres: the way back of ``plane_of``."""
    whole = (np.asarray(norths, dtype=float) + 1j * (np.asarray(easts, dtype=float) - FALSE_EASTING)) / (
        _RECTIFYING_RADIUS
    )
    sphere = _with_series(whole, _TO_SPHERE, -1.0)
    conformal = np.arcsin(np.sin(sphere.real) / np.cosh(sphere.imag))
    latitude = _with_series(conformal, _TO_LATITUDE, 1.0)
    longitude = np.arctan2(np.sinh(sphere.imag), np.cos(sphere.real))
    return meridian + np.degrees(longitude), np.degrees(latitude)


def _with_series(angles: NDArray[np.inexact], coefficients: Sequence[float], sign: float) -> NDArray[np.inexact]:
    """The angles and a series of sines of their even multiples."""
    whole = angles
    for order, coefficient in enumerate(coefficients, start=1):
        whole = whole + sign * coefficient * np.sin(2 * order * angles)
    return whole
