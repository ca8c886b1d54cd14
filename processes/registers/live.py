"""The registers in force, in memory: a part of the configuration snapshot that reads only what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import asyncpg

from processes.calendars import CompiledCalendar, compile_calendar
from processes.catalogue import Catalogue
from processes.contents import (
    CALENDAR_PREFIX,
    Lines,
    RegisterName,
    calendar_of,
    catalogue_of,
    deadline_settings_of,
    rows_of,
)
from processes.deadlines import DeadlineSettings
from processes.registers.reading import Head, lines_of_content, read_heads
from processes.responsibility import (
    AreaRow,
    BoundaryRow,
    FacilityRow,
    Responsibility,
    ResponsibilityLists,
    RowList,
)
from processes.territory import (
    Area,
    Division,
    DivisionTree,
    DutyGrid,
    DutyRoster,
    GridRegister,
    Layer,
    Locator,
    UnitGrid,
    drawn_layer,
    evaluation_layer,
)

NO_CATALOGUE = Catalogue((), (), (), ())
NO_LISTS = ResponsibilityLists(RowList(), RowList(), RowList())


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What holds under one epoch; empty where nothing was published yet."""

    #: By register.
    heads: Mapping[str, Head] = field(default_factory=dict)
    catalogue: Catalogue = NO_CATALOGUE
    #: By key.
    calendars: Mapping[str, CompiledCalendar] = field(default_factory=dict)
    #: The usual ones until others are published.
    deadline_settings: DeadlineSettings = field(default_factory=DeadlineSettings)
    divisions: DivisionTree = field(default_factory=lambda: DivisionTree(()))
    grids: GridRegister = field(default_factory=GridRegister)
    evaluation: Layer = field(default_factory=lambda: evaluation_layer(()))
    drawn: Layer = field(default_factory=lambda: drawn_layer(()))
    duty: DutyRoster = field(default_factory=lambda: DutyRoster(()))
    locator: Locator = field(default_factory=lambda: Locator(()))
    lists: ResponsibilityLists = NO_LISTS
    responsibility: Responsibility = field(default_factory=lambda: Responsibility(NO_LISTS))

    def number(self, register: str) -> int:
        """The version in force of a register; 0 before the first."""
        head = self.heads.get(register)
        return head.number if head else 0

    def digest(self, register: str) -> bytes | None:
        """What identifies the content in force."""
        head = self.heads.get(register)
        return head.digest if head else None


class LiveRegisters:
    """Implements ``engine.snapshot.Part``. Components and cameras are not held here: ``PointRegisters`` has them."""

    def __init__(self) -> None:
        self._in_force = InForce()

    async def read(self, connection: asyncpg.Connection) -> InForce:
        """What the tables say now; what has the same digest as before is taken over."""
        reading = _Reading(connection, self._in_force, await read_heads(connection))
        return await reading.in_force()

    def replace(self, content: InForce) -> None:
        """Answer from what was read, from now on."""
        self._in_force = content

    @property
    def in_force(self) -> InForce:
        """Everything as last read."""
        return self._in_force


@dataclass(frozen=True)
class _Reading:
    """One look at the tables, beside what was known before."""

    connection: asyncpg.Connection
    before: InForce
    heads: Mapping[str, Head]

    async def in_force(self) -> InForce:
        changed: dict[str, Any] = {"heads": self.heads, "calendars": await self._calendars()}
        if self._has_changed(RegisterName.CATALOGUE):
            changed["catalogue"] = await self._loaded(RegisterName.CATALOGUE, catalogue_of)
        if self._has_changed(RegisterName.DEADLINE_SETTINGS):
            changed["deadline_settings"] = await self._loaded(RegisterName.DEADLINE_SETTINGS, deadline_settings_of)
        if self._has_changed(RegisterName.DIVISIONS):
            changed["divisions"] = await self._loaded(RegisterName.DIVISIONS, _divisions)
        if self._has_changed(RegisterName.GRIDS):
            grids = changed["grids"] = await self._loaded(RegisterName.GRIDS, _grids)
            changed["locator"] = await asyncio.to_thread(Locator, grids)
        if self._has_changed(RegisterName.DUTY_GRIDS):
            changed["duty"] = await self._loaded(RegisterName.DUTY_GRIDS, _duty)
        if self._has_changed(RegisterName.EVALUATION_GRIDS):
            changed["evaluation"] = await self._loaded(RegisterName.EVALUATION_GRIDS, _evaluation)
        changed |= await self._answering()
        return replace(self.before, **changed)

    async def _answering(self) -> dict[str, Any]:
        """Who answers for what: the lists, with the areas that were drawn for them."""
        if not any(map(self._has_changed, (*_LISTS, RegisterName.DRAWN_AREAS))):
            return {}
        is_drawn_anew = self._has_changed(RegisterName.DRAWN_AREAS)
        drawn = await self._loaded(RegisterName.DRAWN_AREAS, _drawn) if is_drawn_anew else self.before.drawn
        lists = await self._lists()
        responsibility = await asyncio.to_thread(Responsibility, lists, areas=drawn.shapes)
        return {"drawn": drawn, "lists": lists, "responsibility": responsibility}

    def _has_changed(self, register: str) -> bool:
        head = self.heads.get(register)
        return head is not None and head.digest != self.before.digest(register)

    async def _loaded(self, register: str, read: Callable[[Lines], Any]) -> Any:
        lines = await lines_of_content(self.connection, self.heads[register].digest)
        # Long registers take long enough for others to notice.
        return await asyncio.to_thread(read, lines)

    async def _calendars(self) -> Mapping[str, CompiledCalendar]:
        calendars = {}
        for register in self.heads:
            if register.startswith(CALENDAR_PREFIX):
                key = register.removeprefix(CALENDAR_PREFIX)
                changed = self._has_changed(register)
                calendars[key] = await self._loaded(register, _calendar) if changed else self.before.calendars[key]
        return calendars

    async def _lists(self) -> ResponsibilityLists:
        before = self.before.lists
        return ResponsibilityLists(
            await self._list(RegisterName.AREA_LIST, before.area),
            await self._list(RegisterName.BOUNDARY_LIST, before.boundary),
            await self._list(RegisterName.FACILITY_LIST, before.facility),
        )

    async def _list(self, register: RegisterName, kept: RowList[Any]) -> RowList[Any]:
        return await self._loaded(register, _LISTS[register]) if self._has_changed(register) else kept


def _calendar(lines: Lines) -> CompiledCalendar:
    return compile_calendar(calendar_of(lines))


def _divisions(lines: Lines) -> DivisionTree:
    return DivisionTree(rows_of(lines, Division))


def _evaluation(lines: Lines) -> Layer:
    return evaluation_layer(rows_of(lines, Area))


def _drawn(lines: Lines) -> Layer:
    return drawn_layer(rows_of(lines, Area))


def _duty(lines: Lines) -> DutyRoster:
    return DutyRoster(rows_of(lines, DutyGrid))


def _grids(lines: Lines) -> GridRegister:
    return GridRegister(rows_of(lines, UnitGrid))


_LISTS: Mapping[RegisterName, Callable[[Lines], RowList[Any]]] = {
    RegisterName.AREA_LIST: lambda lines: RowList(rows_of(lines, AreaRow)),
    RegisterName.BOUNDARY_LIST: lambda lines: RowList(rows_of(lines, BoundaryRow)),
    RegisterName.FACILITY_LIST: lambda lines: RowList(rows_of(lines, FacilityRow)),
}
