"""JSON pointers (RFC 6901) that can always be written out, whatever the keys contain."""

from __future__ import annotations

from collections.abc import Iterable


def child(pointer: str, key: str | int) -> str:
    """The place of member ``key`` below ``pointer``; characters that no JSON text may carry are escaped."""
    text = str(key).encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    return f"{pointer}/{text.replace('~', '~0').replace('/', '~1')}"


def pointer_of(path: Iterable[str | int]) -> str:
    """The pointer that walks ``path`` from the whole."""
    pointer = ""
    for key in path:
        pointer = child(pointer, key)
    return pointer
