"""From the bytes that somebody sent to the bytes that are kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from engine.errors import Invalid
from processes.media.kinds import MediaKind, kind_of
from processes.media.pictures import redrawn

#: A picture of the largest size takes some hundred megabytes while it is redrawn.
AT_ONCE = 2
#: A PDF says so once more near its end.
_PDF_END = b"%%EOF"
_PDF_TAIL = 2048


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What is kept of a file."""

    content: bytes
    kind: MediaKind
    #: Pixels, of pictures only.
    width: int | None = None
    height: int | None = None


def prepare(content: bytes) -> Prepared:
    """Pictures redrawn, documents as they are. Raises ``Invalid`` for everything else."""
    kind = kind_of(content)
    if kind is None:
        raise Invalid(
            "media_kind_unknown",
            "只接受 JPEG、PNG、WebP 图片和 PDF 文件",
            "Expected a JPEG, PNG or WebP picture or a PDF document",
            pointer="/content",
        )
    if kind is MediaKind.PDF:
        if _PDF_END not in content[-_PDF_TAIL:]:
            raise Invalid("document_unreadable", "PDF 文件不完整", "Expected a whole PDF document", pointer="/content")
        return Prepared(content=content, kind=kind)
    picture = redrawn(content, kind)
    return Prepared(content=picture.content, kind=kind, width=picture.width, height=picture.height)


class Preparation:
    """Prepares files beside the loop, two at a time in this process."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def prepare(self, content: bytes) -> Prepared:
        """What is kept of the file. Raises ``Invalid``."""
        async with self._slots:
            return await asyncio.to_thread(prepare, content)
