"""The process that reads and writes one file: a message on standard input, the answer on standard output."""

from __future__ import annotations

import resource
import sys

import msgspec

from processes.files.messages import FileRefused, ReadFile, Request, Response, WriteFile
from processes.files.reading import read_file
from processes.files.refusals import REFUSALS, refused
from processes.files.writing import write_file

#: Of processor time, and of addressed memory.
MOST_SECONDS = 45
MOST_BYTES = 3 << 30


def main() -> None:
    """Answer one message within the limits."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    request: Request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(request)))


def answer(request: Request) -> Response:
    """What the request asks for, or why not."""
    try:
        match request:
            case ReadFile():
                return read_file(request)
            case WriteFile():
                return write_file(request)
    except REFUSALS as error:
        return refused(error)
    except MemoryError:
        return FileRefused(code="file_too_costly", message_zh="文件过大，请拆分", message_en="The file is too large")


if __name__ == "__main__":
    main()
