"""What can be changed about a register: a staged candidate becomes its next version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from engine.configuration import ConfigurationCommand
from processes.access import Permission
from processes.contents import CALENDAR_PREFIX, RegisterName


@dataclass(frozen=True, kw_only=True)
class PublishVersion(ConfigurationCommand):
    """Make a candidate the next version of its register; each register has a class of its own permission."""

    #: Whether the register makes sense without any row.
    may_be_empty: ClassVar[bool] = False

    object: str = field(init=False)
    register: str
    #: Id of the staged candidate.
    candidate: int
    #: Refused rows as the report showed them, so that none is left out by oversight.
    refusals_seen: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", register_object(self.register))


class PublishCatalogue(PublishVersion):
    """Of the catalogue."""


class PublishCalendar(PublishVersion):
    """Of a calendar."""


class PublishDeadlineSettings(PublishVersion):
    """Of the city's rules about deadlines."""


class PublishList(PublishVersion):
    """Of a responsibility list."""

    may_be_empty = True


class PublishTerritory(PublishVersion):
    """Of divisions, grids, duty grids, evaluation grids, drawn areas, components or cameras."""


#: Which permission each needs.
REGISTER_CONFIGURATION: Mapping[type[ConfigurationCommand], Permission] = {
    PublishCatalogue: Permission.CATALOGUE_MANAGE,
    PublishCalendar: Permission.CALENDAR_MANAGE,
    PublishDeadlineSettings: Permission.CALENDAR_MANAGE,
    PublishList: Permission.RESPONSIBILITY_MANAGE,
    PublishTerritory: Permission.TERRITORY_MANAGE,
}

_PUBLISHING: Mapping[RegisterName, type[PublishVersion]] = {
    RegisterName.CATALOGUE: PublishCatalogue,
    RegisterName.DEADLINE_SETTINGS: PublishDeadlineSettings,
    RegisterName.AREA_LIST: PublishList,
    RegisterName.BOUNDARY_LIST: PublishList,
    RegisterName.FACILITY_LIST: PublishList,
    RegisterName.DIVISIONS: PublishTerritory,
    RegisterName.GRIDS: PublishTerritory,
    RegisterName.DUTY_GRIDS: PublishTerritory,
    RegisterName.EVALUATION_GRIDS: PublishTerritory,
    RegisterName.DRAWN_AREAS: PublishTerritory,
    RegisterName.COMPONENTS: PublishTerritory,
    RegisterName.CAMERAS: PublishTerritory,
}


def publishing(register: str) -> type[PublishVersion]:
    """The command that publishes a version of a register."""
    return PublishCalendar if register.startswith(CALENDAR_PREFIX) else _PUBLISHING[RegisterName(register)]


def managing(register: str) -> Permission:
    """The permission to change a register."""
    return REGISTER_CONFIGURATION[publishing(register)]


def register_object(register: str) -> str:
    """The configuration object that a register is; its version is the register's."""
    return f"register:{register}"
