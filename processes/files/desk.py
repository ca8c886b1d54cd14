"""Has files read and written, one at a time, in a process that is there while there is work."""

from __future__ import annotations

import asyncio

import msgspec

from engine.errors import Invalid, Unavailable
from processes.files.messages import Candidate, Defect, FileRefused, ReadFile, Request, Response, WriteFile, Written
from processes.files.process import DeskProcess

#: Waiting beyond this many would take longer than a person waits.
MOST_WAITING = 8

_RESPONSES: msgspec.msgpack.Decoder[Response] = msgspec.msgpack.Decoder(Response)


class FileDesk:
    """Our side of the process; nothing runs before the first file comes."""

    def __init__(self) -> None:
        self._place = asyncio.Lock()
        self._waiting = 0
        self._process = DeskProcess()

    async def read(self, request: ReadFile) -> Candidate:
        """What the file would make of its register. Raises ``Invalid`` for files refused, ``Unavailable``."""
        match await self._asked(request):
            case Candidate() as candidate:
                return candidate
            case Written():
                raise TypeError("a file was written where one was to be read")

    async def write(self, request: WriteFile) -> bytes:
        """The file. Raises ``Invalid`` for what is too long to be written, ``Unavailable``."""
        match await self._asked(request):
            case Written(content=content):
                return content
            case Candidate():
                raise TypeError("a file was read where one was to be written")

    async def close(self) -> None:
        """End the process; it is there again when it is needed."""
        async with self._place:
            await self._process.end()

    async def _asked(self, request: Request) -> Candidate | Written:
        if self._waiting >= MOST_WAITING:
            raise Unavailable(
                "files_crowded",
                "正在处理的文件过多，请稍后再试",
                "Expected few files at a time, but too many wait; try again later",
                details={"retry_after": 10},
            )
        self._waiting += 1
        try:
            async with self._place:
                answer = _RESPONSES.decode(await self._process.answer(msgspec.msgpack.encode(request)))
        finally:
            self._waiting -= 1
        match answer:
            case FileRefused():
                raise _refusal(answer)
            case Defect():
                raise RuntimeError(f"a file could not be handled:\n{answer.trace}")
            case _:
                return answer


def _refusal(refused: FileRefused) -> Invalid:
    pointer = refused.pointer or None
    return Invalid(refused.code, refused.message_zh, refused.message_en, pointer=pointer, line=refused.line)
