"""Programs come in with keys: a token, or a signature for each request, and no more than the key's scopes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from processes.access import SignedRequest, signature_of
from tests.acceptance.city import REPORT, City, new_key

pytestmark = pytest.mark.asyncio(loop_scope="module")

INSPECTOR = {"name": "社区上报接口", "username": "inspector", "scopes": ["case.report", "media.upload"]}


async def made(city: City, **changes: Any) -> tuple[str, str]:
    """Name and token of a new key."""
    key = f"k{uuid4().hex[:12]}"
    answer = await (await city.person("admin")).post("/api-keys", {"key": key, **INSPECTOR, **changes})
    assert answer.status == 201, answer
    return key, answer.body["token"]


@asynccontextmanager
async def program(city: City, token: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(city.address, headers={"authorization": f"Bearer {token}"}) as session:
        yield session


async def report(session: aiohttp.ClientSession) -> int:
    return (await session.post("/api/v1/cases", json=REPORT, headers=new_key())).status


async def test_a_program_does_what_its_scopes_say_and_nothing_else(city: City) -> None:
    _, token = await made(city)
    async with program(city, token) as session:
        me = await (await session.get("/api/v1/me")).json()
        assert (me["username"], me["permissions"]) == ("inspector", ["case.report", "media.upload"])
        assert await report(session) == 201
    case = (await city.report())["opened"][0]["id"]
    _, seat = await made(city, username="acceptor", scopes=["case.report"])
    async with program(city, seat) as session:
        claimed = await session.post(f"/api/v1/tasks/{case}/claim", headers=new_key(), json={})
        assert claimed.status == 403


async def test_a_key_that_may_not_see_every_case_does_not(city: City) -> None:
    case = (await city.report())["case"]
    _, token = await made(city, username="leader", scopes=["supervision.read"])
    async with program(city, token) as session:
        assert (await session.get(f"/api/v1/cases/{case}")).status == 404


async def test_a_rotated_key_works_on_beside_the_new_one_until_the_overlap_ends(city: City) -> None:
    admin = await city.person("admin")
    key, first = await made(city)
    second = (await admin.post(f"/api-keys/{key}/rotate", {})).body["token"]
    for token in (first, second):
        async with program(city, token) as session:
            assert await report(session) == 201
    third = (await admin.post(f"/api-keys/{key}/rotate", {"overlap_hours": 0})).body["token"]
    for token, status in ((first, 401), (second, 401), (third, 201)):
        async with program(city, token) as session:
            assert await report(session) == status


async def test_a_revoked_key_and_a_guessed_one_let_nobody_in(city: City) -> None:
    key, token = await made(city)
    assert (await (await city.person("admin")).send("DELETE", f"/api-keys/{key}")).status == 204
    for wrong in (token, token[:-1], f"gk_{key}_", "gk_none_x", "gk__", f"gk_{'é' * 5}_x"):
        async with program(city, wrong.encode("utf-8", "ignore").decode("latin-1")) as session:
            assert await report(session) == 401
    again = await (await city.person("admin")).post(f"/api-keys/{key}/rotate", {})
    assert again.status == 404


async def test_the_secret_is_in_no_table(city: City) -> None:
    _, token = await made(city)
    secret = token.rpartition("_")[2] if token.count("_") == 2 else token.split("_", 2)[2]
    tables = await city.platform.database.fetch(
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    )
    for table in tables:
        rows = await city.platform.database.fetch(f'select t::text from "{table["relname"]}" t')  # noqa: S608 - of the catalogue
        assert not any(secret in row[0] for row in rows), table["relname"]


async def test_keys_are_lines_of_the_security_chain(city: City) -> None:
    key, _ = await made(city)
    admin = await city.person("admin")
    await admin.post(f"/api-keys/{key}/rotate", {})
    await admin.send("DELETE", f"/api-keys/{key}")
    lines = await city.platform.database.fetch(
        "select type from security_event where payload like '%' || $1 || '%' order by seq", key
    )
    assert [line["type"] for line in lines] == ["api_key_made", "api_key_rotated", "api_key_revoked"]
    shown = [item for item in (await admin.get("/api-keys", limit=200)).body["items"] if item["key"] == key]
    assert shown[0]["revoked_at"]


class Signed:
    """A program that signs."""

    def __init__(self, city: City, key: str, token: str) -> None:
        self.key, self.secret = key, token.removeprefix(f"gk_{key}_")
        self.city = city

    async def send(self, body: bytes, *, age: int = 0, sent: bytes | None = None, idempotency: str = "") -> int:
        """The status of a report that was signed some seconds ago; ``sent`` is the body that goes out instead."""
        idempotency = idempotency or uuid4().hex
        now = await self.city.platform.database.fetchval("select extract(epoch from clock_timestamp())::bigint")
        digest = hashlib.sha256(body).hexdigest()
        request = SignedRequest(
            key=self.key,
            method="POST",
            target="/api/v1/cases",
            moment=now - age,
            idempotency_key=idempotency,
            digest=digest,
            signature="",
        )
        signature = signature_of(self.secret, request)
        headers = {
            "authorization": f"Guiliu-HMAC-SHA256 key={self.key}, moment={now - age}, signature={signature}",
            "x-content-sha256": digest,
            "idempotency-key": idempotency,
            "content-type": "application/json",
        }
        async with aiohttp.ClientSession(self.city.address) as session:
            return (await session.post("/api/v1/cases", data=sent or body, headers=headers)).status


async def test_a_signed_request_is_taken_as_it_was_signed_and_not_otherwise(city: City) -> None:
    signed = Signed(city, *await made(city))
    body = json.dumps(REPORT).encode()
    assert await signed.send(body) == 201
    assert await signed.send(body, age=400) == 401
    assert await signed.send(body, age=-400) == 401
    assert await signed.send(body, sent=body.replace(b"cgcs2000", b"CGCS2000") + b" ") == 400
    signed.secret = "another"
    assert await signed.send(body) == 401


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"username": "nobody"}, "/username"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["all"]}, "/scopes/0"),
        ({"days": 0}, "/days"),
        ({"name": " "}, "/name"),
        ({"key": "Key"}, "/key"),
    ],
)
async def test_an_unfit_key_is_refused_where_it_is_unfit(city: City, changes: dict[str, Any], pointer: str) -> None:
    answer = await (await city.person("admin")).post("/api-keys", {"key": "unfit", **INSPECTOR, **changes})
    assert (answer.status in (404, 422), answer.body.get("pointer")) == (True, pointer)


async def test_only_who_manages_access_makes_keys(city: City) -> None:
    answer = await (await city.person("inspector")).post("/api-keys", {"key": "mine", **INSPECTOR})
    assert answer.status == 403
