"""Components and cameras: long registers, held by those processes only that were asked about them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from engine.storage import Database
from processes.contents import Lines, RegisterName, rows_of
from processes.registers.live import LiveRegisters
from processes.registers.reading import lines_of_content
from processes.territory import Camera, CameraRegister, Component, ComponentRegister

Register = TypeVar("Register")


class PointRegisters:
    """The registers of points in force."""

    def __init__(self, database: Database, live: LiveRegisters) -> None:
        self._components = _OnDemand(database, live, RegisterName.COMPONENTS, _components)
        self._cameras = _OnDemand(database, live, RegisterName.CAMERAS, _cameras)

    async def components(self) -> ComponentRegister:
        """All components; none before the first import. Raises ``Unavailable``."""
        return await self._components.get()

    async def cameras(self) -> CameraRegister:
        """All cameras; none before the first import. Raises ``Unavailable``."""
        return await self._cameras.get()


class _OnDemand(Generic[Register]):
    """A register that is fetched when it is asked for, and again only when its digest is another."""

    def __init__(
        self, database: Database, live: LiveRegisters, name: RegisterName, read: Callable[[Lines], Register]
    ) -> None:
        self._database = database
        self._live = live
        self._name = name
        self._read = read
        self._held: tuple[bytes | None, Register] = (None, read(()))
        self._fetching = asyncio.Lock()

    async def get(self) -> Register:
        async with self._fetching:
            digest = self._live.in_force.digest(self._name)
            if digest is not None and digest != self._held[0]:
                lines = await lines_of_content(self._database, digest)
                self._held = (digest, await asyncio.to_thread(self._read, lines))
            return self._held[1]


def _components(lines: Lines) -> ComponentRegister:
    return ComponentRegister(rows_of(lines, Component))


def _cameras(lines: Lines) -> CameraRegister:
    return CameraRegister(rows_of(lines, Camera))
