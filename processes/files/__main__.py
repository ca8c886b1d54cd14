"""The process that reads and writes files: messages on standard input, answers on standard output.

Each message is answered by a fork of this process, with a limit of time and memory that is its own: what it has
unpacked, and whatever it was made to do, is gone with it.
"""

from __future__ import annotations

import os
import resource
import sys
import traceback

import msgspec

from processes.catalogue import CatalogueError
from processes.files.frames import framed, read_frame
from processes.files.messages import Defect, ReadFile, Request, Response, WriteFile
from processes.files.reading import read_file
from processes.files.refusals import TOO_COSTLY, told
from processes.files.writing import write_file
from processes.responsibility import ResponsibilityError
from processes.sheets import SheetError
from processes.territory import TerritoryError

#: Of processor time, and of addressed memory.
MOST_SECONDS = 45
MOST_BYTES = 3 << 30


def main() -> None:
    """Answer messages until there are no more."""
    while (message := read_frame(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(framed(_answered_apart(message)))
        sys.stdout.buffer.flush()


def _answered_apart(message: bytes) -> bytes:
    """The answer of a fork; a refusal when its limits ended it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer_into(writing, message)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return answer if status == 0 else msgspec.msgpack.encode(TOO_COSTLY)


def _answer_into(writing: int, message: bytes) -> None:
    """Answer and end; never returns."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        answer = msgspec.msgpack.encode(_answer(msgspec.msgpack.decode(message, type=Request)))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
        status = 0
    finally:
        # Without the exits of the process that this is a fork of.
        os._exit(status)


def _answer(request: Request) -> Response:
    """What the request asks for, or why not."""
    try:
        match request:
            case ReadFile():
                return read_file(request)
            case WriteFile():
                return write_file(request)
    except (SheetError, CatalogueError, TerritoryError, ResponsibilityError) as error:
        return told(error)
    except MemoryError:
        return TOO_COSTLY
    except Exception:  # the last resort of this process: a defect becomes an answer that says so
        return Defect(trace=traceback.format_exc()[-4_000:])


if __name__ == "__main__":
    main()
