"""Media: photos and attachments, sent piece by piece, so that a broken line costs one piece and not the file.

    POST /media                        begin: name, size, usage → upload
    PATCH /media/uploads/{upload}      the piece that begins at ``Upload-Offset``
    POST /media/uploads/{upload}/finish   judged, redrawn, kept → media

Each step may be repeated: a piece at a place that has been received is answered with how far the file has come, and
finishing answers the same media again; so none of them takes an ``Idempotency-Key``. What is begun and not finished is
forgotten after a day.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.errors import Malformed
from processes.access import Permission
from processes.media import MediaEntry, Usage

LARGEST_PIECE = 4 << 20
LONGEST_NAME = 500
OFFSET = "upload-offset"
PIECE_TYPE = "application/octet-stream"


class UploadBegun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that is about to come."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    #: Size of the whole file.
    bytes: Annotated[int, msgspec.Meta(ge=1)]
    usage: Usage


class UploadShown(msgspec.Struct, frozen=True, kw_only=True):
    """A file on its way in."""

    id: int
    name: str
    usage: Usage
    bytes: int
    #: What has come so far: the next piece begins here.
    received: int
    #: Id of the finished media; ``null`` until then.
    media: int | None


class Media(msgspec.Struct, frozen=True, kw_only=True):
    """A photo or attachment."""

    id: int
    #: Of the bytes as they are kept, in hex.
    sha256: str
    #: Content type.
    type: str
    bytes: int
    #: Pixels, of pictures only.
    width: int | None
    height: int | None
    usage: Usage
    name: str
    uploaded_by: str
    uploaded_at: datetime


def media_shown(entry: MediaEntry) -> Media:
    """Media as answers show them."""
    media: Media = shown(entry, Media, sha256=entry.sha.hex(), type=entry.kind.value)
    return media


async def begin_upload(call: Call[Nothing, UploadBegun]) -> Reply:
    """Announce a file."""
    body = call.body
    upload = await call.platform.uploads.begin(call.signed_in.actor, name=body.name, size=body.bytes, usage=body.usage)
    return answered(shown(upload, UploadShown), status=201)


async def get_upload(call: Call[Nothing, None]) -> Reply:
    """Answer how far a file has come."""
    upload = await call.platform.uploads.find(call.signed_in.actor, call.path["upload"])
    return answered(shown(upload, UploadShown))


async def append_upload(call: Call[Nothing, bytes]) -> Reply:
    """Take a piece."""
    start = _offset(call.headers.get(OFFSET))
    upload = await call.platform.uploads.append(
        call.signed_in.actor, call.path["upload"], start=start, content=call.body
    )
    return answered(shown(upload, UploadShown))


async def finish_upload(call: Call[Nothing, Nothing]) -> Reply:
    """Judge and keep the whole file."""
    actor = call.signed_in.actor
    media = await call.platform.uploads.finish(actor, call.path["upload"])
    return answered(media_shown(await call.platform.media.find(actor, media)))


async def get_media(call: Call[Nothing, None]) -> Reply:
    """Answer the file; never shown inline, whatever it is."""
    entry = await call.platform.media.find(call.signed_in.actor, call.path["media"])
    content = await call.platform.media_files.read(entry.sha)
    headers = {
        "content-disposition": f'attachment; filename="{entry.id}.{entry.kind.name.lower()}"',
        "etag": f'"{entry.sha.hex()}"',
        # The bytes under an id never change; who may see them may, so only the browser keeps them, and not for long.
        "cache-control": "private, max-age=300",
    }
    return Reply(body=content, content_type=entry.kind.value, headers=headers)


def _offset(text: str | None) -> int:
    if text is None or not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII):
        raise Malformed(
            "upload_offset_missing",
            "缺少或无法读取 Upload-Offset 请求头",
            "The header Upload-Offset is missing or not a whole number",
        )
    return int(text)


def _route(method: str, path: str, handler: Any, words: tuple[str, str], **more: Any) -> Route:
    return Route(
        method=method,
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        answer=UploadShown,
        permission=Permission.MEDIA_UPLOAD,
        **more,
    )


RESOURCE = Resource(
    name="media",
    title_zh="照片和附件",
    title_en="Photos and attachments",
    routes=(
        _route(
            "POST",
            "/media",
            begin_upload,
            ("开始上传", "Announce a file"),
            status=201,
            body=UploadBegun,
            refusals=("too_many",),
        ),
        _route("GET", "/media/uploads/{upload}", get_upload, ("上传进度", "How far a file has come")),
        _route(
            "PATCH",
            "/media/uploads/{upload}",
            append_upload,
            ("上传一个分片", "Send a piece"),
            body_types=(PIECE_TYPE,),
            body_limit=LARGEST_PIECE,
            headers={OFFSET: "Byte of the file at which the piece begins."},
            refusals=("invalid",),
        ),
        Route(
            method="POST",
            path="/media/uploads/{upload}/finish",
            handler=finish_upload,
            summary_zh="完成上传",
            summary_en="Keep the whole file",
            body=Nothing,
            answer=Media,
            permission=Permission.MEDIA_UPLOAD,
        ),
        Route(
            method="GET",
            path="/media/{media}",
            handler=get_media,
            summary_zh="下载照片或附件",
            summary_en="A photo or attachment",
            answer_type="*/*",
        ),
    ),
)
