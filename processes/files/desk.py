"""Our side of the process that reads and writes files: one process for each file, few at a time."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import timedelta

import msgspec

from engine.errors import Invalid, Unavailable
from processes.files.messages import Candidate, FileRefused, ReadFile, Request, Response, WriteFile, Written

AT_ONCE = 1
#: Waiting beyond this many would take longer than a person waits.
MOST_WAITING = 8
#: More than the process allows itself, which therefore speaks first.
PATIENCE = timedelta(seconds=55)
PROGRAM = (sys.executable, "-m", "processes.files")

_LOG = logging.getLogger(__name__)
_RESPONSES: msgspec.msgpack.Decoder[Response] = msgspec.msgpack.Decoder(Response)


class FileDesk:
    """Has files read and written."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def read(self, request: ReadFile) -> Candidate:
        """What the file would make of its register. Raises ``Invalid`` for files refused, ``Unavailable``."""
        match await self._asked(request):
            case Candidate() as candidate:
                return candidate
            case FileRefused() as refused:
                raise Invalid(
                    refused.code,
                    refused.message_zh,
                    refused.message_en,
                    pointer=refused.pointer or None,
                    line=refused.line,
                )
            case Written():
                raise TypeError("a file was written where one was to be read")

    async def write(self, request: WriteFile) -> bytes:
        """The file. Raises ``Unavailable``."""
        match await self._asked(request):
            case Written(content=content):
                return content
            case _ as other:
                raise TypeError(f"expected a file, but got {type(other).__name__}")

    async def _asked(self, request: Request) -> Response:
        if self._waiting >= MOST_WAITING:
            raise Unavailable(
                "files_crowded",
                "正在处理的文件过多，请稍后再试",
                "Expected few files at a time, but too many wait; try again later",
                details={"retry_after": 10},
            )
        self._waiting += 1
        try:
            async with self._places:
                return _RESPONSES.decode(await _run(msgspec.msgpack.encode(request)))
        finally:
            self._waiting -= 1


async def _run(message: bytes) -> bytes:
    """What the other process answers to a message. Raises ``Invalid`` when its limits ended it."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*PROGRAM, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            answer, trouble = await process.communicate(message)
    except TimeoutError:
        raise _too_costly() from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        _LOG.error("file_process_ended status=%s %s", process.returncode, trouble.decode(errors="replace")[-2_000:])
        raise _too_costly()
    return answer


def _too_costly() -> Invalid:
    return Invalid(
        "file_too_costly",
        "文件过大或过于复杂，未能在限定的时间和内存内处理；请拆分后再试",
        "The file could not be handled within its limits of time and memory; split it and try again",
    )
