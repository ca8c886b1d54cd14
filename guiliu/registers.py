"""What cases look up: the catalogue, the grids and the units, as this process has them in memory."""

from __future__ import annotations

from processes.access import People
from processes.cases import Registers
from processes.contents import RegisterName
from processes.registers import LiveRegisters


def city_registers(people: People, live: LiveRegisters) -> Registers:
    """The registers of this city, each as it is in force at the moment of the question."""
    return Registers(
        catalogue=lambda: live.in_force.catalogue,
        catalogue_version=lambda: live.in_force.number(RegisterName.CATALOGUE),
        units=lambda: people.register.organisation.valid_units,
        place_of=lambda point: live.in_force.locator.place_of(point),
    )
