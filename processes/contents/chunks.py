"""Contents cut into chunks that are the same wherever the same lines stand together."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: A chunk ends after about one line in so many, wherever it began.
_LINES_ON_AVERAGE = 200
#: Characters; a chunk of long lines ends sooner.
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that are kept together."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it is stored; no line holds a line break of its own."""
        return "\n".join(self.lines)

    @property
    def sha(self) -> bytes:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).digest()


def chunks_of(lines: Iterable[str]) -> Iterator[Chunk]:
    """The lines in chunks, in order."""
    waiting: list[str] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length >= _LONGEST or zlib.crc32(line.encode()) % _LINES_ON_AVERAGE == 0:
            yield Chunk(tuple(waiting))
            waiting, length = [], 0
    if waiting:
        yield Chunk(tuple(waiting))


def digest_of(shas: Iterable[bytes]) -> bytes:
    """What identifies a content: SHA-256 over those of its chunks."""
    return hashlib.sha256(b"".join(shas)).digest()


def digest_of_lines(lines: Iterable[str]) -> bytes:
    """The same of lines that are not cut yet."""
    return digest_of(chunk.sha for chunk in chunks_of(lines))
