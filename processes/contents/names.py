"""The names of the registers: in the database, in configuration objects, in the log."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class RegisterName(StrEnum):
    """The registers that there is one of; calendars have a register each."""

    CATALOGUE = "catalogue"
    DEADLINE_SETTINGS = "deadline-settings"
    AREA_LIST = "area-list"
    BOUNDARY_LIST = "boundary-list"
    FACILITY_LIST = "facility-list"
    DIVISIONS = "divisions"
    GRIDS = "grids"
    DUTY_GRIDS = "duty-grids"
    EVALUATION_GRIDS = "evaluation-grids"
    DRAWN_AREAS = "drawn-areas"
    COMPONENTS = "components"
    CAMERAS = "cameras"


CALENDAR_PREFIX: Final = "calendar:"


def calendar_register(key: str) -> str:
    """The register of the calendar with a key."""
    return f"{CALENDAR_PREFIX}{key}"
