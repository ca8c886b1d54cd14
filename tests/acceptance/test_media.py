"""Photos: sent in pieces, judged by their bytes, seen with the case that shows them."""

from __future__ import annotations

import pytest

from tests.acceptance.city import City, Client, picture

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def begun(person: Client, size: int, name: str = "现场.png") -> int:
    answer = await person.post("/media", {"name": name, "bytes": size, "usage": "report"})
    assert answer.status == 201, answer
    return int(answer.body["id"])


async def piece(person: Client, upload: int, start: int, content: bytes) -> tuple[int, int]:
    headers = {"upload_offset": str(start), "content_type": "application/octet-stream"}
    answer = await person.send("PATCH", f"/media/uploads/{upload}", content, **headers)
    return answer.status, answer.body["received"]


async def test_a_broken_line_costs_one_piece(city: City) -> None:
    inspector, content = await city.person("inspector"), picture()
    upload = await begun(inspector, len(content))
    assert await piece(inspector, upload, 0, content[:10]) == (200, 10)
    assert await piece(inspector, upload, 0, content[:10]) == (409, 10)
    assert (await inspector.post(f"/media/uploads/{upload}/finish")).status == 409
    assert (await inspector.get(f"/media/uploads/{upload}")).body["received"] == 10
    assert await piece(inspector, upload, 10, content[10:]) == (200, len(content))
    first = await inspector.post(f"/media/uploads/{upload}/finish")
    again = await inspector.post(f"/media/uploads/{upload}/finish")
    assert (first.status, first.body) == (200, again.body)
    assert (first.body["type"], first.body["width"], first.body["height"]) == ("image/png", 4, 3)


async def test_a_photo_is_seen_with_its_case(city: City) -> None:
    inspector, leader, clerk = [await city.person(name) for name in ("inspector", "leader", "clerk")]
    media = await city.photo(inspector)
    assert (await leader.get(f"/media/{media}")).status == 404
    case = (await city.report(media=[media]))["case"]
    shown = await leader.get(f"/media/{media}")
    assert (shown.status, shown.headers["content-type"]) == (200, "image/png")
    assert shown.headers["content-disposition"].startswith("attachment")
    assert (await leader.get(f"/cases/{case}/media")).body["items"][0]["id"] == media
    assert (await clerk.get(f"/media/{media}")).status == 404


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)/>", b"GIF89a" + b"\0" * 50, b"\xff\xd8\xff" + b"\0" * 50, b"MZ" + b"\0" * 50]
)
async def test_what_is_no_picture_by_its_bytes_is_refused(city: City, content: bytes) -> None:
    inspector = await city.person("inspector")
    upload = await begun(inspector, len(content), name="photo.jpg")
    await piece(inspector, upload, 0, content)
    assert (await inspector.post(f"/media/uploads/{upload}/finish")).status == 422


async def test_uploads_of_others_do_not_exist(city: City) -> None:
    upload = await begun(await city.person("inspector"), 10)
    acceptor = await city.person("acceptor")
    assert (await acceptor.get(f"/media/uploads/{upload}")).status == 404
    assert (await acceptor.post(f"/media/uploads/{upload}/finish")).status == 404


@pytest.mark.parametrize("offset", [None, "-1", "x", "1e3", "９"])
async def test_a_piece_says_where_it_begins(city: City, offset: str | None) -> None:
    inspector = await city.person("inspector")
    upload = await begun(inspector, 10)
    headers = {"content_type": "application/octet-stream", **({"upload_offset": offset} if offset else {})}
    answer = await inspector.send("PATCH", f"/media/uploads/{upload}", b"x", **headers)
    assert (answer.status, answer.code) == (400, "upload_offset_missing")


async def test_a_file_beyond_the_limit_is_not_begun(city: City) -> None:
    inspector = await city.person("inspector")
    answer = await inspector.post("/media", {"name": "x", "bytes": 10**9, "usage": "report"})
    assert (answer.status, answer.body["pointer"]) == (422, "/bytes")
