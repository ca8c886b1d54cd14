"""Refusals of files as a whole, as they are told."""

from __future__ import annotations

from typing import Protocol

from processes.files.messages import FileRefused

#: The limits of one file ended it.
TOO_COSTLY = FileRefused(
    code="file_too_costly",
    message_zh="文件过大或过于复杂，未能在限定的时间和内存内处理；请拆分后再试",
    message_en="The file could not be handled within its limits of time and memory; split it and try again",
)


class Worded(Protocol):
    """An error of the city: a code and words in both languages."""

    code: str
    message_zh: str
    message_en: str


def told(error: Worded) -> FileRefused:
    """The error as it is told, with the place that it names."""
    return FileRefused(
        code=error.code,
        message_zh=error.message_zh,
        message_en=error.message_en,
        pointer=getattr(error, "pointer", ""),
        line=getattr(error, "row", None),
    )
