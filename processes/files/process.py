"""The process beside ours: begun when it is needed, ended when it was idle or took too long."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from datetime import timedelta

import msgspec

from processes.files.frames import LENGTH_BYTES, framed
from processes.files.refusals import TOO_COSTLY

#: More than the process allows itself for one file, so that it speaks first.
PATIENCE = timedelta(seconds=55)
#: The libraries that it has loaded are given back after a while without work.
IDLE_LIMIT = timedelta(seconds=60)
PROGRAM = (sys.executable, "-m", "processes.files")


class DeskProcess:
    """Answers one message at a time; whoever asks sees to that."""

    def __init__(self) -> None:
        self._running: Process | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def answer(self, message: bytes) -> bytes:
        """What the process answers; a refusal when it took too long. RuntimeError when it ended by itself."""
        if self._idle is not None:
            self._idle.cancel()
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                answer = await self._exchange(message)
        except TimeoutError:
            await self.end()
            return msgspec.msgpack.encode(TOO_COSTLY)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await self.end()
            # No file does that: each is handled by a fork.
            raise RuntimeError("the process that handles files ended by itself") from error
        except BaseException:
            # Whoever asked is gone; what is half said can only be thrown away.
            await self.end()
            raise
        self._idle = asyncio.get_running_loop().call_later(IDLE_LIMIT.total_seconds(), self._kill)
        return answer

    async def end(self) -> None:
        """End the process, and what it works on."""
        if self._idle is not None:
            self._idle.cancel()
        running = self._running
        self._kill()
        if running is not None:
            await running.wait()

    async def _exchange(self, message: bytes) -> bytes:
        if self._running is None or self._running.returncode is not None:
            # A group of its own, so that whatever it has begun ends with it.
            self._running = await asyncio.create_subprocess_exec(
                *PROGRAM, stdin=PIPE, stdout=PIPE, start_new_session=True
            )
        to_it, from_it = self._running.stdin, self._running.stdout
        assert to_it is not None and from_it is not None  # noqa: S101, PT018 - both are pipes, as just asked for
        to_it.write(framed(message))
        await to_it.drain()
        length = int.from_bytes(await from_it.readexactly(LENGTH_BYTES))
        return await from_it.readexactly(length)

    def _kill(self) -> None:
        running, self._running = self._running, None
        if running is not None and running.returncode is None:
            # It may have ended by itself without anybody having noticed yet.
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
