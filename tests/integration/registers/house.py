"""One process with registers: a door for changes, the archive, what is in force in memory."""

from __future__ import annotations

from engine.actors import SYSTEM
from engine.bus import ConfigurationCommands
from engine.snapshot import Snapshot
from engine.storage import Database
from engine.store import Answer
from processes.access import ConfigurationGuard
from processes.contents import Lines, RegisterName
from processes.files import FileDesk
from processes.registers import (
    REGISTER_CONFIGURATION,
    REGISTER_HANDLERS,
    Editing,
    Imports,
    LiveRegisters,
    PointRegisters,
    RegisterArchive,
    Staging,
    publishing,
)


class House:
    """One process's view of the registers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.live = LiveRegisters()
        self.snapshot = Snapshot(database, [self.live])
        self.door = ConfigurationCommands(database, REGISTER_HANDLERS, ConfigurationGuard(REGISTER_CONFIGURATION))
        self.archive = RegisterArchive(database)
        self.points = PointRegisters(database, self.live)
        self.desk = FileDesk()
        self.imports = Imports(self.archive, self.desk, lambda: ("u", "v"))
        self.editing = Editing(self.archive)

    async def stage(self, register: RegisterName, lines: Lines, *, based_on: int = 0) -> int:
        """A candidate; its id."""
        staging = Staging(register=register, lines=lines, based_on=based_on, rows_refused=0, report="{}", by=SYSTEM.id)
        return await self.archive.stage(staging)

    async def apply(self, register: RegisterName, candidate: int) -> Answer:
        """Make a candidate the version in force."""
        return await self.door.handle(publishing(register)(actor=SYSTEM, register=register, candidate=candidate))

    async def publish(self, register: RegisterName, lines: Lines, *, based_on: int = 0) -> None:
        """Make lines the version in force, also in memory."""
        await self.apply(register, await self.stage(register, lines, based_on=based_on))
        await self.snapshot.refresh()

    async def count(self, table: str) -> int:
        """Rows of a table."""
        rows: int = await self.database.fetchval(f"select count(*) from {table}")  # noqa: S608 - the test names it
        return rows
