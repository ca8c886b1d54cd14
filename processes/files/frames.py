"""Messages on a pipe: the length, then the message."""

from __future__ import annotations

from typing import BinaryIO

LENGTH_BYTES = 8


def framed(message: bytes) -> bytes:
    """The message as it is sent."""
    return len(message).to_bytes(LENGTH_BYTES) + message


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message; ``None`` when the other side has ended."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head)
    message = stream.read(length)
    return message if len(message) == length else None
