"""Servers and workers as processes of their own, forked from a process that has loaded the program once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

from api import Surface, serve_here
from engine.crash import arm
from guiliu.serving import opening, serve
from guiliu.settings import Settings, read_settings
from guiliu.working import keep_working

CONTEXT = multiprocessing.get_context("forkserver")


def load_once() -> None:
    """Make every process forked from now on begin with the program loaded."""
    CONTEXT.set_forkserver_preload(["guiliu.cli", "tests.acceptance.durability.loaded"])


@dataclass(frozen=True)
class Place:
    """What a process needs to begin."""

    home: Path
    database_url: str
    #: Of servers; held by the test, so that connections wait while one begins anew.
    listener: socket.socket | None = None

    @property
    def settings(self) -> Settings:
        """Those of a demo."""
        return read_settings({"GUILIU_HOME": str(self.home), "GUILIU_PROFILE": "demo"})

    @property
    def address(self) -> str:
        """Where clients find it."""
        assert self.listener is not None
        host, port = self.listener.getsockname()
        return f"http://{host}:{port}"


class Forked:
    """One process that can be killed, or armed to die at a crash point, and begun anew."""

    def __init__(self, place: Place, do: Callable[[Place], None]) -> None:
        self.place = place
        self._do = do
        self._process: ForkServerProcess | None = None

    def begin(self, crash: str = "", *, database_url: str = "") -> None:
        """Start, over another way to the database if one is given."""
        place = replace(self.place, database_url=database_url or self.place.database_url)
        self._process = CONTEXT.Process(target=_armed, args=(self._do, place, crash), daemon=True)
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()

    @property
    def process(self) -> ForkServerProcess:
        """The process that was begun last."""
        assert self._process is not None
        return self._process

    async def ended(self) -> int | None:
        """The exit code, once the process has ended."""
        return await _end_of(self.process)

    async def stop(self) -> int | None:
        """Tell it to stop; its exit code."""
        return await end_process(self.process)

    async def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        await self.ended()


def _armed(do: Callable[[Place], None], place: Place, crash: str) -> None:
    arm(crash)
    do(place)


def serving(place: Place) -> None:
    """What ``guiliu serve`` does; connections wait until the house is open."""
    assert place.listener is not None
    serve_here(partial(opening, place.settings, place.database_url), Surface.INTERNAL, place.listener)


def working(place: Place) -> None:
    """What ``guiliu work`` does."""
    keep_working(place.settings, place.database_url)


@asynccontextmanager
async def watched_server(settings: Settings, database_url: str) -> AsyncIterator[ForkServerProcess]:
    """The process that watches over the workers of a server, told to stop when the block ends."""
    process = CONTEXT.Process(target=serve, args=(settings, database_url, Surface.INTERNAL))
    process.start()
    try:
        yield process
    finally:
        await end_process(process)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def end_process(process: ForkServerProcess) -> int | None:
    """Tell a process to stop; its exit code."""
    process.terminate()
    return await _end_of(process)


async def _end_of(process: ForkServerProcess) -> int | None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()
    return process.exitcode


def children_of(parent: int) -> list[int]:
    """Processes begun by a process, as the kernel sees them now."""
    return [child for child in _processes() if _parent_of(child) == parent]


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _parent_of(process: int) -> int | None:
    with suppress(FileNotFoundError, ProcessLookupError):
        # The name stands in brackets and may hold anything; the parent is the second field after it.
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return None
