"""From a file to a candidate, and from a version to a file: the way in and out of every register but the calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from engine.actors import Actor
from engine.errors import Invalid, NotFound
from processes.catalogue import Difference
from processes.contents import ChangeCount, Lines, RegisterName
from processes.files import Candidate, FileDesk, FileFormat, FileReport, Known, Mode, ReadFile, WriteFile
from processes.registers.archive import RegisterArchive, StagedCandidate, Staging
from processes.registers.reading import Head
from processes.territory import Crs

_LISTS = (RegisterName.CATALOGUE, RegisterName.DIVISIONS, RegisterName.GRIDS, RegisterName.DRAWN_AREAS)
#: What the rows of a register may name.
_NAMES: Mapping[RegisterName, tuple[RegisterName, ...]] = {
    RegisterName.AREA_LIST: _LISTS,
    RegisterName.BOUNDARY_LIST: _LISTS,
    RegisterName.FACILITY_LIST: _LISTS,
    RegisterName.DUTY_GRIDS: (RegisterName.GRIDS,),
    RegisterName.COMPONENTS: (RegisterName.GRIDS,),
    RegisterName.CAMERAS: (RegisterName.GRIDS,),
}
#: In which formats a register is written.
FORMATS: Mapping[RegisterName, tuple[FileFormat, ...]] = {
    RegisterName.CATALOGUE: (FileFormat.CSV, FileFormat.XLSX),
    RegisterName.AREA_LIST: (FileFormat.CSV, FileFormat.XLSX),
    RegisterName.BOUNDARY_LIST: (FileFormat.GEOJSON,),
    RegisterName.FACILITY_LIST: (FileFormat.CSV, FileFormat.XLSX),
    RegisterName.DIVISIONS: (FileFormat.CSV,),
    RegisterName.GRIDS: (FileFormat.GEOJSON,),
    RegisterName.DUTY_GRIDS: (FileFormat.CSV,),
    RegisterName.EVALUATION_GRIDS: (FileFormat.GEOJSON,),
    RegisterName.DRAWN_AREAS: (FileFormat.GEOJSON,),
    RegisterName.COMPONENTS: (FileFormat.CSV,),
    RegisterName.CAMERAS: (FileFormat.CSV,),
}


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a dry run beside its candidate."""

    report: FileReport
    changes: ChangeCount
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file as it came."""

    content: bytes
    mode: Mode = Mode.REPLACE
    crs: Crs = Crs.CGCS2000


class Imports:
    """Reads files into candidates and writes versions into files."""

    def __init__(self, archive: RegisterArchive, desk: FileDesk, units: Callable[[], Iterable[str]]) -> None:
        """``units`` are the codes that rows may name."""
        self._archive = archive
        self._desk = desk
        self._units = units

    async def stage(self, register: RegisterName, file: SentFile, actor: Actor) -> StagedCandidate:
        """The file as a candidate with its report; nothing is in force yet. Raises ``Invalid``, ``Unavailable``."""
        heads = await self._archive.heads()
        known = await self._known(register, heads)
        request = ReadFile(register=register, content=file.content, mode=file.mode, crs=file.crs, known=known)
        candidate = await self._desk.read(request)
        based_on = heads[register].number if register in heads else 0
        staged = await self._archive.stage(_staging(register, candidate, based_on, actor))
        return await self._archive.staged(register, staged)

    async def export(self, register: RegisterName, format_: FileFormat, *, number: int | None, crs: Crs) -> bytes:
        """A version as a file, the one in force without a number. Raises ``NotFound``, ``Invalid``, ``Unavailable``."""
        if format_ not in FORMATS[register]:
            formats = ", ".join(FORMATS[register])
            raise Invalid(
                "format_unknown",
                f"此登记册只能导出为 {formats}",
                f"Expected one of {formats}, but got {format_}",
                details={"parameter": "format"},
            )
        lines = await self._lines(register, number)
        return await self._desk.write(WriteFile(register=register, format=format_, lines=lines, crs=crs))

    async def _lines(self, register: RegisterName, number: int | None) -> Lines:
        if number is not None:
            return await self._archive.lines_of_version(register, number)
        head = (await self._archive.heads()).get(register)
        if head is None:
            raise NotFound("register_empty", "尚未导入", "Nothing has been imported yet")
        return await self._archive.lines(head.digest)

    async def _known(self, register: RegisterName, heads: Mapping[str, Head]) -> Known:
        if register is RegisterName.CATALOGUE:
            return Known(versions=await self._all_versions(register, heads))
        named = (register, *_NAMES.get(register, ()))
        latest = {name: await self._archive.lines(heads[name].digest) for name in named if name in heads}
        return Known(units=tuple(self._units()), latest=latest)

    async def _all_versions(self, register: RegisterName, heads: Mapping[str, Head]) -> tuple[Lines, ...]:
        last = heads[register].number if register in heads else 0
        return tuple([await self._archive.lines_of_version(register, number) for number in range(1, last + 1)])


def _staging(register: RegisterName, candidate: Candidate, based_on: int, actor: Actor) -> Staging:
    report = ImportReport(report=candidate.report, changes=candidate.changes, differences=candidate.differences)
    return Staging(
        register=register,
        lines=candidate.lines,
        based_on=based_on,
        rows_refused=candidate.report.rows_refused,
        report=msgspec.json.encode(report).decode(),
        by=actor.id,
    )
