"""What a file is, by its first bytes and by nothing that anyone says of it."""

from __future__ import annotations

from enum import StrEnum

_SIGNATURE_LENGTH = 12


class MediaKind(StrEnum):
    """The kinds that are taken in; each value is its content type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


def kind_of(content: bytes) -> MediaKind | None:
    """The kind of a file's content, ``None`` for everything else."""
    head = content[:_SIGNATURE_LENGTH]
    if head.startswith(b"\xff\xd8\xff"):
        return MediaKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaKind.PNG
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return MediaKind.WEBP
    if head.startswith(b"%PDF-"):
        return MediaKind.PDF
    return None
