"""GeoJSON geometries in bodies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def with_floats(value: Any) -> Any:
    """The JSON value with coordinates as binary fractions; bodies are read with decimal ones."""
    match value:
        case Decimal():
            return float(value)
        case list():
            return [with_floats(each) for each in value]
        case dict():
            return {name: with_floats(each) for name, each in value.items()}
        case _:
            return value
