"""What cases look up: the catalogue, the grids and the units, as this process has them loaded."""

from __future__ import annotations

from processes.access import People
from processes.cases import Registers
from processes.catalogue.sample import sample_catalogue
from processes.territory import Locator
from processes.territory.sample import sample_grids


def city_registers(people: People) -> Registers:
    """The registers of this city."""
    catalogue = sample_catalogue()
    locator = Locator(sample_grids())
    return Registers(
        catalogue=lambda: catalogue,
        units=lambda: people.register.organisation.units,
        place_of=locator.place_of,
    )
