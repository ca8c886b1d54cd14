"""Uploads piece by piece, their end as media, and the cases that show them."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from engine.actors import Actor
from engine.errors import Invalid, InvalidState, NotFound, TooMany, Unavailable
from engine.storage.database import Database
from processes.media import (
    CaseMediaRow,
    CaseMediaTable,
    MediaFiles,
    MediaKind,
    MediaQueries,
    Upload,
    Uploads,
    Usage,
    forget_uploads,
)
from processes.media.uploads import MOST_BYTES, MOST_CHUNK_BYTES, MOST_OPEN

ADA = Actor(id="user:1", name="甲")
BOB = Actor(id="user:2", name="乙")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def photo() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((120, 80), 60).save(written, format="JPEG")
    return written.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> MediaFiles:
    return MediaFiles(tmp_path / "media")


@pytest.fixture
def uploads(database: Database, files: MediaFiles) -> Uploads:
    return Uploads(database, files)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def nothing_visible(_actor: Actor, _cases: object) -> frozenset[int]:
    return frozenset()


async def begun(uploads: Uploads, size: int, actor: Actor = ADA) -> Upload:
    return await uploads.begin(actor, name="现场.jpg", size=size, usage=Usage.REPORT)


async def sent(uploads: Uploads, content: bytes, actor: Actor = ADA) -> Upload:
    upload = await begun(uploads, len(content), actor)
    return await uploads.append(actor, upload.id, start=0, content=content)


async def stored(uploads: Uploads, actor: Actor = ADA) -> int:
    return await uploads.finish(actor, (await sent(uploads, photo(), actor)).id)


async def test_a_file_sent_in_pieces_becomes_media(uploads: Uploads, database: Database, files: MediaFiles) -> None:
    content = photo()
    upload = await begun(uploads, len(content))
    for start in range(0, len(content), 1000):
        upload = await uploads.append(ADA, upload.id, start=start, content=content[start : start + 1000])
    media = await uploads.finish(ADA, upload.id)
    entry = await MediaQueries(database, nothing_visible).find(ADA, media)
    assert (entry.kind, entry.width, entry.height) == (MediaKind.JPEG, 120, 80)
    assert (entry.usage, entry.name, entry.uploaded_by) == (Usage.REPORT, "现场.jpg", "user:1")
    kept = await files.read(entry.sha)
    assert len(kept) == entry.bytes
    assert Image.open(io.BytesIO(kept)).size == (120, 80)
    assert await database.fetchval("select count(*) from upload_chunk") == 0


async def test_finishing_again_answers_the_same_media(uploads: Uploads, database: Database) -> None:
    upload = await sent(uploads, photo())
    answers = await asyncio.gather(*(uploads.finish(ADA, upload.id) for _ in range(5)))
    assert len({*answers, await uploads.finish(ADA, upload.id)}) == 1
    assert await database.fetchval("select count(*) from media") == 1


async def test_whoever_is_overtaken_while_finishing_answers_the_same_media(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = await sent(uploads, photo())
    find, overtaking = uploads.find, []

    async def find_and_be_overtaken(actor: Actor, number: int) -> Upload:
        found = await find(actor, number)
        monkeypatch.undo()
        overtaking.append(await uploads.finish(actor, number))
        return found

    monkeypatch.setattr(uploads, "find", find_and_be_overtaken)
    assert [await uploads.finish(ADA, upload.id)] == overtaking


async def test_the_same_picture_twice_is_one_file_and_two_media(
    uploads: Uploads, database: Database, files: MediaFiles, tmp_path: Path
) -> None:
    content = photo()
    first, second = [await uploads.finish(actor, (await sent(uploads, content, actor)).id) for actor in (ADA, BOB)]
    assert first != second
    assert await database.fetchval("select count(distinct sha) from media") == 1
    assert len(files_in(tmp_path)) == 1


async def test_a_piece_out_of_place_changes_nothing_and_the_answer_says_where_to_go_on(uploads: Uploads) -> None:
    upload = await begun(uploads, 100)
    await uploads.append(ADA, upload.id, start=0, content=b"x" * 60)
    for start, length in ((0, 60), (61, 10), (60, 41)):
        with pytest.raises(InvalidState) as refused:
            await uploads.append(ADA, upload.id, start=start, content=b"x" * length)
        assert refused.value.details == {"received": 60, "bytes": 100}
    assert (await uploads.find(ADA, upload.id)).received == 60


async def test_the_same_piece_sent_many_times_at_once_is_taken_once(uploads: Uploads) -> None:
    upload = await begun(uploads, 100)

    async def send() -> bool:
        try:
            await uploads.append(ADA, upload.id, start=0, content=b"x" * 50)
        except InvalidState:
            return False
        return True

    assert sorted(await asyncio.gather(*(send() for _ in range(10)))) == [False] * 9 + [True]


async def test_an_unfinished_upload_cannot_be_finished(uploads: Uploads) -> None:
    upload = await begun(uploads, 100)
    with pytest.raises(InvalidState):
        await uploads.finish(ADA, upload.id)


@pytest.mark.parametrize("size", [0, -1, MOST_BYTES + 1])
async def test_a_file_of_no_or_too_many_bytes_is_refused(uploads: Uploads, size: int) -> None:
    with pytest.raises(Invalid):
        await begun(uploads, size)


@pytest.mark.parametrize("length", [0, MOST_CHUNK_BYTES + 1])
async def test_a_piece_of_no_or_too_many_bytes_is_refused(uploads: Uploads, length: int) -> None:
    upload = await begun(uploads, MOST_BYTES)
    with pytest.raises(Invalid):
        await uploads.append(ADA, upload.id, start=0, content=b"x" * length)


async def test_a_file_that_is_no_picture_is_refused_and_leaves_nothing(
    uploads: Uploads, database: Database, tmp_path: Path
) -> None:
    upload = await sent(uploads, b"<svg onload=alert(1)>")
    with pytest.raises(Invalid):
        await uploads.finish(ADA, upload.id)
    counts = "select (select count(*) from upload), (select count(*) from upload_chunk), (select count(*) from media)"
    left = await database.fetchrow(counts)
    assert left is not None
    assert tuple(left) == (0, 0, 0)
    assert not files_in(tmp_path)


async def test_uploads_of_others_do_not_exist(uploads: Uploads) -> None:
    upload = await begun(uploads, 10)
    with pytest.raises(NotFound):
        await uploads.append(BOB, upload.id, start=0, content=b"x")
    with pytest.raises(NotFound):
        await uploads.finish(BOB, upload.id)
    with pytest.raises(NotFound):
        await uploads.find(BOB, upload.id)


async def test_one_person_has_only_so_many_unfinished_uploads(uploads: Uploads) -> None:
    for _ in range(MOST_OPEN):
        await begun(uploads, 10)
    with pytest.raises(TooMany):
        await begun(uploads, 10)
    assert await begun(uploads, 10, BOB)


async def test_uploads_of_yesterday_are_forgotten_and_their_media_stay(uploads: Uploads, database: Database) -> None:
    media = await stored(uploads)
    await sent(uploads, b"half")
    async with database.unit_of_work() as uow:
        await uow.execute("update upload set begun_at = begun_at - interval '25 hours'")
    fresh = await begun(uploads, 10)
    async with database.unit_of_work() as uow:
        await forget_uploads(uow)
    assert [row["id"] for row in await database.fetch("select id from upload")] == [fresh.id]
    assert await database.fetchval("select count(*) from upload_chunk") == 0
    assert await database.fetchval("select id from media") == media


async def test_a_folder_that_cannot_be_written_loses_no_upload(database: Database, tmp_path: Path) -> None:
    (tmp_path / "media").write_text("in the way")
    uploads = Uploads(database, MediaFiles(tmp_path / "media"))
    upload = await sent(uploads, photo())
    with pytest.raises(Unavailable):
        await uploads.finish(ADA, upload.id)
    (tmp_path / "media").unlink()
    assert await uploads.finish(ADA, upload.id)


async def test_a_hash_that_no_file_has_is_not_found(files: MediaFiles) -> None:
    with pytest.raises(NotFound):
        await files.read(b"\0" * 32)


async def link(database: Database, tree: int, media: int, actor: Actor) -> None:
    table = CaseMediaTable()
    arrays = table.arrays([(media, CaseMediaRow(linked_by=actor.id, linked_at=NOON))])
    await database.fetchrow("select write_case_media($1, $2, $3, $4)", tree, *arrays)


async def test_a_case_shows_only_what_its_actor_uploaded(uploads: Uploads, database: Database) -> None:
    media = await stored(uploads)
    for named in (media, media + 1):
        with pytest.raises(InvalidState) as refused:
            await link(database, 1, named, BOB)
        assert refused.value.code == "reference_broken"
        assert refused.value.details == {"constraint": "case_media_linked_by_its_uploader"}
    await link(database, 1, media, ADA)
    assert await database.fetchval("select count(*) from case_media") == 1


async def test_others_may_name_what_the_case_shows_already(uploads: Uploads, database: Database) -> None:
    media = await stored(uploads)
    await link(database, 1, media, ADA)
    await link(database, 1, media, BOB)
    row = await database.fetchrow("select linked_by, linked_at from case_media")
    assert row is not None
    assert tuple(row) == ("user:1", NOON)
    with pytest.raises(InvalidState):
        await link(database, 2, media, BOB)


async def test_media_are_seen_by_their_uploader_and_by_who_sees_the_case(uploads: Uploads, database: Database) -> None:
    media = await stored(uploads)
    await link(database, 5, media, ADA)

    async def bob_sees_case_five(actor: Actor, cases: object) -> frozenset[int]:
        return frozenset({5}) & frozenset(cases) if actor == BOB else frozenset()  # type: ignore[call-overload]

    queries = MediaQueries(database, bob_sees_case_five)
    stranger = Actor(id="user:3", name="丙")
    assert (await queries.find(ADA, media)).id == (await queries.find(BOB, media)).id == media
    assert [entry.id for entry in await queries.of_case(BOB, 5)] == [media]
    for actor, wanted in ((stranger, media), (ADA, media + 1)):
        with pytest.raises(NotFound):
            await queries.find(actor, wanted)
    for actor, case in ((stranger, 5), (BOB, 6)):
        with pytest.raises(NotFound):
            await queries.of_case(actor, case)
