"""A sample territory: Ulanhot with made-up unit grids. Not an official division of the city."""

from processes.territory.sample.cells import sample_grids
from processes.territory.sample.registers import (
    sample_cameras,
    sample_components,
    sample_evaluation_layer,
    sample_roster,
)
from processes.territory.sample.ulanhot import CITY, sample_divisions, sample_outline

__all__ = [
    "CITY",
    "sample_cameras",
    "sample_components",
    "sample_divisions",
    "sample_evaluation_layer",
    "sample_grids",
    "sample_outline",
    "sample_roster",
]
