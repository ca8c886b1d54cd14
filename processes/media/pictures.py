"""Pictures are decoded and encoded anew: what is stored holds pixels and nothing else.

Position, device and texts in the metadata, foreign files glued behind the picture, and tricks on decoders further down
the line all end here. Size is judged before anything is decoded.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import ImageOps
from PIL.Image import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from engine.errors import Invalid
from processes.media.kinds import MediaKind

MOST_PIXELS = 40_000_000
#: A picture drawn in more passes than this is made to keep a decoder busy.
MOST_SCANS = 100
_QUALITY = 85
_SCAN = b"\xff\xda"

#: The decoders by kind, called directly: the guessing of ``Image.open`` would let other formats in.
_DECODERS: Mapping[MediaKind, Callable[[io.BytesIO], ImageFile]] = {
    MediaKind.JPEG: JpegImageFile,
    MediaKind.PNG: PngImageFile,
    MediaKind.WEBP: WebPImageFile,
}
#: What Pillow raises on damaged and hostile files.
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as it is stored."""

    content: bytes
    width: int
    height: int


def redrawn(content: bytes, kind: MediaKind) -> Picture:
    """The picture in its own kind, upright, without metadata. Raises ``Invalid`` when it cannot or must not be read."""
    if kind is MediaKind.WEBP:
        # Its decoder takes memory for the whole canvas as soon as it is made.
        _check_size(*_webp_size(content))
    if kind is MediaKind.JPEG and content.count(_SCAN) > MOST_SCANS:
        raise _unreadable()
    try:
        return _redrawn(_DECODERS[kind](io.BytesIO(content)), kind)
    except _UNREADABLE as error:
        raise _unreadable() from error


def _redrawn(opened: ImageFile, kind: MediaKind) -> Picture:
    _check_size(*opened.size)
    if getattr(opened, "n_frames", 1) > 1:
        raise Invalid(
            "picture_moves", "不支持动画图片", "Expected a still picture, but this one moves", pointer="/content"
        )
    upright = ImageOps.exif_transpose(opened)
    return Picture(content=_encoded(upright, kind), width=upright.width, height=upright.height)


def _encoded(picture: Image, kind: MediaKind) -> bytes:
    has_alpha = kind is not MediaKind.JPEG and picture.has_transparency_data
    pixels = picture.convert("RGBA" if has_alpha else "RGB")
    # Conversion keeps what came with the picture; only the pixels are to go on.
    pixels.info.clear()
    written = io.BytesIO()
    pixels.save(written, format=kind.name, quality=_QUALITY)
    return written.getvalue()


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height of the canvas, from the first chunk's header."""
    chunk, start = content[12:16], content[20:30]
    if len(start) < 10:
        raise _unreadable()
    if chunk == b"VP8X":
        return 1 + int.from_bytes(start[4:7], "little"), 1 + int.from_bytes(start[7:10], "little")
    if chunk == b"VP8L":
        packed = int.from_bytes(start[1:5], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        return int.from_bytes(start[6:8], "little") & 0x3FFF, int.from_bytes(start[8:10], "little") & 0x3FFF
    raise _unreadable()


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Invalid(
            "picture_too_large",
            f"图片像素过多（{width}×{height}），最多 {MOST_PIXELS // 1_000_000} 百万像素",
            f"Expected at most {MOST_PIXELS // 1_000_000} megapixels, but the picture has {width} by {height}",
            pointer="/content",
        )


def _unreadable() -> Invalid:
    return Invalid(
        "picture_unreadable", "图片已损坏或无法读取", "Expected a picture, but it is damaged", pointer="/content"
    )
