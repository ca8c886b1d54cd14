"""Files come in piece by piece, so that a broken line costs one piece and not the whole file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from engine.actors import Actor
from engine.errors import Invalid, InvalidState, NotFound, TooMany
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork
from processes.media.files import MediaFiles
from processes.media.names import shown_name
from processes.media.preparing import Preparation, Prepared

MOST_BYTES = 20 * 2**20
#: Of one piece.
MOST_CHUNK_BYTES = 4 * 2**20
#: Unfinished uploads of one person.
MOST_OPEN = 20
FORGOTTEN_AFTER = timedelta(days=1)


class Usage(StrEnum):
    """What a photo or attachment shows."""

    REPORT = "report"
    CONFIRMATION = "confirmation"
    BEFORE = "before"
    AFTER = "after"
    VERIFICATION = "verification"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file on its way in."""

    id: int
    name: str
    usage: Usage
    #: What the sender said the file has.
    bytes: int
    #: What has come so far: the next piece starts here.
    received: int
    #: Id of the finished media, ``None`` until then.
    media: int | None


_COLUMNS = "id, name, usage, bytes, received, media"
_BEGIN = f"""
insert into upload (owner, name, usage, bytes)
select $1, $2, $3, $4 where (select count(*) from upload where owner = $1 and media is null) < $5
returning {_COLUMNS}
"""  # noqa: S608 - constants of this module
_FIND = f"select {_COLUMNS} from upload where id = $1 and owner = $2"  # noqa: S608 - constants of this module
_APPEND = f"""
update upload set received = received + $4
where id = $1 and owner = $2 and received = $3 and media is null and received + $4 <= bytes
returning {_COLUMNS}
"""  # noqa: S608 - constants of this module
_KEEP_CHUNK = "insert into upload_chunk (upload, start, content) values ($1, $2, $3)"
# In one statement, because the pieces go when the media comes.
_CONTENT = """
select media, array(select content from upload_chunk where upload = $1 order by start) as pieces
from upload where id = $1 and owner = $2
"""
_ENTER = """
insert into media (sha, type, bytes, width, height, usage, name, uploaded_by)
select $2, $3, $4, $5, $6, usage, name, owner from upload where id = $1
returning id
"""
_FINISH = "update upload set media = $2 where id = $1"


class Uploads:
    """Takes files in; everyone sees and continues only uploads of his own."""

    def __init__(self, database: Database, files: MediaFiles) -> None:
        self._database = database
        self._files = files
        self._preparation = Preparation()

    async def begin(self, actor: Actor, *, name: str, size: int, usage: Usage) -> Upload:
        """A new upload of ``size`` bytes. Raises ``Invalid`` for the size, ``TooMany`` for too many unfinished."""
        if not 0 < size <= MOST_BYTES:
            raise Invalid(
                "media_too_large",
                f"文件应为 1 字节到 {MOST_BYTES // 2**20} MiB",
                f"Expected a file of 1 byte to {MOST_BYTES // 2**20} MiB",
                pointer="/bytes",
            )
        async with self._database.unit_of_work() as uow:
            row = await uow.fetchrow(_BEGIN, actor.id, shown_name(name), usage.value, size, MOST_OPEN)
        if row is None:
            raise TooMany(
                "uploads_unfinished",
                f"未完成的上传不能超过 {MOST_OPEN} 个",
                f"Expected at most {MOST_OPEN} unfinished uploads",
            )
        return _upload(row)

    async def find(self, actor: Actor, upload: int) -> Upload:
        """An upload of the actor. Raises ``NotFound``."""
        row = await self._database.fetchrow(_FIND, upload, actor.id)
        if row is None:
            raise _unknown()
        return _upload(row)

    async def append(self, actor: Actor, upload: int, *, start: int, content: bytes) -> Upload:
        """Take the piece that begins at ``start``. Raises ``InvalidState`` saying how much was received already."""
        if not 0 < len(content) <= MOST_CHUNK_BYTES:
            raise Invalid(
                "chunk_too_large",
                f"分片应为 1 字节到 {MOST_CHUNK_BYTES // 2**20} MiB",
                f"Expected a piece of 1 byte to {MOST_CHUNK_BYTES // 2**20} MiB",
            )
        async with self._database.unit_of_work() as uow:
            row = await uow.fetchrow(_APPEND, upload, actor.id, start, len(content))
            if row is not None:
                await uow.execute(_KEEP_CHUNK, upload, start, content)
                return _upload(row)
        found = await self.find(actor, upload)
        raise InvalidState(
            "chunk_out_of_place",
            f"分片位置或长度不符：已收到 {found.received} / {found.bytes} 字节",
            f"Expected the piece that begins at byte {found.received} of {found.bytes} and ends within the file",
            details={"received": found.received, "bytes": found.bytes},
        )

    async def finish(self, actor: Actor, upload: int) -> int:
        """Judge and keep the whole file; the id of the media, the same when asked again. Raises ``Invalid``."""
        found = await self.find(actor, upload)
        if found.media is not None:
            return found.media
        if found.received < found.bytes:
            raise InvalidState(
                "upload_unfinished",
                f"文件尚未传完：已收到 {found.received} / {found.bytes} 字节",
                f"Expected {found.bytes} bytes, but only {found.received} have come",
                details={"received": found.received, "bytes": found.bytes},
            )
        row = await self._database.fetchrow(_CONTENT, upload, actor.id)
        if row is None:
            raise _unknown()
        if row["media"] is not None:
            return int(row["media"])
        prepared = await self._prepared(upload, b"".join(row["pieces"]))
        sha = await self._files.keep(prepared.content)
        return await self._enter(upload, sha, prepared)

    async def _prepared(self, upload: int, content: bytes) -> Prepared:
        try:
            return await self._preparation.prepare(content)
        except Invalid:
            async with self._database.unit_of_work() as uow:
                await uow.execute("delete from upload where id = $1 and media is null", upload)
            raise

    async def _enter(self, upload: int, sha: bytes, prepared: Prepared) -> int:
        async with self._database.unit_of_work() as uow:
            # Whoever finished first has decided the id.
            entered: int | None = await uow.fetchval("select media from upload where id = $1 for update", upload)
            if entered is not None:
                return entered
            kind, size = prepared.kind.value, len(prepared.content)
            media: int = await uow.fetchval(_ENTER, upload, sha, kind, size, prepared.width, prepared.height)
            await uow.execute(_FINISH, upload, media)
            await uow.execute("delete from upload_chunk where upload = $1", upload)
            return media


async def forget_uploads(uow: UnitOfWork) -> None:
    """Delete uploads begun a day ago, finished or not; finished media stay."""
    await uow.execute("delete from upload where begun_at < clock_timestamp() - $1::interval", FORGOTTEN_AFTER)


def _unknown() -> NotFound:
    return NotFound("upload_unknown", "没有这个上传", "There is no such upload of yours")


def _upload(row: Any) -> Upload:
    return Upload(**{**row, "usage": Usage(row["usage"])})
