"""Pictures are judged by their bytes and hold nothing but pixels afterwards."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from engine.errors import Invalid
from processes.media.kinds import MediaKind, kind_of
from processes.media.pictures import MOST_SCANS
from processes.media.preparing import Prepared, prepare

RED, BLUE = (200, 30, 30), (30, 30, 200)
SIGNATURES = {
    MediaKind.JPEG: b"\xff\xd8\xff\xe0",
    MediaKind.PNG: b"\x89PNG\r\n\x1a\n",
    MediaKind.WEBP: b"RIFF\x20\x00\x00\x00WEBP",
    MediaKind.PDF: b"%PDF-1.7\n",
}
PICTURES = [MediaKind.JPEG, MediaKind.PNG, MediaKind.WEBP]


def drawn(kind: MediaKind, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:
    """A picture, red on the left and blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    written = io.BytesIO()
    picture.convert(mode).save(written, format=kind.name, **options)
    return written.getvalue()


def opened(prepared: Prepared) -> Image.Image:
    return Image.open(io.BytesIO(prepared.content))


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        prepare(content)
    assert refused.value.pointer == "/content"
    return refused.value.code


def huge_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return SIGNATURES[MediaKind.PNG] + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_stays_the_picture_it_was(kind: MediaKind) -> None:
    prepared = prepare(drawn(kind))
    assert (prepared.kind, prepared.width, prepared.height) == (kind, 40, 20)
    picture = opened(prepared).convert("RGB")
    assert picture.format is None
    for place, colour in (((5, 10), RED), ((35, 10), BLUE)):
        pixel = picture.getpixel(place)
        assert isinstance(pixel, tuple)
        assert all(abs(seen - meant) < 12 for seen, meant in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", PICTURES)
def test_position_device_and_texts_are_gone(kind: MediaKind) -> None:
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>"
    exif[0x0110] = "SECRET-PHONE"
    exif.get_ifd(0x8825)[2] = (46.0, 4.0, 21.0)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "SECRET-COMMENT")
    extra: dict[str, Any] = {"pnginfo": texts} if kind is MediaKind.PNG else {}
    content = drawn(kind, exif=exif, icc_profile=b"SECRET-PROFILE" * 20, **extra)
    assert b"SECRET" in content
    prepared = prepare(content)
    assert b"SECRET" not in prepared.content
    assert b"script" not in prepared.content
    assert not opened(prepared).getexif()
    assert not opened(prepared).info.keys() & {"exif", "icc_profile", "Comment", "comment"}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_taken_sideways_is_turned_upright(kind: MediaKind) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    prepared = prepare(drawn(kind, exif=exif))
    assert (prepared.width, prepared.height) == (20, 40)
    assert opened(prepared).size == (20, 40)


@pytest.mark.parametrize("kind", PICTURES)
def test_what_is_glued_behind_a_picture_is_gone(kind: MediaKind) -> None:
    prepared = prepare(drawn(kind) + b"<html><script>alert(1)</script>PK\x03\x04")
    assert b"script" not in prepared.content


@pytest.mark.parametrize(
    ("kind", "mode", "redrawn_mode"),
    [
        (MediaKind.JPEG, "CMYK", "RGB"),
        (MediaKind.JPEG, "L", "RGB"),
        (MediaKind.PNG, "1", "RGB"),
        (MediaKind.PNG, "P", "RGB"),
        (MediaKind.PNG, "I;16", "RGB"),
        (MediaKind.PNG, "LA", "RGBA"),
        (MediaKind.PNG, "RGBA", "RGBA"),
    ],
)
def test_pictures_of_any_depth_are_redrawn(kind: MediaKind, mode: str, redrawn_mode: str) -> None:
    assert opened(prepare(drawn(kind, mode=mode))).mode == redrawn_mode


def test_transparency_survives() -> None:
    picture = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    written = io.BytesIO()
    picture.save(written, format="PNG")
    assert opened(prepare(written.getvalue())).getpixel((1, 1)) == (0, 0, 0, 0)


def test_a_small_file_with_huge_dimensions_is_refused_before_it_is_decoded() -> None:
    assert refusal(huge_png(20_000, 20_000)) == "picture_too_large"
    canvas = (16_382).to_bytes(3, "little") * 2
    webp = b"RIFF\x40\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + b"\x10\x00\x00\x00" + canvas + b"\0" * 40
    assert refusal(webp) == "picture_too_large"
    frame = bytearray(drawn(MediaKind.JPEG))
    size_at = frame.index(b"\xff\xc0") + 5
    frame[size_at : size_at + 4] = struct.pack(">HH", 60_000, 60_000)
    assert refusal(bytes(frame)) == "picture_too_large"


def test_an_animation_is_refused() -> None:
    for kind in (MediaKind.PNG, MediaKind.WEBP):
        frames = [Image.new("RGB", (4, 4), colour) for colour in (RED, BLUE)]
        written = io.BytesIO()
        frames[0].save(written, format=kind.name, save_all=True, append_images=frames[1:], duration=50)
        assert refusal(written.getvalue()) == "picture_moves"


def test_a_picture_made_to_keep_the_decoder_busy_is_refused() -> None:
    content = drawn(MediaKind.JPEG)
    scan = content.index(b"\xff\xda")
    assert refusal(content[:scan] + content[scan:-2] * (MOST_SCANS + 1)) == "picture_unreadable"


@pytest.mark.parametrize("kind", PICTURES)
def test_a_truncated_picture_is_refused(kind: MediaKind) -> None:
    content = drawn(kind, size=(200, 200))
    for length in (len(SIGNATURES[kind]), 30, len(content) // 2):
        assert refusal(content[:length]) == "picture_unreadable"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"GIF89a" + b"\0" * 50, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<!DOCTYPE html>",
        b"PK\x03\x04", b"II*\x00" + b"\0" * 50, b"BM" + b"\0" * 60, b" %PDF-1.7", b"MZ\x90", b"RIFF\0\0\0\0WAVE",
    ],
)  # fmt: skip
def test_everything_else_is_refused(content: bytes) -> None:
    assert refusal(content) == "media_kind_unknown"


def test_a_document_is_kept_as_it_is_and_must_be_whole() -> None:
    content = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    assert prepare(content) == Prepared(content=content, kind=MediaKind.PDF)
    assert refusal(content[:-8]) == "document_unreadable"


@pytest.mark.parametrize("kind", list(MediaKind))
def test_kinds_are_told_by_their_signature(kind: MediaKind) -> None:
    assert kind_of(SIGNATURES[kind] + b"anything") is kind


def outcome(content: bytes) -> MediaKind | str | None:
    """The kind of what is kept, or the place of the refusal."""
    try:
        return kind_of(prepare(content).content)
    except Invalid as refused:
        return refused.pointer


@given(st.sampled_from(PICTURES), st.binary(max_size=300))
def test_no_bytes_behind_a_signature_do_more_than_be_refused(kind: MediaKind, rest: bytes) -> None:
    assert outcome(SIGNATURES[kind] + rest) in ("/content", kind)


@given(st.sampled_from(PICTURES), st.data())
def test_no_damage_to_a_picture_does_more_than_spoil_it(kind: MediaKind, data: st.DataObject) -> None:
    content = bytearray(drawn(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(content)) in ("/content", kind)
