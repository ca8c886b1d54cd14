"""The built pages as browsers get them: fresh pages, unchanging assets, nothing outside of the folder."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from api import Surface
from tests.unit.api.stand_in import StandIn
from tests.web_server import serving

BROWSER = {"accept": "text/html,application/xhtml+xml", "accept-encoding": "identity"}
SCRIPT = b"console.log('desk')"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A front end of a few bytes; a secret lies beside it."""
    (tmp_path / "secret.js").write_text("secret")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>desk</title>")
    (folder / "field.html").write_text("<title>field</title>")
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "_desk-1a2b.js").write_bytes(SCRIPT)
    (folder / "assets" / "_desk-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    return folder


@pytest.fixture
async def client(house: StandIn, built: Path) -> AsyncIterator[aiohttp.ClientSession]:
    house.pages = built
    async with serving(house) as address, aiohttp.ClientSession(address, auto_decompress=False) as session:
        yield session


@pytest.mark.parametrize("address", ["/", "/inbox", "/cases/64?tab=history"])
async def test_every_page_of_the_desk_is_the_same_document(client: aiohttp.ClientSession, address: str) -> None:
    answer = await client.get(address, headers=BROWSER)
    assert (answer.status, await answer.text()) == (200, "<title>desk</title>")
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy


async def test_the_front_door_opens_to_who_takes_anything(client: aiohttp.ClientSession) -> None:
    assert await (await client.get("/", headers={"accept": "*/*"})).text() == "<title>desk</title>"
    assert (await client.get("/inbox", headers={"accept": "*/*"})).status == 404


async def test_the_field_has_a_document_of_its_own(client: aiohttp.ClientSession) -> None:
    assert await (await client.get("/field/tasks", headers=BROWSER)).text() == "<title>field</title>"


async def test_a_rebuild_is_seen_at_once(client: aiohttp.ClientSession, built: Path) -> None:
    await client.get("/", headers=BROWSER)
    (built / "index.html").write_text("<title>new</title>")
    assert await (await client.get("/", headers=BROWSER)).text() == "<title>new</title>"


async def test_an_asset_never_changes_and_comes_packed(client: aiohttp.ClientSession) -> None:
    plain = await client.get("/assets/_desk-1a2b.js", headers={"accept-encoding": "identity"})
    assert (await plain.read(), plain.headers["cache-control"]) == (SCRIPT, "public, max-age=31536000, immutable")
    packed = await client.get("/assets/_desk-1a2b.js", headers={"accept-encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "accept-encoding"
    assert gzip.decompress(await packed.read()) == SCRIPT
    refused = await client.get("/assets/_desk-1a2b.js", headers={"accept-encoding": "br;q=0, gzip;q=0"})
    assert ("content-encoding" not in refused.headers, await refused.read()) == (True, SCRIPT)


async def test_a_file_with_a_fixed_name_is_asked_for_anew(client: aiohttp.ClientSession) -> None:
    answer = await client.get("/icon.svg")
    assert (answer.content_type, answer.headers["cache-control"]) == ("image/svg+xml", "no-cache")
    assert (await client.get("/field-worker.js")).status == 404


@pytest.mark.parametrize("name", ["..%2Fsecret.js", "..%2F..%2Fsecret.js", "none.js", "_desk-1a2b.js%00"])
async def test_nothing_else_is_handed_out(client: aiohttp.ClientSession, name: str) -> None:
    answer = await client.get(f"/assets/{name}", headers=BROWSER)
    assert answer.status in (400, 404)
    assert b"secret" not in await answer.read()


async def test_programs_are_told_of_wrong_addresses_as_before(client: aiohttp.ClientSession) -> None:
    for answer in (
        await client.get("/inbox", headers={"accept": "application/json"}),
        await client.get("/api/v1/none", headers=BROWSER),
        await client.post("/inbox", headers=BROWSER),
    ):
        assert answer.status in (404, 405)
        assert answer.content_type == "application/problem+json"


async def test_without_a_build_the_page_says_so(house: StandIn) -> None:
    async with serving(house) as address, aiohttp.ClientSession(address) as session:
        answer = await session.get("/", headers=BROWSER)
        text = await answer.text()
        assert answer.status == 200
        assert "make run" in text
        assert "网页尚未构建" in text


async def test_strangers_zones_have_no_pages(house: StandIn, built: Path) -> None:
    house.pages = built
    async with serving(house, Surface.PUBLIC) as address, aiohttp.ClientSession(address) as session:
        assert (await session.get("/", headers=BROWSER)).status == 404
