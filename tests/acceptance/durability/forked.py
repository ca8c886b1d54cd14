"""Servers as processes of their own, forked from a process that has loaded the program once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
from collections.abc import AsyncIterator
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

CONTEXT = multiprocessing.get_context("forkserver")


def load_once() -> None:
    """Make every server forked from now on begin with the program loaded."""
    CONTEXT.set_forkserver_preload(["guiliu.serving", "guiliu.cli"])


@dataclass(frozen=True)
class Place:
    """What a server needs to begin."""

    home: Path
    database_url: str
    #: Held by the test, so that connections wait while a server begins anew.
    listener: socket.socket

    @property
    def address(self) -> str:
        """Where clients find it."""
        host, port = self.listener.getsockname()
        return f"http://{host}:{port}"


class ForkedServer:
    """One server process that can be killed, or armed to die at a crash point, and begun anew."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._process: ForkServerProcess | None = None

    def begin(self, crash: str = "", *, database_url: str = "") -> None:
        """Start serving, over another way to the database if one is given; connections wait until the house is open."""
        place = replace(self.place, database_url=database_url or self.place.database_url)
        self._process = CONTEXT.Process(target=_serve, args=(place, crash), daemon=True)
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


def _serve(place: Place, crash: str) -> None:
    arm(crash)
    settings = read_settings({"GUILIU_HOME": str(place.home), "GUILIU_PROFILE": "demo"})
    serve_here(partial(opening, settings, place.database_url), Surface.INTERNAL, place.listener)


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
