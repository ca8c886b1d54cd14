"""The sample city's registers: the labelled samples, each made the first version of its register."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from engine.actors import Actor
from engine.errors import Stale
from engine.storage import Database
from processes.calendars import sample_calendars
from processes.catalogue.sample import sample_sheet
from processes.contents import (
    Lines,
    RegisterName,
    calendar_lines,
    calendar_register,
    catalogue_of,
    coded_lines,
    lines_of,
    rows_of,
)
from processes.registers import (
    Imports,
    PublishVersion,
    RegisterArchive,
    SentFile,
    Staging,
    publishing,
    register_object,
)
from processes.responsibility.sample import sample_lists
from processes.sample.door import Door, missing_of
from processes.territory import Component, UnitGrid
from processes.territory.sample import (
    sample_cameras,
    sample_components,
    sample_divisions,
    sample_evaluation_layer,
    sample_grids,
    sample_roster,
)

NOTE = "样例，不是任何城市的正式数据 / a sample, no city's own"


@dataclass(frozen=True, kw_only=True)
class RegisterTools:
    """What registers are filled with."""

    archive: RegisterArchive
    imports: Imports


async def seed_sample_registers(database: Database, door: Door, tools: RegisterTools, *, by: Actor) -> int:
    """Give every register that has no version the sample; how many that were. For the demo profile only."""
    samples = _Samples(tools, by)
    ways: dict[str, Callable[[], Awaitable[PublishVersion]]] = {
        calendar_register(key): partial(samples.calendar, key) for key in sample_calendars()
    }
    ways |= {register: partial(make, samples) for register, make in _MAKERS.items()}
    return await _fill(database, door, ways)


async def seed_calendar(database: Database, door: Door, tools: RegisterTools, key: str, *, by: Actor) -> bool:
    """Give a city that has no calendar of that key the shipped one; whether it was needed."""
    way = partial(_Samples(tools, by).calendar, key)
    return bool(await _fill(database, door, {calendar_register(key): way}))


async def _fill(database: Database, door: Door, ways: Mapping[str, Callable[[], Awaitable[PublishVersion]]]) -> int:
    """Give each register that has no version its first; how many that were."""
    missing = await missing_of([register_object(register) for register in ways], database)
    made = 0
    # In the order of the table: later ones are read from what earlier ones hold.
    for register, command_of in ways.items():
        if register_object(register) in missing:
            made += await _publish(await command_of(), door)
    return made


async def _publish(command: PublishVersion, door: Door) -> int:
    try:
        await door.handle(command)
    except Stale:
        # Another process seeds at the same time and was first.
        return 0
    return 1


class _Samples:
    """Stages the samples, one by one."""

    def __init__(self, tools: RegisterTools, by: Actor) -> None:
        self._tools = tools
        self._by = by

    async def calendar(self, key: str) -> PublishVersion:
        return await self._staged(calendar_register(key), calendar_lines(sample_calendars()[key]))

    async def catalogue(self) -> PublishVersion:
        """Through the importer, as a city does it."""
        register = RegisterName.CATALOGUE
        staged = await self._tools.imports.stage(register, SentFile(content=sample_sheet()), self._by)
        return self._command(register, staged.id)

    async def divisions(self) -> PublishVersion:
        return await self._staged(RegisterName.DIVISIONS, coded_lines(sample_divisions()))

    async def grids(self) -> PublishVersion:
        return await self._staged(RegisterName.GRIDS, coded_lines(sample_grids()))

    async def duty_grids(self) -> PublishVersion:
        roster = sample_roster(await self._grids(), sample_divisions())
        return await self._staged(RegisterName.DUTY_GRIDS, coded_lines(roster))

    async def evaluation_grids(self) -> PublishVersion:
        layer = sample_evaluation_layer(await self._grids(), sample_divisions())
        return await self._staged(RegisterName.EVALUATION_GRIDS, coded_lines(layer))

    async def components(self) -> PublishVersion:
        return await self._staged(RegisterName.COMPONENTS, coded_lines(sample_components(await self._grids())))

    async def cameras(self) -> PublishVersion:
        return await self._staged(RegisterName.CAMERAS, coded_lines(sample_cameras(await self._grids())))

    async def area_list(self) -> PublishVersion:
        components = rows_of(await self._first(RegisterName.COMPONENTS), Component)
        catalogue = catalogue_of(await self._first(RegisterName.CATALOGUE))
        lists = sample_lists(catalogue, sample_divisions(), components)
        return await self._staged(RegisterName.AREA_LIST, lines_of(lists.area))

    async def facility_list(self) -> PublishVersion:
        components = rows_of(await self._first(RegisterName.COMPONENTS), Component)
        catalogue = catalogue_of(await self._first(RegisterName.CATALOGUE))
        lists = sample_lists(catalogue, sample_divisions(), components)
        return await self._staged(RegisterName.FACILITY_LIST, lines_of(lists.facility))

    async def _grids(self) -> tuple[UnitGrid, ...]:
        return rows_of(await self._first(RegisterName.GRIDS), UnitGrid)

    async def _first(self, register: RegisterName) -> Lines:
        return await self._tools.archive.lines_of_version(register, 1)

    async def _staged(self, register: str, lines: Lines) -> PublishVersion:
        staging = Staging(register=register, lines=lines, based_on=0, rows_refused=0, report="{}", by=self._by.id)
        return self._command(register, await self._tools.archive.stage(staging))

    def _command(self, register: str, candidate: int) -> PublishVersion:
        command = publishing(register)
        return command(actor=self._by, expected=0, register=register, candidate=candidate, note=NOTE)


_MAKERS: Mapping[RegisterName, Callable[[_Samples], Awaitable[PublishVersion]]] = {
    RegisterName.CATALOGUE: _Samples.catalogue,
    RegisterName.DIVISIONS: _Samples.divisions,
    RegisterName.GRIDS: _Samples.grids,
    RegisterName.DUTY_GRIDS: _Samples.duty_grids,
    RegisterName.EVALUATION_GRIDS: _Samples.evaluation_grids,
    RegisterName.COMPONENTS: _Samples.components,
    RegisterName.CAMERAS: _Samples.cameras,
    RegisterName.AREA_LIST: _Samples.area_list,
    RegisterName.FACILITY_LIST: _Samples.facility_list,
}
