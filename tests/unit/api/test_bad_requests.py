"""Requests that are wrong in themselves: refused with their place, and nobody below ever hears of them."""

from __future__ import annotations

import asyncio
import gzip
from urllib.parse import urlsplit

import aiohttp
import pytest
from yarl import URL

from tests.unit.api.stand_in import StandIn

COMPLETE = "/api/v1/tasks/12.3/complete"
ASSIGN = "/api/v1/tasks/12.3/assign"
HEADERS = {"idempotency-key": "k", "content-type": "application/json"}


async def posted(acceptor: aiohttp.ClientSession, body: bytes, path: str = COMPLETE) -> tuple[int, str, str | None]:
    answer = await acceptor.post(path, data=body, headers=HEADERS)
    problem = await answer.json()
    return answer.status, problem["code"], problem.get("pointer")


@pytest.fixture(autouse=True)
def nothing_reaches_the_bus(house: StandIn) -> object:
    yield
    assert house.bus.commands == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb'{"data": {"a": "x\u0000y"}}', (422, "unusable_character", "/data/a")),
        (rb'{"data": {}, "comment": "\ud800"}', (422, "unusable_character", "/comment")),
        (b'{"data": {"a": NaN}}', (422, "unusable_number", "/data/a")),
        (b'{"data": {"a": [1e400]}}', (422, "unusable_number", "/data/a/0")),
        (b'{"data": {"a": 9223372036854775808}}', (422, "unusable_number", "/data/a")),
        (b'{"data": {"a": ' + b"9" * 5000 + b"}}", (422, "unusable_number", "/data/a")),
        (b'{"data": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}", (400, "too_deep", None)),
        (b'{"data": {}, "data": {"a": 1}}', (400, "double_key", None)),
        (b'{"data": {"a": 1}', (400, "not_json", None)),
        (b"", (422, "missing_field", "/data")),
        (b"[]", (422, "wrong_type", "")),
        (b"null", (422, "wrong_type", "")),
        (b'{"data": []}', (422, "wrong_type", "/data")),
        (b'{"data": {}, "comment": 1}', (422, "wrong_type", "/comment")),
        (b'{"data": {}, "comment": null}', (422, "wrong_type", "/comment")),
        (b'{"comment": ""}', (422, "missing_field", "/data")),
        (b'{"data": {}, "comment": "' + b"x" * 2001 + b'"}', (422, "out_of_bounds", "/comment")),
        (b'{"data": {}, "assignee": "user:2"}', (422, "unknown_field", "/assignee")),
        (b'{"data": {}, "state": "completed"}', (422, "unknown_field", "/state")),
        (b'{"data": {}, "actor": "user:2"}', (422, "unknown_field", "/actor")),
        ('{"data": {"a": "ü"}}'.encode("latin-1"), (400, "not_utf8", None)),
    ],
)
async def test_a_body_that_cannot_be_taken_is_refused_at_its_place(
    acceptor: aiohttp.ClientSession, body: bytes, expected: tuple[int, str, str | None]
) -> None:
    assert await posted(acceptor, body) == expected


async def test_an_empty_assignee_is_out_of_bounds(acceptor: aiohttp.ClientSession) -> None:
    assert await posted(acceptor, b'{"assignee": ""}', ASSIGN) == (422, "out_of_bounds", "/assignee")


async def test_the_words_are_there_in_both_languages(acceptor: aiohttp.ClientSession) -> None:
    answer = await acceptor.post(COMPLETE, data=b'{"data": 1}', headers=HEADERS)
    problem = await answer.json()
    assert problem["message_zh"] == "应为对象，实际是整数"
    assert problem["message_en"] == "Expected `object`, got `int`"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "multipart/form-data", "application/json; charset=gbk"]
)
async def test_another_content_type_is_not_spoken(acceptor: aiohttp.ClientSession, content_type: str) -> None:
    answer = await acceptor.post(COMPLETE, data=b'{"data": {}}', headers={**HEADERS, "content-type": content_type})
    assert (answer.status, (await answer.json())["code"]) == (415, "content_type_unsupported")


async def test_a_compressed_body_is_not_unfolded(acceptor: aiohttp.ClientSession) -> None:
    bomb = gzip.compress(b" " * 1_000_000)
    answer = await acceptor.post(COMPLETE, data=bomb, headers={**HEADERS, "content-encoding": "gzip"})
    assert (answer.status, (await answer.json())["code"]) == (415, "content_encoding_unsupported")


async def test_a_body_beyond_the_limit_is_refused_before_it_is_read(acceptor: aiohttp.ClientSession) -> None:
    head = f"POST {COMPLETE} HTTP/1.1\r\nHost: x\r\nContent-Length: {(1 << 20) + 1}\r\n\r\n{{".encode()
    answer = await raw(acceptor, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"code":"too_large"' in answer


@pytest.mark.parametrize("key", ["", "a b", "x" * 201])
async def test_an_unreadable_key_is_refused(acceptor: aiohttp.ClientSession, key: str) -> None:
    answer = await acceptor.post(COMPLETE, json={"data": {}}, headers={"idempotency-key": key})
    assert answer.status == 400


@pytest.mark.parametrize("version", ["*", "7", "W/7", '"7", "8"', '"seven"'])
async def test_an_unreadable_version_is_refused(acceptor: aiohttp.ClientSession, version: str) -> None:
    answer = await acceptor.post(COMPLETE, json={"data": {}}, headers={**HEADERS, "if-match": version})
    assert (answer.status, (await answer.json())["code"]) == (400, "if_match_unreadable")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/tasks/0.1/claim",
        "/api/v1/tasks/-1.1/claim",
        "/api/v1/tasks/1.0/claim",
        "/api/v1/tasks/9223372036854775808.1/claim",
        "/api/v1/tasks/1.2147483648/claim",
        "/api/v1/tasks/1/claim",
        "/api/v1/tasks/%31.1/claim",
        "/api/v1/tasks/%EF%BC%91.1/claim",
        "/api/v1/tasks/1.1%00/claim",
        "/api/v1/tasks/urn:1.1/claim",
        "/api/v1/tasks/{1.1}/claim",
        "/api/v1/tasks/1.1;x/claim",
        "/api/v1/tasks/1.1/claim/",
        "/api/v1/tasks/1.1/claim.",
        "/api/v1/tasks/1.1/claim%20",
        "/api/v1/tasks/1.1/Claim",
        "/API/v1/tasks/1.1/claim",
        "//api/v1/tasks/1.1/claim",
        "/api/v1//tasks/1.1/claim",
        "/api/v1/./tasks/1.1/claim",
        "/api/v1/me/../tasks/1.1/claim",
        "/api/v1/me/..%2ftasks/1.1/claim",
        "/api/v1/%252e%252e/tasks/1.1/claim",
        "/api/v1/tasks\\1.1/claim",
    ],
)
async def test_no_trick_of_the_path_reaches_a_task(acceptor: aiohttp.ClientSession, path: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nConnection: close\r\n"
    answer = await raw(acceptor, f"{head}Authorization: {acceptor.headers['authorization']}\r\n\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 404 "))
    assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=1000000000", 422),
        ("limit=0", 422),
        ("limit=-1", 422),
        ("limit=ten", 422),
        ("limit=1&limit=2", 422),
        ("sort=password", 422),
        ("cursor=tampered", 422),
        ("cursor=" + "A" * 900, 422),
        ("group=a%00b", 422),
        ("group=%ff", 400),
        ("&".join(f"p{n}=1" for n in range(50)), 400),
    ],
)
async def test_a_query_that_cannot_be_taken_is_refused(
    acceptor: aiohttp.ClientSession, query: str, status: int
) -> None:
    answer = await acceptor.get(URL(f"/api/v1/tasks?{query}", encoded=True))
    assert answer.status == status
    assert answer.content_type == "application/problem+json"


async def raw(acceptor: aiohttp.ClientSession, request: bytes) -> bytes:
    """What the server answers to these bytes before it closes the connection."""
    address = urlsplit(str(acceptor._base_url))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(request)
        async with asyncio.timeout(60):
            return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


BODY = b'{"data":{}}'


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 11\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 11\r\nContent-Length: 12\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: +11\r\n",
        b"Content-Length: 1_1\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"no colon here\r\n",
    ],
)
async def test_a_request_with_two_readings_is_refused_and_the_connection_closed(
    acceptor: aiohttp.ClientSession, headers: bytes
) -> None:
    request = b"POST %b HTTP/1.1\r\nHost: x\r\n%b\r\n%b" % (COMPLETE.encode(), headers, BODY)
    answer = await raw(acceptor, request)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert b"application/problem+json" in answer


@pytest.mark.parametrize("request_line", [b"GARBAGE", b"GET /healthz", b"GET /healthz HTTP/9.9", b"GET /\xff HTTP/1.1"])
async def test_garbage_is_a_bad_request(acceptor: aiohttp.ClientSession, request_line: bytes) -> None:
    assert (await raw(acceptor, request_line + b"\r\nHost: x\r\n\r\n")).startswith(b"HTTP/1.1 400 ")


async def test_a_flood_of_headers_is_too_large_and_others_are_served(acceptor: aiohttp.ClientSession) -> None:
    flood = b"GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: " + b"a" * 20_000 + b"\r\n\r\n"
    assert (await raw(acceptor, flood)).startswith(b"HTTP/1.1 413 ")
    assert (await acceptor.get("/healthz")).status == 200


async def test_slow_talkers_do_not_keep_others_waiting(acceptor: aiohttp.ClientSession) -> None:
    address = urlsplit(str(acceptor._base_url))
    slow = [await asyncio.open_connection(address.hostname, address.port) for _ in range(50)]
    for _, writer in slow:
        writer.write(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
    # Sooner than the server gives up on those.
    async with asyncio.timeout(15):
        assert (await acceptor.get("/healthz")).status == 200
    for _, writer in slow:
        writer.close()
        await writer.wait_closed()


async def test_a_foreign_host_changes_nothing_in_the_answer(acceptor: aiohttp.ClientSession) -> None:
    spoofed = {"host": "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    answer = await acceptor.get("/api/v1/nothing", headers=spoofed)
    assert "evil" not in await answer.text()
    assert "evil" not in str(answer.headers)
