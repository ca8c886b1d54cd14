"""The offset of Chinese web maps (GCJ-02) against WGS-84, and back.

The offset is a published sum of sines. It has no closed inverse, so the way back is a fixed-point iteration: the
offset changes by less than 1/1000 over its own length, and each round gains three digits.
"""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

#: Krassowsky 1940, the ellipsoid the offset is defined on: half axis in metres, first eccentricity squared.
_HALF_AXIS = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323

#: The offset is applied inside this box only (lon, lat); elsewhere web maps show WGS-84.
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271

#: 1e-11 degrees is a micrometre on the ground.
_CLOSE_ENOUGH_DEGREES = 1e-11
_MOST_ROUNDS = 20


def _wave(angle: float, amplitudes: tuple[tuple[float, float], ...]) -> float:
    """Two thirds of a sum of amplitude * sin(frequency * angle)."""
    return sum(amplitude * sin(frequency * angle) for amplitude, frequency in amplitudes) * 2.0 / 3.0


_SHORT = ((20.0, 6.0 * pi), (20.0, 2.0 * pi))
_EAST_LONG = ((20.0, pi), (40.0, pi / 3.0), (150.0, pi / 12.0), (300.0, pi / 30.0))
_NORTH_MIDDLE = ((20.0, pi), (40.0, pi / 3.0))
_NORTH_LONG = ((160.0, pi / 12.0), (320.0, pi / 30.0))


def _metres_east(x: float, y: float) -> float:
    polynomial = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return polynomial + _wave(x, _SHORT) + _wave(x, _EAST_LONG)


def _metres_north(x: float, y: float) -> float:
    polynomial = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    return polynomial + _wave(x, _SHORT) + _wave(y, _NORTH_MIDDLE) + _wave(y, _NORTH_LONG)


def _is_shifted(lon: float, lat: float) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def _offset(lon: float, lat: float) -> tuple[float, float]:
    """The offset in degrees at a WGS-84 position."""
    if not _is_shifted(lon, lat):
        return 0.0, 0.0
    x, y = lon - 105.0, lat - 35.0
    latitude = radians(lat)
    flattening = 1.0 - _ECCENTRICITY_SQUARED * sin(latitude) ** 2
    metres_per_radian_east = _HALF_AXIS / sqrt(flattening) * cos(latitude)
    metres_per_radian_north = _HALF_AXIS * (1.0 - _ECCENTRICITY_SQUARED) / (flattening * sqrt(flattening))
    return (
        _metres_east(x, y) * 180.0 / (metres_per_radian_east * pi),
        _metres_north(x, y) * 180.0 / (metres_per_radian_north * pi),
    )


def gcj02_of(lon: float, lat: float) -> tuple[float, float]:
    """The GCJ-02 position of a WGS-84 position, both in degrees."""
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def wgs84_of(lon: float, lat: float) -> tuple[float, float]:
    """The WGS-84 position whose GCJ-02 position is the given one, both in degrees, to a micrometre."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_MOST_ROUNDS):
        shown_lon, shown_lat = gcj02_of(guess_lon, guess_lat)
        miss_lon, miss_lat = shown_lon - lon, shown_lat - lat
        guess_lon, guess_lat = guess_lon - miss_lon, guess_lat - miss_lat
        if abs(miss_lon) < _CLOSE_ENOUGH_DEGREES and abs(miss_lat) < _CLOSE_ENOUGH_DEGREES:
            break
    return guess_lon, guess_lat
